/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/changelog.h"

#include "report/json.h"
#include "report/machines.h"
#include "snapshot/snapshot.h"

/* More names than these are counted, not listed. */
#define MOST_NAMES 12

static const char *const about_words[ABOUT_N] = {
    [ABOUT_MACHINE] = "machine", [ABOUT_FIELD] = "field",
    [ABOUT_ARRAY] = "array", [ABOUT_ENTRY] = "entry", [ABOUT_TYPE] = "type",
    [ABOUT_PROPERTY] = "property", [ABOUT_STREAM] = "stream",
    [ABOUT_CPU] = "cpu",
};

static const char *const act_words[] = {
    [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed",
    [CHANGE_CHANGED] = "changed",
};

static const char *const cover_words[] = {
    [COVER_NOT_ASKED] = "none", [COVER_NEUTRAL] = "neutral",
    [COVER_ENTRY] = "covered", [COVER_UNSURE] = "unsure",
    [COVER_MISSING] = "uncovered",
};

/* --- Document --------------------------------------------------------------- */

static void append_code(GString *out, const char *text)
{
    g_autofree char *code = doc_code(text);

    g_string_append(out, code);
}

static void append_names(GString *out, const GPtrArray *names)
{
    for (guint i = 0; i < names->len && i < MOST_NAMES; i++) {
        g_string_append(out, i ? ", " : "");
        append_code(out, names->pdata[i]);
    }
    if (names->len > MOST_NAMES) {
        g_string_append_printf(out, " and %u more", names->len - MOST_NAMES);
    }
}

static const char *subject_words(const struct change *change)
{
    static const char *const words[ABOUT_N] = {
        [ABOUT_MACHINE] = "machine type ", [ABOUT_FIELD] = "class field ",
        [ABOUT_ARRAY] = "array ", [ABOUT_ENTRY] = "entry ",
        [ABOUT_TYPE] = "type ", [ABOUT_PROPERTY] = "property ",
        [ABOUT_STREAM] = "migration stream ", [ABOUT_CPU] = "CPU model ",
    };

    return words[change->about];
}

static void append_subject(GString *out, const struct change *change)
{
    g_string_append(out, subject_words(change));
    if (change->about == ABOUT_ENTRY) {
        append_names(out, change->names);
        g_string_append_c(out, ' ');
        append_code(out, change->detail);
        g_string_append(out, change->act == CHANGE_REMOVED ? " of " : " in ");
        append_code(out, change->array);
        return;
    }
    if (change->about == ABOUT_STREAM || change->about == ABOUT_CPU) {
        append_names(out, change->names);
        g_string_append(out, change->detail ? ", " : "");
    }
    if (change->detail) {
        append_code(out, change->detail);
    }
    if (change->about != ABOUT_STREAM && change->about != ABOUT_CPU) {
        g_string_append(out, change->detail ? " of " : "");
        append_names(out, change->names);
    }
}

static void append_values(GString *out, const struct change *change)
{
    g_string_append_printf(out, " %s", act_words[change->act]);
    g_string_append(out, change->old || change->new ? ": " : "");
    if (change->old) {
        append_code(out, change->old);
    }
    if (change->old && change->new) {
        g_string_append(out, " -> ");
    }
    if (change->new) {
        append_code(out, change->new);
    }
}

static void append_cover(GString *out, const struct change *change)
{
    switch (change->cover) {
    case COVER_NOT_ASKED:
    case COVER_UNSURE:
        break;
    case COVER_NEUTRAL:
        g_string_append(out, "; needs no entry");
        break;
    case COVER_ENTRY:
        g_string_append(out, "; kept by ");
        append_code(out, change->array);
        return;
    case COVER_MISSING:
        g_string_append(out, "; not kept");
        break;
    }
    if (change->because) {
        g_string_append_printf(out, "%s%s",
                               change->cover == COVER_NOT_ASKED ||
                               change->cover == COVER_UNSURE ? "; " : ": ",
                               change->because);
    }
}

static void append_machines(GString *out, const struct change *change,
                            const struct facts *facts)
{
    if (change->machines->len && change->about != ABOUT_FIELD &&
        (change->cover == COVER_MISSING || change->cover == COVER_UNSURE)) {
        g_autofree char *text = machines_summary(change->machines, facts);

        g_string_append_printf(out, "; %s", text);
    }
}

static enum doc_tone tone_of(const struct change *change)
{
    static const enum doc_tone tones[] = {
        [COVER_NOT_ASKED] = DOC_PLAIN, [COVER_NEUTRAL] = DOC_FAINT,
        [COVER_ENTRY] = DOC_GOOD, [COVER_UNSURE] = DOC_DOUBT,
        [COVER_MISSING] = DOC_BAD,
    };

    return tones[change->cover];
}

/* Class fields read better by machine types, "pc-q35-10.0 and 3 others". */
static void append_field(GString *out, const struct change *change,
                         const struct facts *facts)
{
    g_string_append(out, "class field ");
    append_code(out, change->detail);
    g_string_append(out, " of ");
    if (change->machines->len) {
        g_autofree char *text = machines_summary(change->machines, facts);

        g_string_append(out, text);
    } else {
        append_names(out, change->names);
    }
}

static void add_change(struct doc *doc, const struct changelog *changelog,
                       const struct change *change)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (change->about == ABOUT_FIELD) {
        append_field(text, change, changelog->new);
    } else {
        append_subject(text, change);
    }
    append_values(text, change);
    append_cover(text, change);
    append_machines(text, change, changelog->new);
    if (change->loc.file) {
        g_string_append_printf(text, " (%s:%d)", change->loc.file,
                               change->loc.line);
    }
    doc_item(doc, 0, tone_of(change), text->str);
}

