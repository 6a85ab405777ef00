/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `show`: the properties of one device on machine types. */
#include "base/error.h"
#include "command.h"
#include "model/listing.h"
#include "output.h"
#include "report/show.h"
#include "report/similar.h"
#include "session.h"
#include "summary.h"
#include "stability.h"

#include <string.h>

static const char *const formats[] = { "text", "json" };

/* What the operand means. */
struct subject {
    const struct qom_type *type;
    const char *property;        /* NULL: all */
    const struct machine *machine;   /* NULL: all */
};

static void add_name(GPtrArray *names, const char *name)
{
    g_ptr_array_add(names, (gpointer)(uintptr_t)name);
}

static bool find_machine(const struct facts *facts, const char *name,
                         struct subject *subject, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *machine = facts->machines->pdata[i];
        if (g_str_equal(machine->name, name) ||
            g_strcmp0(machine->alias, name) == 0) {
            subject->machine = machine;
            return true;
        }
        add_name(names, machine->name);
    }
    g_autofree char *hint = similar_hint(name, names);
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE, "no machine type '%s'%s",
                name, hint);
    return false;
}

static const struct qom_type *find_type(const struct facts *facts,
                                        const char *name,
                                        const struct machine *machine)
{
    const char *interned = g_intern_string(name);
    const struct qom_type *type =
        facts_type(facts, interned, machine ? machine->targets : 0);

    return type ? type : facts_type(facts, interned, 0);
}

/* "DEVICE.PROPERTY": both may hold dots, so the longest name that is a type
 * is the device. */
static void split(const struct facts *facts, const char *text,
                  struct subject *subject)
{
    g_autofree char *name = g_strdup(text);

    subject->property = NULL;
    while (!(subject->type = find_type(facts, name, subject->machine))) {
        char *dot = strrchr(name, '.');
        if (!dot) {
            return;
        }
        *dot = '\0';
        subject->property = text + (dot - name) + 1;
    }
}

static bool set_unknown_type(const struct facts *facts, const char *text,
                             GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *name = g_strndup(text, strcspn(text, "."));

    for (guint i = 0; i < facts->types->len; i++) {
        const char *known = facts_type_at(facts, i)->name;
        if (!names->len || names->pdata[names->len - 1] != known) {
            add_name(names, known);
        }
    }
    g_autofree char *hint = similar_hint(name, names);
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE, "no device '%s'%s", name,
                hint);
    return false;
}

/* A type below TYPE that has the property, NULL: none. */
static const struct qom_type *find_heir(const struct facts *facts,
                                        const struct qom_type *type,
                                        const char *property)
{
    g_autoptr(GPtrArray) heirs = facts_descendants(facts, type);

    for (guint i = 0; i < heirs->len; i++) {
        const struct qom_type *heir = heirs->pdata[i];
        if (facts_property(facts, heir, g_intern_string(property), NULL)) {
            return heir;
        }
    }
    return NULL;
}

static bool set_unknown_property(const struct facts *facts,
                                 const struct subject *subject,
                                 GError **error)
{
    g_autoptr(GPtrArray) names =
        listing_new(facts, subject->type, subject->type->targets);
    const struct qom_type *heir =
        find_heir(facts, subject->type, subject->property);
    g_autofree char *hint = heir
        ? g_strdup_printf("\nit is '%s' below it that has one", heir->name)
        : similar_hint(subject->property, names);

    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "'%s' has no property '%s'%s", subject->type->name,
                subject->property, hint);
    return false;
}

static bool find_subject(const struct options *options,
                         const struct facts *facts, struct subject *subject,
                         GError **error)
{
    const char *text = options->operands[0];

    if (options->machine &&
        !find_machine(facts, options->machine, subject, error)) {
        return false;
    }
    split(facts, text, subject);
    if (!subject->type) {
        return set_unknown_type(facts, text, error);
    }
    if (subject->machine &&
        !targets_meet(subject->machine->targets, subject->type->targets)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "machine type '%s' and device '%s' are in no QEMU "
                    "together", subject->machine->name, subject->type->name);
        return false;
    }
    subject->property = subject->property
        ? g_intern_string(subject->property) : NULL;
    return !subject->property ||
           facts_property(facts, subject->type, subject->property, NULL) ||
           set_unknown_property(facts, subject, error);
}

/* Those that lead somewhere: an alias may name a type that is not known. */
static GPtrArray *find_properties(const struct facts *facts,
                                  const struct subject *subject)
{
    g_autoptr(GPtrArray) all =
        listing_new(facts, subject->type, subject->type->targets);
    GPtrArray *found = g_ptr_array_new();

    if (subject->property) {
        add_name(found, subject->property);
        return found;
    }
    for (guint i = 0; i < all->len; i++) {
        if (facts_property(facts, subject->type, all->pdata[i], NULL)) {
            add_name(found, all->pdata[i]);
        }
    }
    return found;
}

static bool write_show(const GArray *outputs, const struct show *show,
                       GError **error)
{
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        g_autoptr(GString) text = g_string_new(NULL);
        if (g_str_equal(output->format, "json")) {
            show_to_json(show, QCOMPAT_VERSION, text);
        } else {
            show_to_text(show, text);
        }
        if (!output_write(output, text, error)) {
            return false;
        }
    }
    return true;
}

enum status cmd_show(const struct options *options, GError **error)
{
    const char *rev = options->operands[0] ? options->operands[1] : NULL;
    const char *fallback = options->plain_directories ? "." : "HEAD";
    g_autoptr(GArray) outputs = outputs_resolve(
        options, "text", formats, G_N_ELEMENTS(formats), error);
    if (!outputs) {
        return STATUS_ERROR;
    }
    if (!options->operands[0]) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "show needs a device: qcompat show DEVICE[.PROPERTY]");
        return STATUS_ERROR;
    }
    g_autoptr(Session) session = session_new(options);
    struct side *side =
        session_open(session, rev ? rev : fallback, NULL, error);
    struct subject subject = { 0 };
    if (!side || !session_load(session, error) ||
        !find_subject(options, side->facts, &subject, error)) {
        return STATUS_ERROR;
    }
    g_autoptr(GPtrArray) properties = find_properties(side->facts, &subject);
    g_auto(StabilityReport) stability;
    stability_describe(side->facts,
                       subject.property ? NULL : side->source, subject.type,
                       &stability);
    const struct show show = {
        .facts = side->facts,
        .type = subject.type,
        .properties = (const char *const *)properties->pdata,
        .n_properties = properties->len,
        .machine = subject.machine,
        .all = !subject.property,
        .verbose = options->verbose,
        .stable = stability.stable,
        .stability = stability.verdict,
        .reasons = stability.reasons,
    };
    summary_of_load(options, session);
    return write_show(outputs, &show, error) ? STATUS_CLEAN : STATUS_ERROR;
}
