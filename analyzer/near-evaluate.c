/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of a tree of which some units are other ones: everything is evaluated,
 * from what is known of the rest.
 */
#include "near-internal.h"

#include "facts-id.h"
#include "load-internal.h"

#include <string.h>

struct all_units {
    const struct near_tree *near;
    struct extract_source source;
    ManifestBuilder *builder;
    GPtrArray *owned;            /* struct ir_unit * */
    bool missing;
};

/* Which of the units that were extracted PATH is, from 1; 0: none. */
static guint number_of(const struct near_tree *near, const char *path)
{
    for (guint i = 0; i < near->units->len; i++) {
        if (!strcmp(near->units->pdata[i], path)) {
            return i + 1;
        }
    }
    return 0;
}

/* What is generated otherwise at PATH; NULL: it is as it was. */
static const struct touched_text *text_at(const struct near_tree *near,
                                          const char *path)
{
    for (guint i = 0; i < near->texts->len; i++) {
        const struct touched_text *text = &g_array_index(
            near->texts, struct touched_text, i);

        if (!strcmp(text->path, path)) {
            return text;
        }
    }
    return NULL;
}

/* The number of the manifest's file I, as it is now. */
static guint32 draft_file(struct all_units *all, guint32 i)
{
    const struct near_tree *near = all->near;
    struct manifest_file file = manifest_file(near->manifest, i);
    const struct touched_text *text =
        file.generated ? text_at(near, file.path) : NULL;
    g_autofree char *path = file.generated ? NULL : manifest_place(file.path);
    const struct source_file *new =
        path && g_hash_table_contains(near->changed, path)
        ? source_find(near->request->source, path) : NULL;

    file.id = text ? text->id : new ? new->blob : file.id;
    return manifest_builder_file(all->builder, &file,
                                 text ? text->text : NULL);
}

/* The I-th of the units that were extracted; UNIT is what it was. */
static void add_new(struct all_units *all, guint i,
                    const struct manifest_unit *unit)
{
    const struct extract_source *source = &all->near->extraction->sources[0];
    struct manifest_unit draft = *unit;

    g_ptr_array_add(all->source.units, source->units->pdata[i]);
    if (source->draft) {
        manifest_builder_take(all->builder, source->draft, i);
        return;
    }
    draft.key = source->keys->pdata[i];
    manifest_builder_unit(all->builder, &draft, source->units->pdata[i]);
}

static void add_known(struct all_units *all, const struct manifest_unit *unit)
{
    struct ir_unit *ir = near_known_unit(all->near->request->cache, unit->key);

    if (!ir) {
        all->missing = true;
        return;
    }
    g_ptr_array_add(all->owned, ir);
    g_ptr_array_add(all->source.units, ir);
    manifest_builder_unit(all->builder, unit, ir);
}

static void add_any(void *opaque, const char *virtual,
                    const struct manifest_unit *unit)
{
    struct all_units *all = opaque;
    const char *path = g_str_has_prefix(virtual, TREE_ROOT)
        ? virtual + strlen(TREE_ROOT) : virtual;
    guint number = number_of(all->near, path);

    if (all->missing) {
        return;
    }
    if (number) {
        add_new(all, number - 1, unit);
    } else {
        add_known(all, unit);
    }
}

/* Each by the number that it has. */
static void draft_files(struct all_units *all)
{
    for (guint32 i = 0; manifest_has_file(all->near->manifest, i); i++) {
        all->missing |= draft_file(all, i) != i;
    }
}

static void free_unit(gpointer unit)
{
    ir_unit_free(unit);
}

struct facts *near_evaluate(const struct near_tree *near)
{
    struct cache *cache = near->request->cache;
    g_autoptr(GPtrArray) units = g_ptr_array_new();
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(free_unit);
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE,
                                         sizeof(struct extract_gap));
    g_autoptr(ManifestBuilder) builder = manifest_builder_new();
    struct all_units all = {
        .near = near, .source = { .units = units, .gaps = gaps },
        .builder = builder, .owned = owned,
    };

    draft_files(&all);
    manifest_each(near->manifest, add_any, &all);
    if (all.missing) {
        return NULL;
    }
    struct facts *facts = load_evaluate(&all.source, near->request->source,
                                        near->request->memory);

    load_keep(cache, facts);
    manifest_builder_keep(builder, cache, FACTS_ID, facts->revision.tree);
    return facts;
}
