/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/print.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- Asking ------------------------------------------------------------- */

struct asked {
    char *log;
    struct answers *answers;
    GError *error;
};

static int setup(void **state)
{
    struct asked *asked = g_new0(struct asked, 1);
    int fd = g_file_open_tmp("fake-XXXXXX", &asked->log, NULL);

    close(fd);
    g_setenv("FAKE_QEMU_LOG", asked->log, TRUE);
    *state = asked;
    return fd < 0;
}

static guint count_entries(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    guint n = 0;

    while (dir && g_dir_read_name(dir)) {
        n++;
    }
    return n;
}

/* The directory of the monitor is gone, whatever happened. */
static int teardown(void **state)
{
    struct asked *asked = *state;

    g_unlink(asked->log);
    assert_int_equal(count_entries(g_get_tmp_dir()), 0);
    g_clear_pointer(&asked->answers, answers_free);
    g_clear_error(&asked->error);
    g_free(asked->log);
    g_free(asked);
    return 0;
}

static struct answers *ask(struct asked *asked, const char *mode)
{
    g_setenv("FAKE_QEMU", mode, TRUE);
    asked->answers = answers_ask(FAKE_QEMU_PATH, &asked->error);
    return asked->answers;
}

/* Process ids of the fakes that were started. */
static GArray *started(const struct asked *asked)
{
    GArray *pids = g_array_new(FALSE, FALSE, sizeof(int));
    g_autofree char *text = NULL;

    assert_true(g_file_get_contents(asked->log, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line && **line; line++) {
        int pid = atoi(*line);
        g_array_append_val(pids, pid);
    }
    return pids;
}

static void assert_gone(const struct asked *asked, guint n)
{
    g_autoptr(GArray) pids = started(asked);

    assert_int_equal(pids->len, n);
    for (guint i = 0; i < pids->len; i++) {
        assert_int_equal(kill(g_array_index(pids, int, i), 0), -1);
        assert_int_equal(errno, ESRCH);
    }
}

static const struct answer_property *
find_property(const struct answers *answers, const char *type_name,
              const char *name)
{
    const struct answer_type *type = answers_type(answers, type_name);

    assert_non_null(type);
    for (guint i = 0; type->properties && i < type->properties->len; i++) {
        const struct answer_property *property =
            &g_array_index(type->properties, struct answer_property, i);
        if (g_str_equal(property->name, name)) {
            return property;
        }
    }
    return NULL;
}

static void test_types(void **state)
{
    const struct answers *answers = ask(*state, "");

    assert_non_null(answers);
    assert_string_equal(answers->target, "x86_64");
    assert_string_equal(answers->version, "2.0.1");
    assert_string_equal(answers->package, "(fake)");
    assert_int_equal(answers->types->len, 4);
    const struct answer_type *device = answers_type(answers, "device");
    assert_true(device->abstract && device->device && !device->properties);
    const struct answer_type *a = answers_type(answers, "a-device");
    assert_true(!a->abstract && a->device && a->properties);
    assert_string_equal(a->parent, "device");
    assert_false(answers_type(answers, "object")->device);
    assert_null(answers_type(answers, "c-device"));
    assert_gone(*state, 1);
}

static void test_defaults(void **state)
{
    const struct answers *answers = ask(*state, "");

    assert_true(answers->tells_defaults);
    const struct value limit =
        find_property(answers, "a-device", "limit")->def;
    assert_int_equal(limit.kind, VALUE_UINT);
    assert_true(limit.uinteger == UINT64_MAX);
    const struct value offset =
        find_property(answers, "a-device", "offset")->def;
    assert_int_equal(offset.kind, VALUE_INT);
    assert_int_equal(offset.integer, -1);
    const struct value mode = find_property(answers, "a-device", "mode")->def;
    assert_int_equal(mode.kind, VALUE_STRING);
    assert_string_equal(mode.string, "a\\uto");
    const struct value flag = find_property(answers, "a-device", "flag")->def;
    assert_true(flag.kind == VALUE_BOOL && flag.boolean);
    assert_int_equal(find_property(answers, "a-device", "drive")->def.kind,
                     VALUE_ABSENT);
}

static void test_machines(void **state)
{
    const struct answers *answers = ask(*state, "");
    const struct answer_machine *new = answers_machine(answers, "pc-2.0");
    const struct answer_machine *old = answers_machine(answers, "pc-1.0");

    assert_true(answers->tells_compat);
    assert_string_equal(new->alias, "pc");
    assert_true(!new->deprecated && old->deprecated);
    assert_int_equal(new->compat->len, 0);
    assert_int_equal(old->compat->len, 1);
    const struct compat_entry *entry = old->compat->pdata[0];
    assert_string_equal(entry->driver, "a-device");
    assert_string_equal(entry->value, "1");
}

static void test_old_qemu_tells_no_entries(void **state)
{
    const struct answers *answers = ask(*state, "old");

    assert_non_null(answers);
    assert_false(answers->tells_compat);
    assert_int_equal(answers->machines->len, 3);
    assert_null(answers_machine(answers, "pc-1.0")->compat);
}

static void test_death_over_a_type_is_told(void **state)
{
    const struct answers *answers = ask(*state, "dies");

    assert_non_null(answers);
    const struct answer_type *b = answers_type(answers, "b-device");
    assert_null(b->properties);
    assert_non_null(strstr(b->silence, "killed by signal 9"));
    assert_non_null(strstr(b->silence, "fake: assertion failed"));
    assert_null(answers_type(answers, "a-device")->silence);
    assert_gone(*state, 3);
}

static void test_death_by_chance_is_not(void **state)
{
    const struct answers *answers = ask(*state, "stumbles");

    assert_non_null(answers);
    assert_null(answers_type(answers, "b-device")->silence);
    assert_non_null(find_property(answers, "b-device", "flag"));
    assert_gone(*state, 2);
}

static void assert_fails(struct asked *asked, const char *mode,
                         const char *with)
{
    assert_null(ask(asked, mode));
    assert_non_null(asked->error);
    assert_non_null(strstr(asked->error->message, with));
}

static void test_early_end(void **state)
{
    assert_fails(*state, "ends", "ended with status 7");
    struct asked *asked = *state;
    assert_non_null(strstr(asked->error->message, "fake: no room"));
    assert_gone(asked, 1);
}

static void test_no_qmp(void **state)
{
    assert_fails(*state, "greets", "does not speak QMP");
    assert_gone(*state, 1);
}

static void test_unknown_target(void **state)
{
    assert_fails(*state, "strange", "'abacus'");
    assert_gone(*state, 1);
}

static void test_no_such_binary(void **state)
{
    struct asked *asked = *state;

    asked->answers = answers_ask("/nonexistent/qemu", &asked->error);
    assert_null(asked->answers);
    assert_non_null(strstr(asked->error->message,
                           "cannot run '/nonexistent/qemu': No such file"));
}

static void test_silent_end(void **state)
{
    struct asked *asked = *state;

    asked->answers = answers_ask("/bin/true", &asked->error);
    assert_null(asked->answers);
    assert_string_equal(asked->error->message,
                        "'/bin/true' ended with status 0 before it could be "
                        "asked: is it a QEMU system emulator?");
}

/* A child asks a fake that never answers, and gets SIGNAL_NO. */
static void assert_ends_both(const struct asked *asked, int signal_no)
{
    pid_t child = fork();

    if (!child) {
        g_setenv("FAKE_QEMU", "hangs", TRUE);
        signal(signal_no, SIG_DFL);
        answers_ask(FAKE_QEMU_PATH, NULL);
        _exit(0);
    }
    for (;;) {
        g_autoptr(GArray) pids = started(asked);
        if (pids->len) {
            break;
        }
        g_usleep(10000);
    }
    kill(child, signal_no);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == signal_no);
    assert_gone(asked, 1);
}

