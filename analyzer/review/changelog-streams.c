/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Descriptions of migration streams, and what became of the streams. */
#include "review/changelog-internal.h"

#include "base/borrow.h"

#include <string.h>

static const char *name_of(const struct vmstate *state)
{
    return state->name ? state->name : state->id;
}

/* "version 2, loads 1 and newer, 12 fields, 1 subsection". */
static char *describe(const struct vmstate *state)
{
    GString *text = g_string_new(NULL);
    guint parts = state->subsections->len;

    g_string_append_printf(text, "version %d", state->version_id);
    if (state->minimum_version_id != state->version_id) {
        g_string_append_printf(text, ", loads %d and newer",
                               state->minimum_version_id);
    }
    g_string_append_printf(text, ", %u field%s", state->fields->len,
                           state->fields->len == 1 ? "" : "s");
    if (parts) {
        g_string_append_printf(text, ", %u subsection%s", parts,
                               parts == 1 ? "" : "s");
    }
    g_string_append(text, state->unmigratable ? ", unmigratable" : "");
    return g_string_free(text, FALSE);
}

/* --- What changed on the wire ----------------------------------------------- */

static const char *kind_words(enum stream_change_kind kind)
{
    static const char *const words[] = {
        [STREAM_FIELD_ADDED] = "it has a field more",
        [STREAM_FIELD_REMOVED] = "it has a field less",
        [STREAM_FIELD_RESIZED] = "a field has another size",
        [STREAM_FIELD_MOVED] = "its fields come in another order",
        [STREAM_FIELDS_DIFFER] = "its layout is another one",
        [STREAM_FIELD_UNEXPECTED] =
            "only the field itself tells whether it is there",
        [STREAM_VERSION_RAISED] = "the older QEMU refuses the newer version",
        [STREAM_VERSION_LOWERED] = "the newer QEMU refuses the older version",
        [STREAM_MINIMUM_RAISED] = "the older version is no longer accepted",
        [STREAM_PART_ADDED] = "the older QEMU does not know the subsection",
        [STREAM_PART_REMOVED] = "the newer QEMU does not know the subsection",
        [STREAM_PART_MISNAMED] = "no receiver finds the subsection",
        [STREAM_SECTION_ADDED] = "the older QEMU does not know the section",
        [STREAM_SECTION_REMOVED] = "the newer QEMU does not know the section",
        [STREAM_SECTION_RENAMED] = "the section has another name",
    };

    return words[kind];
}

static enum change_cover cover_of(const struct stream_change *c)
{
    if (!c->stable || !c->machines->len) {
        return COVER_NOT_ASKED;
    }
    return c->sometimes || c->unsure || c->registered || c->gate ||
           c->kind == STREAM_FIELD_UNEXPECTED
           ? COVER_UNSURE : COVER_MISSING;
}

static char *because_of(const struct stream_change *c)
{
    const char *when = c->sometimes
        ? "; it is sent in some states of the guest only"
        : c->unsure ? "; what only some guests send may make up for it" : "";

    return c->gate
        ? g_strdup_printf("%s; %s() decides%s", kind_words(c->kind), c->gate,
                          when)
        : g_strdup_printf("%s%s", kind_words(c->kind), when);
}

static void add_change(struct changelog_run *run,
                       const struct stream_change *c)
{
    const struct vmstate *state = c->new_state ? c->new_state : c->old_state;
    const struct vmstate_field *field = c->new_field ? c->new_field
                                                     : c->old_field;
    enum change_cover cover = cover_of(c);
    struct difference d = {
        .about = ABOUT_STREAM,
        .act = !c->old_state ? CHANGE_ADDED
               : !c->new_state ? CHANGE_REMOVED : CHANGE_CHANGED,
        .cover = cover, .name = name_of(state),
        .detail = field ? field->name : NULL,
        .old = c->old_state ? describe(c->old_state) : NULL,
        .new = c->new_state ? describe(c->new_state) : NULL,
        .because = because_of(c),
        .loc = { state->file, field && field->line ? field->line
                                                   : state->line, 1 },
        .machines = cover == COVER_MISSING || cover == COVER_UNSURE
                    ? c->machines : NULL,
    };

    g_hash_table_add(run->streams, borrow(state));
    if (c->old_state) {
        g_hash_table_add(run->streams, borrow(c->old_state));
    }
    changelog_add(run, &d);
}

