/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/matrix.h"

#include "report/json.h"
#include "snapshot/snapshot.h"

#define MOST_NAMES 12

static const char *const verdict_words[MATRIX_N_VERDICTS] = {
    [MATRIX_SAME] = "same", [MATRIX_DIFFERS] = "differs, loads",
    [MATRIX_MAY_FAIL] = "may fail", [MATRIX_FAILS] = "fails",
    [MATRIX_REFUSED] = "refused",
};

static const enum doc_tone tones[MATRIX_N_VERDICTS] = {
    [MATRIX_SAME] = DOC_GOOD, [MATRIX_DIFFERS] = DOC_DOUBT,
    [MATRIX_MAY_FAIL] = DOC_DOUBT, [MATRIX_FAILS] = DOC_BAD,
    [MATRIX_REFUSED] = DOC_FAINT,
};

static const char *const about_words[MATRIX_N_ABOUT] = {
    [MATRIX_MACHINE] = "machine type", [MATRIX_DEVICE] = "device",
    [MATRIX_PROPERTY] = "property", [MATRIX_FIELD] = "class field",
    [MATRIX_STREAM] = "migration stream", [MATRIX_STATE] = "guest state",
    [MATRIX_CPU] = "CPU model",
};

/* --- Document --------------------------------------------------------------- */

static void append_code(GString *out, const char *text)
{
    g_autofree char *code = doc_code(text);

    g_string_append(out, code);
}

static void append_devices(GString *out, const GPtrArray *devices)
{
    g_string_append(out, devices->len > 1 ? "; devices: " : "; device: ");
    for (guint i = 0; i < devices->len && i < MOST_NAMES; i++) {
        g_string_append(out, i ? ", " : "");
        append_code(out, devices->pdata[i]);
    }
    if (devices->len > MOST_NAMES) {
        g_string_append_printf(out, " and %u more",
                               devices->len - MOST_NAMES);
    }
}

static char *global_of(const struct matrix_remedy *remedy)
{
    return g_strdup_printf("-global %s.%s=%s", remedy->driver,
                           remedy->property, remedy->value);
}

static const char *name_of(const struct matrix *matrix, guint no)
{
    return matrix->revisions[no].name;
}

static void add_reason(struct doc *doc, const struct matrix *matrix,
                       const struct matrix_hop *hop,
                       const struct matrix_reason *reason)
{
    g_autoptr(GString) text = g_string_new(about_words[reason->about]);

    g_string_append_c(text, ' ');
    append_code(text, reason->subject);
    if (reason->source || reason->destination) {
        g_string_append_printf(text, ": %s on %s, ",
                               reason->source ? reason->source : "none",
                               name_of(matrix, hop->from));
        g_string_append_printf(text, "%s on %s",
                               reason->destination ? reason->destination
                                                   : "none",
                               name_of(matrix, hop->to));
    }
    if (reason->because) {
        g_string_append_printf(text, "; %s", reason->because);
    }
    if (reason->devices->len) {
        append_devices(text, reason->devices);
    }
    doc_item(doc, 0, tones[reason->verdict], text->str);
}

static const char until[] =
    ", and to every QEMU that it moves to until it is powered off";

/* "-global P=1 to v8.0.0 for a guest from v7.2.0". */
static void append_global(GString *out, const struct matrix *matrix,
                          const struct matrix_hop *hop,
                          const struct matrix_remedy *remedy)
{
    g_autofree char *global = global_of(remedy);

    append_code(out, global);
    if (remedy->on_destination) {
        g_string_append_printf(out, " to %s for a guest from %s",
                               name_of(matrix, hop->to),
                               name_of(matrix, hop->from));
    } else {
        g_string_append_printf(out, " to %s when a guest for %s is started",
                               name_of(matrix, hop->from),
                               name_of(matrix, hop->to));
    }
}

/* Both sides, so that they agree. */
static void add_cpus(struct doc *doc, const struct matrix *matrix,
                     const struct matrix_hop *hop,
                     const struct matrix_reason *reason)
{
    g_autofree char *source = g_strconcat("-cpu ", reason->source_cpu, NULL);
    g_autofree char *destination = g_strconcat("-cpu ",
                                               reason->destination_cpu, NULL);
    g_autoptr(GString) text = g_string_new("for the same CPU give ");

    append_code(text, source);
    g_string_append_printf(text, " to %s and ", name_of(matrix, hop->from));
    append_code(text, destination);
    g_string_append_printf(text, " to %s", name_of(matrix, hop->to));
    doc_item(doc, 1, DOC_PLAIN, text->str);
}

