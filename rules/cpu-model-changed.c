/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

#include <string.h>

/* "EPYC", "EPYC-v2" */
static char *model_name(const struct cpu_change *change)
{
    return change->version
           ? g_strdup_printf("%s-v%d", change->model->name, change->version)
           : g_strdup(change->model->name);
}

static void append_list(GString *out, const char *verb,
                        const GPtrArray *names)
{
    if (names->len) {
        g_string_append_printf(out, "%s%s ", out->len ? " and " : "", verb);
    }
    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(out, "%s'%s'", i ? ", " : "",
                               (const char *)g_ptr_array_index(names, i));
    }
}

static struct value list_value(const GPtrArray *names)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(text, "%s%s", i ? "," : "",
                               (const char *)g_ptr_array_index(names, i));
    }
    return names->len ? value_string(text->str) : value_absent();
}

/* --- One list for many models ------------------------------------------------ */

static bool same_items(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++) {
        if (a->pdata[i] != b->pdata[i]) {
            return false;
        }
    }
    return a->len == b->len;
}

/* The lists of s390x add up: what one gains, all newer ones do. */
static bool adds_up(const struct cpu_model *model)
{
    return g_str_has_suffix(model->type, "-s390x-cpu");
}

/* What its class says, no entry can say again. */
static bool is_powerpc(const struct cpu_model *model)
{
    return g_str_has_suffix(model->type, "-powerpc64-cpu");
}

static bool same_change(const struct cpu_change *a,
                        const struct cpu_change *b)
{
    return adds_up(a->model) && adds_up(b->model) && a->name == b->name &&
           same_items(a->gained, b->gained) && same_items(a->lost, b->lost) &&
           same_items(a->machines, b->machines);
}

/* Whether the list of another model, an older one, says the same already. */
static bool is_told(const struct change_set *changes,
                    const struct cpu_change *change)
{
    bool before = true;

    changes_foreach(struct cpu_change, other, changes->cpus) {
        before &= other != change;
        if (other != change && same_change(other, change) &&
            (other->model->loc.line < change->model->loc.line ||
             (other->model->loc.line == change->model->loc.line && before))) {
            return true;
        }
    }
    return false;
}

static void add_types(struct finding *finding,
                      const struct change_set *changes,
                      const struct cpu_change *change)
{
    changes_foreach(struct cpu_change, other, changes->cpus) {
        if (other == change || same_change(other, change)) {
            g_ptr_array_add(finding->devices,
                            (gpointer)(uintptr_t)other->model->type);
        }
    }
}

/* "zEC12", "zEC12 and 4 more" */
static char *models_name(const struct cpu_change *change, guint n)
{
    g_autofree char *name = model_name(change);

    return n > 1 ? g_strdup_printf("%s and %u more", name, n - 1)
                 : g_steal_pointer(&name);
}

/* --- Findings ----------------------------------------------------------------- */

static char *what(const struct cpu_change *change)
{
    GString *out = g_string_new(NULL);

    append_list(out, "gained", change->gained);
    append_list(out, "lost", change->lost);
    if (!out->len) {
        g_string_append_printf(
            out, "has '%s' %s instead of %s", change->name,
            change->new_value ? change->new_value : "unset",
            change->old_value ? change->old_value : "unset");
    }
    return g_string_free(out, FALSE);
}

static struct value text_value(const char *text)
{
    return text ? value_string(text) : value_absent();
}

static void set_values(struct finding *finding,
                       const struct cpu_change *change)
{
    bool bits = change->gained->len || change->lost->len;

    finding->old_value = bits ? list_value(change->lost)
                              : text_value(change->old_value);
    finding->new_value = bits ? list_value(change->gained)
                              : text_value(change->new_value);
}

/* The entries are there, and their array waits for the machine type that is
 * going to apply it. */
static bool is_covered(const struct cpu_change *change)
{
    return change->waiting && !change->uncovered;
}