/* --- What changed in the sources ---------------------------------------------- */

static bool same_field(const struct vmstate_field *a,
                       const struct vmstate_field *b)
{
    return a->name == b->name && a->info == b->info && a->num == b->num &&
           (a->nested || a->size == b->size) && a->version_id == b->version_id &&
           a->test_name == b->test_name && !a->nested == !b->nested;
}

static bool same_state(const struct vmstate *a, const struct vmstate *b)
{
    bool same = a->version_id == b->version_id && a->name == b->name &&
                a->minimum_version_id == b->minimum_version_id &&
                a->unmigratable == b->unmigratable &&
                a->needed_name == b->needed_name &&
                a->fields->len == b->fields->len &&
                a->subsections->len == b->subsections->len;

    for (guint i = 0; same && i < a->fields->len; i++) {
        same = same_field(a->fields->pdata[i], b->fields->pdata[i]);
    }
    for (guint i = 0; same && i < a->subsections->len; i++) {
        same = a->subsections->pdata[i] == b->subsections->pdata[i];
    }
    return same;
}

static void add_source(struct changelog_run *run, const struct vmstate *old,
                       const struct vmstate *new)
{
    const struct vmstate *state = new ? new : old;
    struct difference d = {
        .about = ABOUT_STREAM,
        .act = !old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_CHANGED,
        .name = name_of(state),
        .old = old ? describe(old) : NULL, .new = new ? describe(new) : NULL,
        .because = old && new
            ? g_strdup("no released machine type was seen to send or to "
                       "expect another layout") : NULL,
        .loc = { state->file, state->line, 1 },
    };

    changelog_add(run, &d);
}

/* What is behind the file that tells apart several of one name. */
static const char *variable_of(const struct vmstate *state)
{
    const char *colon = strrchr(state->id, ':');

    return colon ? colon + 1 : state->id;
}

/* The description that STATE of OTHER is in FACTS; its file may have moved. */
static const struct vmstate *same_in(const struct facts *facts,
                                     const struct facts *other,
                                     const struct vmstate *state)
{
    const struct vmstate *same = facts_vmstate(facts, state->id);

    for (guint i = 0; !same && i < facts->vmstates->len; i++) {
        const struct vmstate *at = g_ptr_array_index(facts->vmstates, i);

        if (at->name == state->name && at->targets == state->targets &&
            !strcmp(variable_of(at), variable_of(state)) &&
            !facts_vmstate(other, at->id)) {
            same = at;
        }
    }
    return same;
}

void changelog_streams(struct changelog_run *run)
{
    const GPtrArray *old = run->old->facts->vmstates;
    const GPtrArray *new = run->new->facts->vmstates;

    changes_foreach(struct stream_change, c, run->compared->streams) {
        add_change(run, c);
    }
    for (guint i = 0; i < new->len; i++) {
        const struct vmstate *state = g_ptr_array_index(new, i);
        const struct vmstate *before = same_in(run->old->facts,
                                               run->new->facts, state);

        if (!g_hash_table_contains(run->streams, state) &&
            (!before || !same_state(before, state))) {
            add_source(run, before, state);
        }
    }
    for (guint i = 0; i < old->len; i++) {
        const struct vmstate *state = g_ptr_array_index(old, i);

        if (!g_hash_table_contains(run->streams, state) &&
            !same_in(run->new->facts, run->old->facts, state)) {
            add_source(run, state, NULL);
        }
    }
}
