/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/build.h"

#include <string.h>

#include "base/borrow.h"

/* Sets in sets in sets: real trees have three levels. */
#define MAX_ROUNDS 64

struct build *build_new(struct conds *conds)
{
    struct build *build = g_new0(struct build, 1);

    build->conds = conds;
    build->files = g_hash_table_new_full(NULL, NULL, NULL,
                                         (GDestroyNotify)g_array_unref);
    build->sets =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    build_add_set(build);
    return build;
}

void build_free(struct build *build)
{
    g_hash_table_unref(build->files);
    g_ptr_array_unref(build->sets);
    g_free(build);
}

guint build_add_set(struct build *build)
{
    g_ptr_array_add(build->sets,
                    g_array_new(FALSE, FALSE, sizeof(struct member)));
    return build->sets->len - 1;
}

void build_add_part(struct build *build, guint set, struct member member)
{
    g_array_append_val((GArray *)g_ptr_array_index(build->sets, set), member);
}

char *build_path(const char *dir, const char *name)
{
    g_autofree char *joined = g_strdup_printf("/%s%s%s", dir,
                                                *dir ? "/" : "", name);
    g_autofree char *path = g_canonicalize_filename(joined, "/");

    return path[0] == '/' && path[1] ? g_strdup(path + 1) : NULL;
}

void build_add_file(struct build *build, const char *dir, const char *name,
                    struct member member)
{
    g_autofree char *path = build_path(dir, name);
    gpointer key;
    GArray *members;

    if (!path) {
        return;
    }
    key = borrow(g_intern_string(path));
    members = g_hash_table_lookup(build->files, key);
    if (!members) {
        members = g_array_new(FALSE, FALSE, sizeof(struct member));
        g_hash_table_insert(build->files, key, members);
    }
    g_array_append_val(members, member);
}

static bool any_holds(const struct build *build, const GArray *members,
                      const struct values *values, const guint8 *sets)
{
    for (guint i = 0; i < members->len; i++) {
        const struct member *m = &g_array_index(members, struct member, i);

        if (sets[m->set] && cond_holds(build->conds, m->when, values)) {
            return true;
        }
    }
    return false;
}

guint8 *build_sets_in_use(const struct build *build,
                          const struct values *values)
{
    guint8 *sets = g_new0(guint8, build->sets->len);
    bool more = true;

    for (int round = 0; more && round < MAX_ROUNDS; round++) {
        more = false;
        for (guint i = 0; i < build->sets->len; i++) {
            const GArray *parts = g_ptr_array_index(build->sets, i);

            if (!sets[i] && (!parts->len ||
                             any_holds(build, parts, values, sets))) {
                sets[i] = 1;
                more = true;
            }
        }
    }
    return sets;
}

bool build_has(const struct build *build, const char *path,
               const struct values *values, const guint8 *sets)
{
    const GArray *members = g_hash_table_lookup(build->files, path);

    return !members || any_holds(build, members, values, sets);
}
