/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/nearest.h"

#include <string.h>

#include "check/reach.h"

/* Edits between A and B; names are short. */
static guint distance(const char *a, const char *b)
{
    gsize width = strlen(b) + 1;
    g_autofree guint *row = g_new(guint, width);

    for (gsize j = 0; j < width; j++) {
        row[j] = (guint)j;
    }
    for (gsize i = 1; a[i - 1]; i++) {
        guint diagonal = row[0];

        row[0] = (guint)i;
        for (gsize j = 1; j < width; j++) {
            guint above = row[j];
            guint change = diagonal + (a[i - 1] != b[j - 1]);

            row[j] = MIN(change, MIN(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[width - 1];
}

/* Smaller is closer; G_MAXUINT = not at all.  A name that only lacks an
 * ending ("-device", "-pci") is as close as a slip of the pen. */
static guint closeness(const char *written, const char *name)
{
    gsize length = strlen(written);
    guint edits;

    if (strncmp(written, name, length) == 0 && name[length] == '-') {
        return strcmp(name + length, "-device") == 0 ? 1 : 2;
    }
    if (ABS((gssize)strlen(name) - (gssize)length) > 2) {
        return G_MAXUINT;
    }
    edits = distance(written, name);
    return edits <= 2 && edits < length ? edits : G_MAXUINT;
}

const char *only_declarer(const struct facts *facts, const char *name)
{
    const char *only = NULL;

    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);

        for (guint k = 0; k < type->properties->len; k++) {
            const struct property *property =
                g_ptr_array_index(type->properties, k);

            if (property->name != name || type->name == only) {
                continue;
            }
            if (only || type->abstract) {
                return NULL;
            }
            only = type->name;
        }
    }
    return only;
}

const char *nearest_type(const struct facts *facts,
                         const struct compat_entry *entry)
{
    const char *best = NULL;
    guint least = G_MAXUINT;

    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);
        guint near = closeness(entry->driver, type->name);
        struct reach reach;

        if (near < least &&
            reach_find(facts, type, entry->property, &reach)) {
            best = type->name;
            least = near;
        }
    }
    return best;
}

const char *nearest_property(struct side *side, const struct qom_type *type,
                             const char *name)
{
    GHashTable *names = side_names(side, type);
    const char *best = NULL;
    guint least = G_MAXUINT;
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        guint near = closeness(name, key);

        if (near < least || (near == least && best &&
                             strcmp(key, best) < 0)) {
            best = key;
            least = near;
        }
    }
    return best;
}
