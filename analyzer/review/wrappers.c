/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "review/wrappers.h"

#include "base/borrow.h"

/* Of devices within devices. */
#define MAX_DEPTH 4

struct wrappers {
    const struct facts *facts;
    GHashTable *outer;           /* name → GPtrArray of const char * */
};

static void add(struct wrappers *w, const char *inner, const char *outer)
{
    GPtrArray *list = g_hash_table_lookup(w->outer, inner);

    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(w->outer, borrow(inner), list);
    }
    g_ptr_array_add(list, borrow(outer));
}

/* What TYPE has inside is inside of OUTER, unless it is SEEN to be. */
static void add_inner(struct wrappers *w, const struct qom_type *type,
                      const char *outer, GHashTable *seen, unsigned depth)
{
    for (; type && depth < MAX_DEPTH; type = facts_parent(w->facts, type)) {
        for (guint i = 0; i < type->aliases->len; i++) {
            const struct alias *alias =
                g_ptr_array_index(type->aliases, i);

            if (alias->target && g_hash_table_add(seen,
                                                  borrow(alias->target))) {
                add(w, alias->target, outer);
                add_inner(w, facts_type(w->facts, alias->target, 0), outer,
                          seen, depth + 1);
            }
        }
    }
}

static void unref_list(gpointer list)
{
    g_ptr_array_unref(list);
}

struct wrappers *wrappers_new(const struct facts *facts,
                              const struct machine *machine)
{
    struct wrappers *w = g_new0(struct wrappers, 1);

    w->facts = facts;
    w->outer = g_hash_table_new_full(NULL, NULL, NULL, unref_list);
    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);

        if (!type->abstract && facts_machine_has(facts, machine, type)) {
            g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

            add_inner(w, type, type->name, seen, 0);
        }
    }
    return w;
}

void wrappers_free(struct wrappers *wrappers)
{
    if (wrappers) {
        g_hash_table_unref(wrappers->outer);
        g_free(wrappers);
    }
}

const GPtrArray *wrappers_of(const struct wrappers *wrappers,
                             const char *name)
{
    return g_hash_table_lookup(wrappers->outer, name);
}
