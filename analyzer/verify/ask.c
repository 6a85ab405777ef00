/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"
#include "verify/answers.h"
#include "verify/json.h"
#include "verify/qemu.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Types that may kill the binary, before it counts as broken. */
#define DEATHS_MAX 64

struct interview {
    const char *binary;
    int signal_fd;
    sigset_t old_signals;
    struct qemu *qemu;
    unsigned n_deaths;
    struct answers *answers;
};

/* --- Signals ------------------------------------------------------------ */

/* What would end us is held back until QEMU has ended; it stays pending and
 * does its work then.  What the caller ignores is left alone. */
static void hold_signals(struct interview *interview)
{
    static const int held[] = { SIGINT, SIGTERM, SIGHUP };
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < G_N_ELEMENTS(held); i++) {
        struct sigaction action;

        if (sigaction(held[i], NULL, &action) == 0 &&
            action.sa_handler != SIG_IGN) {
            sigaddset(&set, held[i]);
        }
    }
    sigprocmask(SIG_BLOCK, &set, &interview->old_signals);
    interview->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (interview->signal_fd < 0) {
        sigprocmask(SIG_SETMASK, &interview->old_signals, NULL);
    }
}

static void release_signals(struct interview *interview)
{
    if (interview->signal_fd >= 0) {
        close(interview->signal_fd);
    }
    sigprocmask(SIG_SETMASK, &interview->old_signals, NULL);
}

/* --- One binary after the other ------------------------------------------ */

static void take_greeting(struct answers *answers, const json_t *greeting)
{
    int major = 0, minor = 0, micro = 0;
    const char *package = "";

    json_unpack((json_t *)(uintptr_t)greeting,
                "{s:{s:{s:{s:i,s:i,s:i},s?:s}}}", "QMP", "version", "qemu",
                "major", &major, "minor", &minor, "micro", &micro,
                "package", &package);
    g_autofree char *text =
        g_strdup_printf("%d.%d.%d", major, minor, micro);
    answers->version = g_intern_string(text);
    g_autofree char *bare = g_strstrip(g_strdup(package));
    answers->package = g_intern_string(bare);
}

static enum qemu_outcome start(struct interview *interview, GError **error)
{
    json_t *greeting = NULL;
    enum qemu_outcome outcome;

    g_clear_pointer(&interview->qemu, qemu_stop);
    interview->qemu = qemu_start(interview->binary, interview->signal_fd,
                                 &greeting, &outcome, error);
    if (!interview->qemu) {
        return outcome;
    }
    take_greeting(interview->answers, greeting);
    json_decref(greeting);
    return QEMU_ANSWERED;
}

/* Asks what every QEMU must answer; an array where LIST. */
static json_t *ask(struct interview *interview, const char *command,
                   json_t *arguments, GError **error)
{
    json_t *ret = NULL;
    enum qemu_outcome outcome = qemu_execute(interview->qemu, command,
                                             arguments, &ret, error);

    if (outcome == QEMU_REFUSED) {
        g_prefix_error(error, "'%s' refuses %s: ", interview->binary,
                       command);
    }
    return ret;
}

static bool set_strange(const struct interview *interview,
                        const char *command, GError **error)
{
    g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                "'%s' gives %s an answer that QEMU does not give",
                interview->binary, command);
    return false;
}

static const char *text_member(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? g_intern_string(text) : NULL;
}

static bool ask_target(struct interview *interview, GError **error)
{
    json_t *answer = ask(interview, "query-target", NULL, error);
    if (!answer) {
        return false;
    }
    struct answers *answers = interview->answers;
    answers->target = text_member(answer, "arch");
    json_decref(answer);
    if (!answers->target) {
        return set_strange(interview, "query-target", error);
    }
    if (!target_bit(answers->target)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "'%s' emulates '%s', a target that is not known",
                    interview->binary, answers->target);
        return false;
    }
    return true;
}

/* --- Types -------------------------------------------------------------- */

/* Names of the types that ARGUMENTS select, as a set. */
static GHashTable *ask_names(struct interview *interview, json_t *arguments,
                             GError **error)
{
    json_t *list = ask(interview, "qom-list-types", arguments, error);
    if (!list) {
        return NULL;
    }
    GHashTable *names = g_hash_table_new(NULL, NULL);
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row) {
        const char *name = text_member(row, "name");
        if (name) {
            g_hash_table_add(names, (gpointer)(uintptr_t)name);
        }
    }
    json_decref(list);
    return names;
}

static void take_types(struct answers *answers, const json_t *list,
                       GHashTable *concrete, GHashTable *devices)
{
    size_t i;
    json_t *row;

    json_array_foreach(list, i, row) {
        const char *name = text_member(row, "name");
        /* "type::interface" is how QEMU keeps an interface of a type. */
        if (!name || strstr(name, "::")) {
            continue;
        }
        struct answer_type *type = answers_add_type(answers, name);
        type->parent = text_member(row, "parent");
        type->abstract = !g_hash_table_contains(concrete, type->name);
        type->device = g_hash_table_contains(devices, type->name);
    }
}

static bool ask_types(struct interview *interview, GError **error)
{
    g_autoptr(GHashTable) concrete = ask_names(
        interview, json_pack("{s:b}", "abstract", 0), error);
    g_autoptr(GHashTable) devices = concrete ? ask_names(
        interview, json_pack("{s:s,s:b}", "implements", "device",
                             "abstract", 1), error) : NULL;
    json_t *list = devices ? ask(
        interview, "qom-list-types", json_pack("{s:b}", "abstract", 1),
        error) : NULL;
    if (!list) {
        return false;
    }
    take_types(interview->answers, list, concrete, devices);
    json_decref(list);
    answers_sort(interview->answers);
    return interview->answers->types->len ||
           set_strange(interview, "qom-list-types", error);
}