static void add_summary(struct doc *doc, const struct changelog *changelog)
{
    const guint *counts = changelog->counts;
    g_autofree char *text = g_strdup_printf(
        "%u differences. Of those that machine types of both revisions could "
        "see, %u are kept by a compat entry, %u need none, %u are not kept "
        "and %u are unclear; the other %u are new or gone for all of them, "
        "or on no versioned machine type.",
        changelog->changes->len, counts[COVER_ENTRY], counts[COVER_NEUTRAL],
        counts[COVER_MISSING], counts[COVER_UNSURE],
        counts[COVER_NOT_ASKED]);

    doc_paragraph(doc, text);
}

static void add_open(struct doc *doc, const struct changelog *changelog)
{
    doc_heading(doc, 1, "To look at");
    if (!changelog->counts[COVER_MISSING] &&
        !changelog->counts[COVER_UNSURE]) {
        doc_paragraph(doc, "Nothing: all that a released machine type would "
                      "see is kept.");
    }
    for (int cover = COVER_MISSING; cover >= COVER_UNSURE; cover--) {
        for (guint i = 0; i < changelog->changes->len; i++) {
            const struct change *change = changelog->changes->pdata[i];

            if ((int)change->cover == cover) {
                add_change(doc, changelog, change);
            }
        }
    }
}

static void add_area(struct doc *doc, const struct maintained *area)
{
    g_autoptr(GString) text = g_string_new(NULL);

    doc_heading(doc, 2, area ? area->title : "No maintainer");
    if (!area) {
        return;
    }
    for (guint i = 0; i < area->people->len; i++) {
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               (const char *)area->people->pdata[i]);
    }
    if (area->status) {
        g_string_append_printf(text, "%s%s", text->len ? "; " : "",
                               area->status);
    }
    if (text->len) {
        doc_paragraph(doc, text->str);
    }
}

struct doc *changelog_to_doc(const struct changelog *changelog)
{
    g_autofree char *title = g_strdup_printf(
        "Guest-visible changes from %s to %s", changelog->old_name,
        changelog->new_name);
    struct doc *doc = doc_new(title);
    const struct change *last = NULL;

    add_summary(doc, changelog);
    add_open(doc, changelog);
    doc_heading(doc, 1, "By subsystem");
    for (guint i = 0; i < changelog->changes->len; i++) {
        const struct change *change = changelog->changes->pdata[i];

        if (!last || last->area != change->area) {
            add_area(doc, change->area);
        }
        add_change(doc, changelog, change);
        last = change;
    }
    return doc;
}

/* --- JSON ------------------------------------------------------------------- */

static json_t *names_to_json(const GPtrArray *names)
{
    json_t *array = json_array();

    for (guint i = 0; i < names->len; i++) {
        json_array_append_new(array, text_to_json(names->pdata[i]));
    }
    return array;
}

static json_t *machines_to_json(const GPtrArray *machines)
{
    json_t *array = json_array();

    for (guint i = 0; i < machines->len; i++) {
        const struct machine *machine = machines->pdata[i];

        json_array_append_new(array, text_to_json(machine->name));
    }
    return array;
}

static json_t *change_to_json(const struct change *change)
{
    const struct maintained *area = change->area;

    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, "
        "s:o}",
        "about", about_words[change->about],
        "change", act_words[change->act],
        "cover", cover_words[change->cover],
        "names", names_to_json(change->names),
        "detail", text_to_json(change->detail),
        "old", text_to_json(change->old),
        "new", text_to_json(change->new),
        "array", text_to_json(change->array),
        "because", text_to_json(change->because),
        "file", text_to_json(change->loc.file),
        "line", change->loc.line,
        "machines", machines_to_json(change->machines),
        "area", text_to_json(area ? area->title : NULL),
        "maintainers", area ? names_to_json(area->people) : json_array());
}

void changelog_to_json(const struct changelog *changelog,
                       const char *tool_version, GString *out)
{
    json_t *changes = json_array();
    json_t *summary = json_object();

    for (gsize i = 0; i < G_N_ELEMENTS(cover_words); i++) {
        json_object_set_new(summary, cover_words[i],
                            json_integer(changelog->counts[i]));
    }
    for (guint i = 0; i < changelog->changes->len; i++) {
        json_array_append_new(changes,
                              change_to_json(changelog->changes->pdata[i]));
    }
    json_append(out, json_pack(
        "{s:i, s:o, s:o, s:o, s:o, s:o}",
        "schema", 1,
        "tool", json_tool(tool_version),
        "old", json_revision(changelog->old_name, changelog->old),
        "new", json_revision(changelog->new_name, changelog->new),
        "summary", summary,
        "changes", changes), JSON_INDENT(1));
}
