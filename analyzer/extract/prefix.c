/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/prefix.h"

#include "base/borrow.h"
#include "extract/includes.h"
#include "extract/scratch.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A new prefix is worth its price from so many units on. */
#define MIN_UNITS 4
/* A header belongs into the prefix when one in so many units includes it,
 * and so many at least. */
#define SHARE 40
#define MIN_USES 3
/* Headers that a prefix names at most. */
#define MAX_NAMES 400
/* Prefixes of one target that are kept. */
#define MAX_KEPT 3

struct prefix {
    struct parse_prefix parse;
    struct tree_config *config;  /* of the tree it is built from: only then */
    const char *target;          /* static */
    GPtrArray *names;            /* const char *: what it includes, interned */
    struct tree_file *files;     /* what parse.closure points to */
    pid_t owner;
    bool tried;                  /* it was built, or could not be */
};

struct prefix_store {
    pid_t owner;                 /* a child makes files for itself only */
    pid_t scratch_owner;
    struct scratch *scratch;     /* made when needed */
    GPtrArray *prefixes;         /* struct prefix *, the oldest first */
    guint next;                  /* number for a name */
};

static void prefix_free(gpointer data)
{
    struct prefix *prefix = data;

    if (prefix->owner == getpid()) {
        g_unlink(prefix->parse.path);
        g_unlink(prefix->parse.overlay);
    }
    g_ptr_array_unref(prefix->parse.closure);
    g_free(prefix->parse.path);
    g_free(prefix->parse.overlay);
    g_ptr_array_unref(prefix->names);
    g_free(prefix->files);
    g_free(prefix);
}

struct prefix_store *prefix_store_new(void)
{
    struct prefix_store *store = g_new0(struct prefix_store, 1);

    store->owner = getpid();
    store->prefixes = g_ptr_array_new_with_free_func(prefix_free);
    return store;
}

void prefix_store_free(struct prefix_store *store)
{
    if (store) {
        g_ptr_array_unref(store->prefixes);
        scratch_free(store->scratch);
        g_free(store);
    }
}

const char *prefix_store_path(const struct prefix_store *store)
{
    return store->prefixes->len ? scratch_path(store->scratch) : NULL;
}

/* --- Units that may share one ----------------------------------------------- */

/* Units of one tree and configuration. */
struct group {
    struct tree *tree;
    struct tree_config *config;
    GPtrArray *units;            /* struct unit * */
};

static void group_free(gpointer data)
{
    struct group *group = data;

    g_ptr_array_unref(group->units);
    g_free(group);
}

static struct group *group_of(GPtrArray *groups, const struct unit *unit)
{
    for (guint i = 0; i < groups->len; i++) {
        struct group *group = groups->pdata[i];

        if (group->tree == unit->parse.tree &&
            group->config == unit->parse.config) {
            return group;
        }
    }
    struct group *group = g_new0(struct group, 1);

    group->tree = unit->parse.tree;
    group->config = unit->parse.config;
    group->units = g_ptr_array_new();
    g_ptr_array_add(groups, group);
    return group;
}

static GPtrArray *group_units(const GPtrArray *units)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);

    for (guint i = 0; i < units->len; i++) {
        struct unit *unit = units->pdata[i];

        if (unit->parse.tree) {  /* else there is no more than it includes */
            g_ptr_array_add(group_of(groups, unit)->units, unit);
        }
    }
    return groups;
}

/* --- One that is there ------------------------------------------------------- */

/* The first file is the prefix itself. */
static bool fits(const struct prefix *prefix, struct tree *tree)
{
    const GPtrArray *closure = prefix->parse.closure;

    for (guint i = 1; i < closure->len; i++) {
        const struct tree_file *file = closure->pdata[i];
        const struct tree_file *own = tree_find(tree, file->path);

        if (!own || own->content != file->content) {
            return false;
        }
    }
    return !prefix->tried || prefix->parse.built;
}

static struct prefix *find(const struct prefix_store *store,
                           const struct group *group)
{
    for (guint i = store->prefixes->len; i-- > 0;) {
        struct prefix *prefix = store->prefixes->pdata[i];

        if (prefix->target == group->config->target &&
            fits(prefix, group->tree)) {
            return prefix;
        }
    }
    return NULL;
}