static void test_interrupt_ends_both(void **state)
{
    assert_ends_both(*state, SIGINT);
}

static void test_termination_ends_both(void **state)
{
    assert_ends_both(*state, SIGTERM);
}

/* --- Comparing ---------------------------------------------------------- */

struct world {
    struct facts *facts;
    struct answers *answers;
    struct comparison *comparison;
};

static struct property *add_fact(struct facts *facts, struct qom_type *type,
                                 const char *name, const char *kind,
                                 struct value def)
{
    struct property *property =
        qom_type_add_property(type, g_intern_string(name));

    property->kind = facts_add_kind(facts, g_intern_string(kind), NULL,
                                    SYNTAX_OPAQUE, 0, NULL);
    property->def = def;
    property->loc = (struct location) { g_intern_string("hw/x.c"), 5, 1 };
    return property;
}

static struct qom_type *add_type(struct facts *facts, const char *name,
                                 const char *parent)
{
    struct qom_type *type = facts_add_type(facts, g_intern_string(name));

    type->parent = g_intern_string(parent);
    return type;
}

/* Facts that agree with the fake, up to what a test changes. */
static struct facts *make_facts(void)
{
    struct facts *facts = facts_new();
    struct qom_type *device = add_type(facts, "device", "object");
    struct qom_type *a = add_type(facts, "a-device", "device");
    struct qom_type *b = add_type(facts, "b-device", "device");
    struct compat_array *array =
        facts_add_array(facts, g_intern_string("pc_compat_1_0"));
    struct compat_entry *entry = compat_array_add_entry(array);

