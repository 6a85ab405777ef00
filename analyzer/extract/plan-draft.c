/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The manifest of a source that was planned.
 */
#include "extract/plan-internal.h"

#include "base/borrow.h"
#include "extract/tree-internal.h"

/* What a draft of one plan knows so far. */
struct draft {
    const struct plan *plan;
    struct manifest_builder *builder;
    GHashTable *numbers;         /* path → number of the file + 1 */
    GArray *closure;             /* guint32: of the unit at hand */
};

/* The number + 1 of what stands at FILE's place in the plan's tree; 0: nothing
 * does.  FILE may be of another tree, for which the unit is the same. */
static guint draft_file(struct draft *d, const struct tree_file *file)
{
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(d->numbers,
                                                        file->path));
    const struct tree_file *own =
        number ? NULL : tree_find(d->plan->tree, file->path);

    if (own) {
        const struct manifest_file known = {
            .path = own->path, .id = own->content->id,
            .generated = !own->blob,
        };

        number = 1 + manifest_builder_file(
            d->builder, &known, own->blob ? NULL : own->content->bytes);
        g_hash_table_insert(d->numbers, borrow(own->path),
                            GUINT_TO_POINTER(number));
    }
    return number;
}

static void draft_unit(struct draft *d, const struct unit *unit)
{
    const GPtrArray *files = unit->parse.closure;

    g_array_set_size(d->closure, 0);
    for (guint i = 0; i < files->len; i++) {
        guint number = draft_file(d, files->pdata[i]);
        guint32 at = number - 1;

        if (number) {
            g_array_append_val(d->closure, at);
        }
        if (number && i) {
            manifest_builder_share(d->builder, at);
        }
    }
    const struct manifest_unit draft = {
        .key = unit->key, .target = unit->parse.config->target,
        .targets = unit->parse.targets,
        .closure = (const guint32 *)(const void *)d->closure->data,
        .n_closure = d->closure->len,
    };

    manifest_builder_unit(d->builder, &draft, unit->ir);
}

static void draft_inputs(struct draft *d)
{
    GHashTableIter iter;
    gpointer path;

    g_hash_table_iter_init(&iter, d->plan->tree->root->inputs);
    while (g_hash_table_iter_next(&iter, &path, NULL)) {
        const struct tree_file like = { .path = path };
        guint number = draft_file(d, &like);

        if (number) {
            manifest_builder_input(d->builder, number - 1);
        }
    }
}

struct manifest_builder *planner_draft(struct planner *planner, guint i)
{
    const struct plan *plan = planner->plans->pdata[i];
    g_autoptr(ManifestBuilder) builder = manifest_builder_new();
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) closure = g_array_new(FALSE, FALSE, sizeof(guint32));
    struct draft d = {
        .plan = plan, .builder = builder, .numbers = numbers,
        .closure = closure,
    };

    for (guint u = 0; u < plan->units->len; u++) {
        const struct unit *unit = plan->units->pdata[u];

        if (!unit->ir) {
            return NULL;
        }
        draft_unit(&d, unit);
    }
    draft_inputs(&d);
    return g_steal_pointer(&builder);
}