/* What to give, and for how long; BACK is the same difference of the hop
 * back, or NULL. */
static void add_remedy(struct doc *doc, const struct matrix *matrix,
                       const struct matrix_hop *hop,
                       const struct matrix_reason *reason,
                       const struct matrix_reason *back)
{
    g_autoptr(GString) text = g_string_new("give ");

    if (reason->verdict == MATRIX_REFUSED) {
        return;
    }
    if (reason->source_cpu) {
        add_cpus(doc, matrix, hop, reason);
        return;
    }
    if (!reason->remedy.driver) {
        doc_item(doc, 1, DOC_PLAIN,
                 reason->verdict >= MATRIX_MAY_FAIL
                 ? "nothing on the command line helps: no property decides it"
                 : "no property decides it");
        return;
    }
    append_global(text, matrix, hop, &reason->remedy);
    if (back && back->remedy.driver) {
        g_string_append(text, ", ");
        append_global(text, matrix, matrix_hop(matrix, hop->to, hop->from),
                      &back->remedy);
    }
    g_string_append(text, until);
    doc_item(doc, 1, DOC_PLAIN, text->str);
}

/* Whether the hop back has the same differences of the same weight. */
static bool is_mutual(const struct matrix *matrix,
                      const struct matrix_hop *hop)
{
    const struct matrix_hop *back = matrix_hop(matrix, hop->to, hop->from);

    if (hop->reasons->len != back->reasons->len) {
        return false;
    }
    for (guint i = 0; i < hop->reasons->len; i++) {
        const struct matrix_reason *a = hop->reasons->pdata[i];
        const struct matrix_reason *b = back->reasons->pdata[i];

        if (a->verdict != b->verdict || a->about != b->about ||
            a->subject != b->subject ||
            g_strcmp0(a->source, b->destination) ||
            g_strcmp0(a->destination, b->source)) {
            return false;
        }
    }
    return true;
}

static void add_hop(struct doc *doc, const struct matrix *matrix,
                    const struct matrix_hop *hop, bool both)
{
    const struct matrix_hop *back = matrix_hop(matrix, hop->to, hop->from);
    g_autofree char *title = g_strdup_printf(
        "%s to %s%s: %s", name_of(matrix, hop->from),
        name_of(matrix, hop->to), both ? " and back" : "",
        verdict_words[hop->verdict]);

    doc_heading(doc, 2, title);
    if (hop->verdict == MATRIX_SAME) {
        doc_paragraph(doc, "The machine stays the same.");
    }
    for (guint i = 0; i < hop->reasons->len; i++) {
        const struct matrix_reason *reason = hop->reasons->pdata[i];

        add_reason(doc, matrix, hop, reason);
        add_remedy(doc, matrix, hop, reason,
                   both ? back->reasons->pdata[i] : NULL);
    }
}

static void add_hops(struct doc *doc, const struct matrix *matrix)
{
    for (guint i = 0; i < matrix->hops->len; i++) {
        const struct matrix_hop *hop = matrix->hops->pdata[i];
        bool both = is_mutual(matrix, hop);

        if (hop->verdict != MATRIX_SAME && !(both && hop->from > hop->to)) {
            add_hop(doc, matrix, hop, both);
        }
    }
}

static void add_table(struct doc *doc, const struct matrix *matrix)
{
    guint n = matrix->n;
    g_autofree const char **cells = g_new0(const char *, n + 1);
    g_autofree enum doc_tone *cell_tones = g_new0(enum doc_tone, n + 1);

    cells[0] = "from \\ to";
    for (guint i = 0; i < n; i++) {
        cells[i + 1] = name_of(matrix, i);
    }
    doc_table(doc, cells, n + 1);
    for (guint i = 0; i < n; i++) {
        cells[0] = name_of(matrix, i);
        for (guint j = 0; j < n; j++) {
            enum matrix_verdict verdict = matrix_hop(matrix, i, j)->verdict;

            cells[j + 1] = i == j ? "-" : verdict_words[verdict];
            cell_tones[j + 1] = i == j ? DOC_FAINT : tones[verdict];
        }
        doc_row(doc, cells, cell_tones);
    }
}

static void add_legend(struct doc *doc)
{
    doc_paragraph(doc, "same: the guest keeps its machine. differs, loads: "
                  "the migration works, but the guest may see another "
                  "device. may fail, fails: the destination may refuse, "
                  "refuses the stream. refused: one side has no such machine "
                  "type or device.");
}

/* A guest keeps what it was started with: each later station is compared with
 * the first. */