static char *reason_of(const struct cpu_change *change)
{
    if (is_covered(change)) {
        return g_strdup_printf(
            "entries in '%s' make up for it, and no machine type applies that "
            "yet", change->waiting->id);
    }
    if (is_powerpc(change->model)) {
        return g_strdup(
            "the class of the model was evaluated on both sides; a guest reads "
            "the register, and migration accepts another value where that "
            "fits the family (pvr_match)");
    }
    if (adds_up(change->model)) {
        return g_strdup(
            "the lists of features were added up on both sides, as the program "
            "does that makes a header of them, and no code of released machine "
            "types takes away what is new (s390_cpudef_featoff…(), "
            "s390_set_qemu_cpu_model())");
    }
    return g_strdup(
        change->version
        ? "the version was released: only a newer one may differ from it"
        : "the model's table was evaluated on both sides, and no entry on "
          "its type that released machine types apply makes up for it; a "
          "new version of the model, or an entry, would");
}

static void report(const struct change_set *changes,
                   const struct cpu_change *change, GPtrArray *findings)
{
    struct finding *finding = finding_new(rule_cpu_model_changed.id);
    g_autofree char *name = model_name(change);
    g_autofree char *subject = g_strdup_printf("%s: %s", name, change->name);
    g_autofree char *models = NULL;
    g_autofree char *text = what(change);
    g_autofree char *released = words_released(changes);

    add_types(finding, changes, change);
    models = models_name(change, finding->devices->len);
    finding->severity = is_covered(change) || is_powerpc(change->model)
                        ? SEVERITY_NOTE : rule_cpu_model_changed.severity;
    finding->confidence = rule_cpu_model_changed.confidence;
    finding->subject = g_intern_string(subject);
    finding->driver = change->model->type;
    finding->property = change->name;
    set_values(finding, change);
    finding->loc = change->model->loc;
    finding->message = g_strdup_printf(
        "CPU model %s %s since %s, and %s keeps it on released machine "
        "types%s", models, text, released,
        adds_up(change->model) || is_powerpc(change->model)
        ? "nothing" : "no compat entry",
        is_covered(change) ? " yet" : "");
    finding->reason = reason_of(change);
    words_add_machines(finding, change->machines);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct cpu_change, change, changes->cpus) {
        if (!is_told(changes, change)) {
            report(changes, change, findings);
        }
    }
}

const struct rule rule_cpu_model_changed = {
    .id = "cpu-model-changed",
    .title = "A released CPU model became another CPU",
    .severity = SEVERITY_WARNING,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "A guest finds out at boot which CPU it runs on and keeps to it.\n"
        "When a model gains a feature, the guest that started on the new\n"
        "QEMU uses it and cannot go back to the old one; when it loses one,\n"
        "code that the guest has patched in traps.  Levels, family, model\n"
        "and stepping decide which workarounds the guest applies.",
    .example =
        "     .name = \"IvyBridge\",\n"
        "-    .xlevel = 0x8000000A,\n"
        "+    .xlevel = 0x80000008,",
    .remedy =
        "Leave the released model alone and add a version of it that says\n"
        "what is different, or add entries with the old values on the type\n"
        "of the model to the array of the newest release:\n"
        "\n"
        "    { \"IvyBridge-\" TYPE_X86_CPU, \"xlevel\", \"0x8000000a\" },\n"
        "\n"
        "Entries in an array that waits for its first machine type make it a\n"
        "note.\n"
        "\n"
        "On s390x, where a list of a generation is that of all newer ones as\n"
        "well, the code of the newest released machine type takes it away:\n"
        "\n"
        "    static void ccw_machine_X_Y_instance_options(MachineState *machine)\n"
        "    {\n"
        "        …\n"
        "        s390_cpudef_featoff_greater(14, 1, S390_FEAT_ETOKEN);",
    .limits =
        "On x86 the tables of X86CPUDefinition and their versions; on s390x the\n"
        "base and default lists of gen-features.c, from v4.1 on, that of the\n"
        "\"qemu\" model, and what *_instance_options() take away from them on\n"
        "older machine types.  Full lists, which are for -cpu max and host,\n"
        "are left alone.  Of PowerPC pvr and svr, as notes: migration takes\n"
        "another model of the family.  What the code of Arm's models sets is\n"
        "not read but for fields that a property has (midr:\n"
        "default-changed-in-code).  Feature bits that have no name,\n"
        "descriptions of caches, ids of s390x, and what code adds, removes or\n"
        "makes conditional when a CPU is realized are not seen.  What the table\n"
        "tells for the first time is not compared.",
    .check = check,
};
