/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/s390-lists.h"

#include <stdbool.h>
#include <string.h>

#include "base/borrow.h"

#define FEATURE "S390_FEAT_"

enum { MAX_DEPTH = 8 };          /* groups in groups */

struct reader {
    const struct tokens *tokens;
    GHashTable *arrays;          /* name → index of its first element */
    bool failed;
};

static void list_free(gpointer data)
{
    struct s390_list *list = data;

    g_clear_pointer(&list->base, g_hash_table_unref);
    g_hash_table_unref(list->features);
    g_free(list);
}

void s390_lists_free(struct s390_lists *lists)
{
    g_ptr_array_unref(lists->generations);
    g_ptr_array_unref(lists->qemu);
    g_free(lists);
}

const struct s390_list *s390_list_find(const GPtrArray *list,
                                       const char *name)
{
    for (guint i = 0; i < list->len; i++) {
        const struct s390_list *at = g_ptr_array_index(list, i);

        if (!strcmp(at->name, name)) {
            return at;
        }
    }
    return NULL;
}

/* --- Arrays --------------------------------------------------------------- */

/* NAME[] = { … */
static void find_arrays(struct reader *r)
{
    const struct tokens *t = r->tokens;

    for (guint i = 0; i + 4 < t->list->len; i++) {
        if (*token_at(t, i + 1) == '[' && *token_at(t, i + 2) == ']' &&
            *token_at(t, i + 3) == '=' && *token_at(t, i + 4) == '{') {
            g_hash_table_insert(r->arrays, borrow(token_at(t, i)),
                                GUINT_TO_POINTER(i + 5));
        }
    }
}

static void add_feature(struct reader *r, GHashTable *set, const char *name,
                        unsigned depth)
{
    const GPtrArray *group = g_hash_table_lookup(r->tokens->macros, name);

    if (*name == ',') {
        return;
    }
    if (!g_str_has_prefix(name, FEATURE) || depth > MAX_DEPTH) {
        r->failed = true;
    } else if (group) {
        for (guint i = 0; i < group->len; i++) {
            add_feature(r, set, g_ptr_array_index(group, i), depth + 1);
        }
    } else {
        g_hash_table_add(set, borrow(name));
    }
}

/* What array KIND_NAME has, or the one that a macro of this name stands
 * for. */
static void add_array(struct reader *r, GHashTable *set, const char *kind,
                      struct s390_list *list)
{
    g_autofree char *full = g_strconcat(kind, list->name, NULL);
    const char *key = g_intern_string(full);
    const GPtrArray *macro = g_hash_table_lookup(r->tokens->macros, key);
    guint at;

    if (macro && macro->len == 1) {
        key = g_ptr_array_index(macro, 0);
    }
    at = GPOINTER_TO_UINT(g_hash_table_lookup(r->arrays, key));
    r->failed |= !at;
    if (at && !macro) {
        list->line = g_array_index(r->tokens->lines, int, at - 1);
    }
    while (at && *token_at(r->tokens, at) && *token_at(r->tokens, at) != '}') {
        add_feature(r, set, token_at(r->tokens, at++), 0);
    }
}

/* --- Adding up ------------------------------------------------------------ */

static void copy(GHashTable *from, GHashTable *to)
{
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_hash_table_add(to, name);
    }
}

static struct s390_list *add_list(GPtrArray *lists, const char *name,
                                  bool has_base)
{
    const struct s390_list *last =
        lists->len ? g_ptr_array_index(lists, lists->len - 1) : NULL;
    struct s390_list *list = g_new0(struct s390_list, 1);

    list->name = name;
    list->line = last ? last->line : 0;
    list->features = g_hash_table_new(NULL, NULL);
    list->base = has_base ? g_hash_table_new(NULL, NULL) : NULL;
    if (last) {
        copy(last->features, list->features);
    }
    if (last && has_base) {
        copy(last->base, list->base);
    }
    g_ptr_array_add(lists, list);
    return list;
}

/* What the program takes out before it adds those of a generation:
 * strcmp(…, "S390_FEAT_LIST_GEN15_GA1") == 0) { clear_bit(SET, FEATURE); … */
static void take_away(struct reader *r, struct s390_list *list)
{
    const struct tokens *t = r->tokens;
    g_autofree char *text = g_strconcat("\"" FEATURE "LIST_", list->name,
                                        NULL);
    const char *name = g_intern_string(text);
    guint i = 0;

    while (i < t->list->len && token_at(t, i) != name) {
        i++;
    }
    for (; i < t->list->len && *token_at(t, i) != '}'; i++) {
        const char *set = token_at(t, i + 2);

        if (strcmp(token_at(t, i), "clear_bit")) {
            continue;
        }
        if (!strcmp(set, "base_feat")) {
            g_hash_table_remove(list->base, token_at(t, i + 4));
        } else if (!strcmp(set, "default_feat")) {
            g_hash_table_remove(list->features, token_at(t, i + 4));
        }
    }
}

static void add_generation(struct reader *r, struct s390_lists *lists,
                           const char *name)
{
    struct s390_list *list = add_list(lists->generations, name, true);

    take_away(r, list);
    add_array(r, list->base, "base_", list);
    add_array(r, list->features, "base_", list);
    add_array(r, list->features, "default_", list);
}

struct s390_lists *s390_lists_new(const char *text)
{
    g_autoptr(Tokens) tokens = tokens_new(text);
    g_autoptr(S390Lists) lists = g_new0(struct s390_lists, 1);
    g_autoptr(GHashTable) arrays = g_hash_table_new(NULL, NULL);
    struct reader r = { tokens, arrays, false };

    lists->generations = g_ptr_array_new_with_free_func(list_free);
    lists->qemu = g_ptr_array_new_with_free_func(list_free);
    find_arrays(&r);
    for (guint i = 0; i < tokens->list->len; i++) {
        const char *name = token_at(tokens, i + 2);

        if (!strcmp(token_at(tokens, i), "CPU_FEAT_INITIALIZER")) {
            add_generation(&r, lists, name);
        } else if (!strcmp(token_at(tokens, i), "QEMU_FEAT_INITIALIZER")) {
            struct s390_list *list = add_list(lists->qemu, name, false);

            add_array(&r, list->features, "qemu_", list);
        }
    }
    return r.failed || !lists->generations->len ? NULL
                                                : g_steal_pointer(&lists);
}