/* --- A new one ------------------------------------------------------------------ */

struct header_count {
    const char *name;            /* with delimiters */
    guint count;
};

static gint by_count(gconstpointer a, gconstpointer b)
{
    const struct header_count *x = a, *y = b;

    return x->count != y->count ? (x->count < y->count ? 1 : -1) :
           strcmp(x->name, y->name);
}

static GArray *count_headers(const struct group *group)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
    GArray *sorted = g_array_new(FALSE, FALSE, sizeof(struct header_count));
    GHashTableIter iter;
    gpointer name, count;

    for (guint i = 0; i < group->units->len; i++) {
        struct unit *unit = g_ptr_array_index(group->units, i);
        GPtrArray *names = tree_includes(unit->parse.file);

        for (guint n = 0; n < names->len; n++) {
            name = g_ptr_array_index(names, n);
            count = g_hash_table_lookup(counts, name);
            g_hash_table_insert(counts, name,
                                GUINT_TO_POINTER(GPOINTER_TO_UINT(count) +
                                                 1));
        }
    }
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &name, &count)) {
        struct header_count entry = { name, GPOINTER_TO_UINT(count) };

        g_array_append_val(sorted, entry);
    }
    g_array_sort(sorted, by_count);
    return sorted;
}

/* What is not would be there twice. */
static bool is_guarded(const struct tree_file *file)
{
    gsize length;
    const char *text = g_bytes_get_data(file->content->bytes, &length);

    return text && includes_guarded(text, length);
}

/* Headers of include/ only: what lies beside a unit is its own, and a
 * target's headers fill the name space of every unit. */
static void add_name(const struct group *group, GPtrArray *names,
                     const char *name)
{
    const struct unit *first = g_ptr_array_index(group->units, 0);
    struct tree_file *file = tree_resolve(group->tree, group->config,
                                          first->parse.file, name);

    if (file && names->len < MAX_NAMES &&
        g_str_has_prefix(file->path, TREE_ROOT "include/") &&
        is_guarded(file) && !g_ptr_array_find(names, name, NULL)) {
        g_ptr_array_add(names, borrow(name));
    }
}

/* What the last of the target had, so that the new one serves those units as
 * well; then what these units have in common. */
static GPtrArray *choose_names(const struct prefix_store *store,
                               const struct group *group)
{
    g_autoptr(GArray) headers = count_headers(group);
    GPtrArray *names = g_ptr_array_new();
    const GPtrArray *last = NULL;

    for (guint i = store->prefixes->len; i-- > 0 && !last;) {
        const struct prefix *prefix = store->prefixes->pdata[i];

        last = prefix->target == group->config->target ? prefix->names : NULL;
    }
    for (guint i = 0; last && i < last->len; i++) {
        add_name(group, names, last->pdata[i]);
    }
    for (guint i = 0; i < headers->len; i++) {
        const struct header_count *header =
            &g_array_index(headers, struct header_count, i);

        if (header->count * SHARE < group->units->len ||
            header->count < MIN_USES) {
            break;
        }
        add_name(group, names, header->name);
    }
    return names;
}

static char *prefix_text(const GPtrArray *names)
{
    GString *text = g_string_new("#include \"qemu/osdep.h\"\n");

    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(text, "#include %s\n",
                               (const char *)names->pdata[i]);
    }
    return g_string_free(text, FALSE);
}

/* The tree's files go with it; their contents stay. */
static void copy_closure(struct prefix *prefix, struct tree *tree,
                         struct tree_file *header)
{
    g_autoptr(GPtrArray) closure = tree_closure(tree, prefix->config, header);

    prefix->files = g_new0(struct tree_file, closure->len);
    prefix->parse.closure = g_ptr_array_new();
    for (guint i = 0; i < closure->len; i++) {
        const struct tree_file *file = closure->pdata[i];

        prefix->files[i] = (struct tree_file){
            .path = file->path, .content = file->content,
        };
        g_ptr_array_add(prefix->parse.closure, &prefix->files[i]);
    }
    prefix->parse.header = &prefix->files[0];
}