static void add_chain(struct doc *doc, const struct matrix *matrix)
{
    doc_heading(doc, 1, "Hop by hop");
    for (guint i = 0; i + 1 < matrix->n; i++) {
        add_hop(doc, matrix, matrix_next(matrix, i), false);
    }
    doc_heading(doc, 1, "What the guest was started with");
    for (guint i = 2; i < matrix->n; i++) {
        add_hop(doc, matrix, matrix_hop(matrix, 0, i), false);
    }
    if (matrix->n == 2) {
        doc_paragraph(doc, "There is no station after the next.");
    }
}

struct doc *matrix_to_doc(const struct matrix *matrix, bool chain)
{
    g_autofree char *title =
        g_strdup_printf("Migration of %s", matrix->machine);
    struct doc *doc = doc_new(title);

    add_table(doc, matrix);
    add_legend(doc);
    if (chain) {
        add_chain(doc, matrix);
    } else {
        add_hops(doc, matrix);
    }
    return doc;
}

/* --- JSON ------------------------------------------------------------------- */

static const char *const verdict_names[MATRIX_N_VERDICTS] = {
    [MATRIX_SAME] = "same", [MATRIX_DIFFERS] = "differs",
    [MATRIX_MAY_FAIL] = "may-fail", [MATRIX_FAILS] = "fails",
    [MATRIX_REFUSED] = "refused",
};

/* Whether a migration works; null: it may. */
static json_t *migrates_to_json(enum matrix_verdict verdict)
{
    return verdict == MATRIX_MAY_FAIL ? json_null()
                                      : json_boolean(verdict <
                                                     MATRIX_MAY_FAIL);
}

static json_t *remedy_to_json(const struct matrix_remedy *remedy)
{
    g_autofree char *global = NULL;

    if (!remedy->driver) {
        return json_null();
    }
    global = global_of(remedy);
    return json_pack("{s:o, s:s}", "argument", text_to_json(global),
                     "on", remedy->on_destination ? "destination" : "source");
}

static json_t *reason_to_json(const struct matrix_reason *reason)
{
    json_t *devices = json_array();

    for (guint i = 0; i < reason->devices->len; i++) {
        json_array_append_new(devices,
                              text_to_json(reason->devices->pdata[i]));
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, "
                     "s:o, s:o}",
                     "verdict", verdict_names[reason->verdict],
                     "about", about_words[reason->about],
                     "subject", text_to_json(reason->subject),
                     "source", text_to_json(reason->source),
                     "destination", text_to_json(reason->destination),
                     "because", text_to_json(reason->because),
                     "file", text_to_json(reason->loc.file),
                     "line", reason->loc.line,
                     "devices", devices,
                     "remedy", remedy_to_json(&reason->remedy),
                     "source_cpu", text_to_json(reason->source_cpu),
                     "destination_cpu",
                     text_to_json(reason->destination_cpu));
}

static json_t *hop_to_json(const struct matrix *matrix,
                           const struct matrix_hop *hop)
{
    json_t *reasons = json_array();

    for (guint i = 0; i < hop->reasons->len; i++) {
        json_array_append_new(reasons,
                              reason_to_json(hop->reasons->pdata[i]));
    }
    return json_pack("{s:o, s:o, s:s, s:o, s:o}",
                     "source", text_to_json(name_of(matrix, hop->from)),
                     "destination", text_to_json(name_of(matrix, hop->to)),
                     "verdict", verdict_names[hop->verdict],
                     "migrates", migrates_to_json(hop->verdict),
                     "reasons", reasons);
}

void matrix_to_json(const struct matrix *matrix, bool chain,
                    const char *tool_version, GString *out)
{
    json_t *revisions = json_array();
    json_t *hops = json_array();

    for (guint i = 0; i < matrix->n; i++) {
        json_array_append_new(revisions,
                              json_revision(name_of(matrix, i),
                                            matrix->revisions[i].facts));
    }
    for (guint i = 0; i < matrix->hops->len; i++) {
        const struct matrix_hop *hop = matrix->hops->pdata[i];

        if (hop->from != hop->to && (!chain || hop->from < hop->to)) {
            json_array_append_new(hops, hop_to_json(matrix, hop));
        }
    }
    json_append(out, json_pack("{s:i, s:o, s:o, s:b, s:o, s:o}",
                               "schema", 1,
                               "tool", json_tool(tool_version),
                               "machine", text_to_json(matrix->machine),
                               "chain", chain,
                               "revisions", revisions,
                               "hops", hops), JSON_INDENT(1));
}