/* --- Properties --------------------------------------------------------- */

static void take_properties(struct answers *answers, struct answer_type *type,
                            const json_t *list)
{
    size_t i;
    json_t *row;

    answer_type_add_property(type, NULL, NULL, value_absent());
    json_array_foreach(list, i, row) {
        const char *name = text_member(row, "name");
        const char *kind = text_member(row, "type");
        const json_t *def = json_object_get(row, "default-value");
        if (name && kind) {
            answer_type_add_property(type, name, kind, value_from_json(def));
        }
        answers->tells_defaults |= def != NULL;
    }
}

/* QEMU has died over TYPE: the next one gets the next question. */
static bool survive(struct interview *interview, struct answer_type *type,
                    const GError *cause, GError **error)
{
    if (++interview->n_deaths > DEATHS_MAX) {
        g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                    "'%s' keeps dying, last over '%s': %s",
                    interview->binary, type->name, cause->message);
        return false;
    }
    return start(interview, error) == QEMU_ANSWERED;
}

static enum qemu_outcome ask_once(struct interview *interview,
                                  struct answer_type *type, GError **error)
{
    json_t *list = NULL;
    enum qemu_outcome outcome = qemu_execute(
        interview->qemu, "device-list-properties",
        json_pack("{s:s}", "typename", type->name), &list, error);

    if (outcome == QEMU_ANSWERED) {
        take_properties(interview->answers, type, list);
        json_decref(list);
    }
    return outcome;
}

/* Only a death that repeats itself is the type's fault. */
static bool ask_properties(struct interview *interview,
                           struct answer_type *type, GError **error)
{
    for (unsigned tries = 0; tries < 2; tries++) {
        g_autoptr(GError) cause = NULL;
        enum qemu_outcome outcome = ask_once(interview, type, &cause);

        if (outcome == QEMU_ANSWERED) {
            type->silence = NULL;
            return true;
        }
        if (outcome == QEMU_INTERRUPTED) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return false;
        }
        type->silence = g_intern_string(cause->message);
        if (outcome == QEMU_REFUSED) {
            return true;
        }
        if (!survive(interview, type, cause, error)) {
            return false;
        }
    }
    return true;
}

static bool ask_devices(struct interview *interview, GError **error)
{
    const GPtrArray *types = interview->answers->types;

    for (guint i = 0; i < types->len; i++) {
        struct answer_type *type = types->pdata[i];
        if (type->device && !type->abstract &&
            !ask_properties(interview, type, error)) {
            return false;
        }
    }
    return true;
}

/* --- Machine types ------------------------------------------------------ */

static GPtrArray *take_entries(const json_t *list)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
    size_t i;
    json_t *row;

    json_array_foreach(list, i, row) {
        struct compat_entry *entry = g_new0(struct compat_entry, 1);
        entry->driver = text_member(row, "qom-type");
        entry->property = text_member(row, "property");
        entry->value = text_member(row, "value");
        g_ptr_array_add(entries, entry);
    }
    return entries;
}

static void take_machines(struct answers *answers, const json_t *list)
{
    size_t i;
    json_t *row;

    json_array_foreach(list, i, row) {
        const char *name = text_member(row, "name");
        const json_t *compat = json_object_get(row, "compat-props");
        if (!name) {
            continue;
        }
        struct answer_machine *machine = answers_add_machine(answers, name);
        machine->alias = text_member(row, "alias");
        machine->deprecated = json_is_true(json_object_get(row,
                                                           "deprecated"));
        if (compat) {
            machine->compat = take_entries(compat);
            answers->tells_compat = true;
        }
    }
    answers_sort(answers);
}

/* Older ones do not know the argument and refuse it. */
static bool ask_machines(struct interview *interview, GError **error)
{
    json_t *list = NULL;
    g_autoptr(GError) cause = NULL;
    enum qemu_outcome outcome = qemu_execute(
        interview->qemu, "query-machines",
        json_pack("{s:b}", "compat-props", 1), &list, &cause);

    if (outcome == QEMU_REFUSED) {
        list = ask(interview, "query-machines", NULL, error);
    } else if (outcome != QEMU_ANSWERED) {
        g_propagate_error(error, g_steal_pointer(&cause));
    }
    if (!list) {
        return false;
    }
    take_machines(interview->answers, list);
    json_decref(list);
    return true;
}

static bool run(struct interview *interview, GError **error)
{
    return start(interview, error) == QEMU_ANSWERED &&
           ask_target(interview, error) && ask_types(interview, error) &&
           ask_machines(interview, error) && ask_devices(interview, error);
}

struct answers *answers_ask(const char *binary, GError **error)
{
    g_autoptr(Answers) answers = answers_new();
    struct interview interview = { .binary = binary, .answers = answers };

    answers->binary = g_intern_string(binary);
    hold_signals(&interview);
    bool ok = run(&interview, error);
    g_clear_pointer(&interview.qemu, qemu_stop);
    release_signals(&interview);
    return ok ? g_steal_pointer(&answers) : NULL;
}

json_t *answers_dump_vmstate(const char *binary, const char *machine,
                             GError **error)
{
    struct interview interview = { .binary = binary };

    hold_signals(&interview);
    json_t *dump = qemu_dump_vmstate(binary, machine, interview.signal_fd,
                                     error);

    release_signals(&interview);
    return dump;
}