    facts_add_type(facts, g_intern_string("object"));
    device->abstract = true;
    add_fact(facts, device, "realized", "bool", value_absent());
    add_fact(facts, a, "queues", "uint16", value_uint(4));
    add_fact(facts, a, "limit", "uint64", value_uint(UINT64_MAX));
    add_fact(facts, a, "offset", "int32", value_int(-1));
    add_fact(facts, a, "mode", "OnOffAuto", value_string("a\\uto"));
    add_fact(facts, a, "flag", "bool", value_bool(true));
    add_fact(facts, a, "drive", "str", value_absent());
    add_fact(facts, a, "legacy-drive", "str", value_absent());
    add_fact(facts, b, "flag", "bool", value_bool(true));
    *entry = (struct compat_entry) {
        .driver = g_intern_string("a-device"),
        .property = g_intern_string("queues"),
        .value = g_intern_string("1"),
    };
    struct machine *new = facts_add_machine(facts, g_intern_string("pc-2.0"));
    struct machine *old = facts_add_machine(facts, g_intern_string("pc-1.0"));
    new->alias = g_intern_string("pc");
    old->deprecated = true;
    g_ptr_array_add(old->compat, array);
    return facts;
}

static int setup_world(void **state)
{
    struct world *world = g_new0(struct world, 1);

    g_unsetenv("FAKE_QEMU_LOG");
    g_setenv("FAKE_QEMU", "", TRUE);
    world->facts = make_facts();
    world->answers = answers_ask(FAKE_QEMU_PATH, NULL);
    *state = world;
    return !world->answers;
}

static int teardown_world(void **state)
{
    struct world *world = *state;

    g_clear_pointer(&world->comparison, comparison_free);
    answers_free(world->answers);
    facts_free(world->facts);
    g_free(world);
    return 0;
}

static char *compare(struct world *world)
{
    GString *text = g_string_new(NULL);

    facts_seal(world->facts);
    world->comparison = comparison_new(world->facts, world->answers);
    comparison_to_text(world->comparison, false, text);
    return g_string_free(text, FALSE);
}

/* Types and properties as they stand before facts_seal(). */
static struct qom_type *type_of(struct world *world, const char *name)
{
    for (guint i = 0; i < world->facts->types->len; i++) {
        struct qom_type *type = world->facts->types->pdata[i];
        if (g_str_equal(type->name, name)) {
            return type;
        }
    }
    return NULL;
}

static struct property *property_of(struct world *world, const char *type,
                                    const char *name)
{
    const GPtrArray *properties = type_of(world, type)->properties;

    for (guint i = 0; i < properties->len; i++) {
        struct property *property = properties->pdata[i];
        if (g_str_equal(property->name, name)) {
            return property;
        }
    }
    return NULL;
}

static void assert_says(struct world *world, const char *expected)
{
    g_autofree char *text = compare(world);

    assert_string_equal(text, expected);
}

static void test_equal(void **state)
{
    struct world *world = *state;

    assert_says(world, "");
    assert_int_equal(world->comparison->n_types, 4);
    assert_int_equal(world->comparison->n_properties, 7);
    assert_int_equal(world->comparison->n_defaults, 6);
    assert_int_equal(world->comparison->n_machines, 2);
    assert_int_equal(world->comparison->n_chains, 2);
}

static void test_default(void **state)
{
    property_of(*state, "a-device", "queues")->def = value_uint(5);
    assert_says(*state, "hw/x.c:5: a-device.queues: 5 in the facts, "
                "4 in QEMU [default]\n");
}

static void test_true_is_not_one(void **state)
{
    property_of(*state, "a-device", "flag")->def = value_uint(1);
    assert_says(*state, "hw/x.c:5: a-device.flag: 1 in the facts, on in QEMU "
                "[default]\n");
}

static void test_signs_do_not_matter(void **state)
{
    property_of(*state, "a-device", "queues")->def = value_int(4);
    assert_says(*state, "");
}

static void test_invented_default(void **state)
{
    property_of(*state, "a-device", "drive")->def = value_string("x");
    assert_says(*state, "hw/x.c:5: a-device.drive: x in the facts, none in "
                "QEMU [default-invented]\n");
}

static void test_unevaluated_default_is_a_miss(void **state)
{
    property_of(*state, "a-device", "queues")->def =
        value_unevaluated("QUEUES");
    assert_says(*state, "hw/x.c:5: a-device.queues: QUEUES in the facts, "
                "4 in QEMU [default]\n");
}