/* False where there is no place for files. */
static bool write_overlay(struct prefix_store *store, struct prefix *prefix)
{
    g_autofree char *name = g_strdup_printf("%d-%u.pch", (int)getpid(),
                                            store->next);

    if (!store->scratch) {
        store->scratch = scratch_new();
        store->scratch_owner = getpid();
    }
    if (!store->scratch) {
        return false;
    }
    const char *dir = scratch_path(store->scratch);
    g_autofree char *text = parse_overlay(dir, name);

    prefix->parse.path = g_build_filename(dir, name, NULL);
    prefix->parse.overlay = g_strconcat(prefix->parse.path, ".yaml", NULL);
    return g_file_set_contents(prefix->parse.overlay, text, -1, NULL);
}

static struct prefix *prefix_new(struct prefix_store *store,
                                 const struct group *group)
{
    struct prefix *prefix = g_new0(struct prefix, 1);
    g_autofree char *path = g_strdup_printf(TREE_GEN "prefix-%u.h",
                                            store->next);

    prefix->owner = getpid();
    prefix->config = group->config;
    prefix->target = group->config->target;
    prefix->names = choose_names(store, group);
    g_autofree char *text = prefix_text(prefix->names);

    copy_closure(prefix, group->tree, tree_add_text(group->tree, path, text));
    if (!write_overlay(store, prefix)) {
        prefix_free(prefix);
        return NULL;
    }
    store->next++;
    g_ptr_array_add(store->prefixes, prefix);
    return prefix;
}

/* The directory of the prefixes is open to all of them. */
static void hide_disk(const struct prefix_store *store, const GPtrArray *units)
{
    const struct prefix *any =
        store->prefixes->len ? store->prefixes->pdata[0] : NULL;

    for (guint i = 0; i < units->len; i++) {
        struct unit *unit = units->pdata[i];

        unit->parse.overlay = unit->parse.prefix ? unit->parse.prefix->overlay
                            : any ? any->parse.overlay : NULL;
    }
}

GPtrArray *prefix_store_plan(struct prefix_store *store,
                             const GPtrArray *units)
{
    g_autoptr(GPtrArray) groups = group_units(units);
    GPtrArray *fresh = g_ptr_array_new();

    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = groups->pdata[i];
        struct prefix *prefix = find(store, group);

        if (!prefix && group->units->len >= MIN_UNITS) {
            prefix = prefix_new(store, group);
            if (prefix) {
                g_ptr_array_add(fresh, prefix);
            }
        }
        for (guint u = 0; prefix && u < group->units->len; u++) {
            struct unit *unit = group->units->pdata[u];

            unit->parse.prefix = &prefix->parse;
        }
    }
    hide_disk(store, units);
    return fresh;
}

GBytes *prefix_build(const struct prefix *prefix, char **ret_reason)
{
    return parse_prefix(prefix->config, &prefix->parse, ret_reason);
}

void prefix_done(struct prefix *prefix, bool built)
{
    prefix->tried = true;
    prefix->parse.built = built;
    prefix->config = NULL;
}

/* --- Keeping few ------------------------------------------------------------------ */

/* How many of PREFIX's target come after it. */
static guint n_newer(const struct prefix_store *store, guint at)
{
    const struct prefix *prefix = store->prefixes->pdata[at];
    guint n = 0;

    for (guint i = at + 1; i < store->prefixes->len; i++) {
        const struct prefix *other = store->prefixes->pdata[i];

        n += other->target == prefix->target;
    }
    return n;
}

void prefix_store_trim(struct prefix_store *store)
{
    for (guint i = store->prefixes->len; i-- > 0;) {
        const struct prefix *prefix = store->prefixes->pdata[i];

        if (!prefix->parse.built || prefix->owner != store->owner ||
            n_newer(store, i) >= MAX_KEPT) {
            g_ptr_array_remove_index(store->prefixes, i);
        }
    }
    if (store->scratch && store->scratch_owner != store->owner) {
        g_clear_pointer(&store->scratch, scratch_free);
    }
}