static void test_kind(void **state)
{
    struct world *world = *state;

    property_of(world, "a-device", "queues")->kind =
        facts_add_kind(world->facts, g_intern_string("uint32"), NULL,
                       SYNTAX_UINT, 32, NULL);
    assert_says(world, "hw/x.c:5: a-device.queues: uint32 in the facts, "
                "uint16 in QEMU [property-kind]\n");
}

static void test_parent(void **state)
{
    type_of(*state, "b-device")->parent = g_intern_string("a-device");
    g_autofree char *text = compare(*state);
    assert_non_null(strstr(text, "b-device: a-device in the facts, device in "
                           "QEMU [parent]\n"));
}

static void test_abstract(void **state)
{
    type_of(*state, "b-device")->abstract = true;
    assert_says(*state, "b-device: abstract in the facts, concrete in QEMU "
                "[abstract]\n");
}

/* What both devices lack is lost where they meet. */
static void test_missing_property_has_an_owner(void **state)
{
    property_of(*state, "a-device", "flag")->name =
        g_intern_string("realized");
    property_of(*state, "b-device", "flag")->name =
        g_intern_string("realized");
    assert_says(*state, "device.flag (bool = on) is not in the facts "
                "[property-missing]\n    in 2: a-device, b-device\n");
}

static void test_missing_properties_are_one_cause(void **state)
{
    property_of(*state, "a-device", "queues")->name =
        g_intern_string("realized");
    property_of(*state, "a-device", "offset")->name =
        g_intern_string("realized");
    assert_says(*state, "a-device: 2 properties are not in the facts: offset "
                "(int32 = -1), queues (uint16 = 4) [property-missing]\n");
}

static void test_extra_property(void **state)
{
    struct world *world = *state;

    add_fact(world->facts, type_of(world, "device"), "ghost", "bool",
             value_absent());
    assert_says(world, "hw/x.c:5: device.ghost (bool) is not in QEMU "
                "[property-extra]\n    in 2: a-device, b-device\n");
}

static void test_extra_property_of_one_place(void **state)
{
    struct world *world = *state;

    add_fact(world->facts, type_of(world, "a-device"), "ghost", "bool",
             value_absent());
    add_fact(world->facts, type_of(world, "b-device"), "ghost", "bool",
             value_absent());
    assert_says(world, "hw/x.c:5: a-device.ghost (bool) is not in QEMU "
                "[property-extra]\n    in 2: a-device, b-device\n");
}

static void test_property_of_another_target(void **state)
{
    struct world *world = *state;

    add_fact(world->facts, type_of(world, "device"), "ghost", "bool",
             value_absent())->targets = target_bit("s390x");
    assert_says(world, "");
}

static void test_alias(void **state)
{
    struct world *world = *state;
    struct property *queues = property_of(world, "a-device", "queues");
    struct qom_type *inner = add_type(world->facts, "inner", "device");
    struct alias *alias = qom_type_add_alias(type_of(world, "a-device"));

    add_fact(world->facts, inner, "n", "uint16", value_uint(4));
    queues->name = g_intern_string("realized");
    alias->name = g_intern_string("queues");
    alias->target = inner->name;
    alias->property = g_intern_string("n");
    assert_says(world, "");
}

static void test_missing_type(void **state)
{
    type_of(*state, "b-device")->name = g_intern_string("c-device");
    assert_says(*state, "types below 'device' are not in the facts "
                "[type-missing]\n    in 1: b-device\n");
}

static void test_type_of_another_target(void **state)
{
    type_of(*state, "b-device")->targets = target_bit("s390x");
    assert_says(*state, "types below 'device' are not in the facts "
                "[type-missing]\n    in 1: b-device\n");
}

static struct machine *machine_of(struct world *world, const char *name)
{
    for (guint i = 0; i < world->facts->machines->len; i++) {
        struct machine *machine = world->facts->machines->pdata[i];
        if (g_str_equal(machine->name, name)) {
            return machine;
        }
    }
    return NULL;
}

static void test_missing_machine(void **state)
{
    machine_of(*state, "pc-1.0")->name = g_intern_string("box");
    assert_says(*state, "machine type 'pc-1.0' is not in the facts "
                "[machine-missing]\n");
}

/* One version of a family that the binary has; boards may be left out. */
static void test_extra_machine(void **state)
{
    struct world *world = *state;

    facts_add_machine(world->facts, g_intern_string("pc-0.9"))->type =
        g_intern_string("pc-0.9-machine");
    facts_add_machine(world->facts, g_intern_string("board"));
    facts_add_machine(world->facts, g_intern_string("virt-2.0"));
    assert_says(world, "machine type 'pc-0.9' is not in QEMU "
                "[machine-extra]\n");
}

static void test_machine_alias(void **state)
{
    machine_of(*state, "pc-2.0")->alias = NULL;
    assert_says(*state, "pc-2.0: none in the facts, pc in QEMU "
                "[machine-alias]\n");
}

static void test_machine_deprecated(void **state)
{
    machine_of(*state, "pc-2.0")->deprecated = true;
    machine_of(*state, "pc-1.0")->deprecated = false;
    assert_says(*state, "pc: deprecated in the facts, not deprecated in QEMU "
                "[machine-deprecated]\n    in 1: pc-2.0\n"
                "pc: not deprecated in the facts, deprecated in QEMU "
                "[machine-deprecated]\n    in 1: pc-1.0\n");
}

static void test_entries(void **state)
{
    struct world *world = *state;
    struct compat_array *array = world->facts->arrays->pdata[0];
    struct compat_entry *entry = array->entries->pdata[0];

    entry->value = g_intern_string("2");
    assert_says(world, "compat entries of pc: first differ in "
                "a-device.queues=2 in the facts, a-device.queues=1 in QEMU "
                "[compat]\n    in 1: pc-1.0\n");
}

static void test_entries_beyond(void **state)
{
    struct world *world = *state;
    struct machine *new = machine_of(world, "pc-2.0");

    g_ptr_array_add(new->compat, world->facts->arrays->pdata[0]);
    assert_says(world, "compat entries of pc: first differ in "
                "a-device.queues=1 in the facts, none in QEMU "
                "[compat]\n    in 1: pc-2.0\n");
}

static void test_json(void **state)
{
    struct world *world = *state;
    g_autoptr(GString) text = g_string_new(NULL);

    property_of(world, "a-device", "limit")->def = value_uint(7);
    g_autofree char *ignored = compare(world);
    comparison_to_json(world->comparison, world->facts, world->answers,
                       "0", text);
    json_t *json = json_loads(text->str, 0, NULL);
    const json_t *differences = json_object_get(json, "differences");
    assert_int_equal(json_array_size(differences), 1);
    const json_t *first = json_array_get(differences, 0);
    assert_string_equal(json_string_value(json_object_get(first, "kind")),
                        "default");
    assert_string_equal(json_string_value(json_object_get(first, "facts")),
                        "7");
    assert_string_equal(json_string_value(json_object_get(first, "qemu")),
                        "18446744073709551615");
    assert_int_equal(json_array_size(json_object_get(first, "where")), 1);
    json_decref(json);
}

#define ASK(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define COMPARE(test) \
    cmocka_unit_test_setup_teardown(test, setup_world, teardown_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ASK(test_types),
        ASK(test_defaults),
        ASK(test_machines),
        ASK(test_old_qemu_tells_no_entries),
        ASK(test_death_over_a_type_is_told),
        ASK(test_death_by_chance_is_not),
        ASK(test_early_end),
        ASK(test_no_qmp),
        ASK(test_unknown_target),
        ASK(test_no_such_binary),
        ASK(test_silent_end),
        ASK(test_interrupt_ends_both),
        ASK(test_termination_ends_both),
        COMPARE(test_equal),
        COMPARE(test_default),
        COMPARE(test_true_is_not_one),
        COMPARE(test_signs_do_not_matter),
        COMPARE(test_invented_default),
        COMPARE(test_unevaluated_default_is_a_miss),
        COMPARE(test_kind),
        COMPARE(test_parent),
        COMPARE(test_abstract),
        COMPARE(test_missing_property_has_an_owner),
        COMPARE(test_missing_properties_are_one_cause),
        COMPARE(test_extra_property),
        COMPARE(test_extra_property_of_one_place),
        COMPARE(test_property_of_another_target),
        COMPARE(test_alias),
        COMPARE(test_missing_type),
        COMPARE(test_type_of_another_target),
        COMPARE(test_missing_machine),
        COMPARE(test_extra_machine),
        COMPARE(test_machine_alias),
        COMPARE(test_machine_deprecated),
        COMPARE(test_entries),
        COMPARE(test_entries_beyond),
        COMPARE(test_json),
    };

    /* Before GLib asks for it. */
    const char *given = g_getenv("TMPDIR");
    g_autofree char *directory = g_build_filename(given ? given : P_tmpdir,
                                                  "verify-XXXXXX", NULL);
    if (!g_mkdtemp(directory) || setenv("TMPDIR", directory, true)) {
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_rmdir(directory);
    return failed;
}
