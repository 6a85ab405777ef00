/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/types.h"

#include <string.h>

#include "base/borrow.h"

#include "reach/mentions.h"
#include "reach/pending.h"

/* Longer chains of parents are loops. */
#define MAX_CHAIN 64

struct assigner {
    const struct facts *facts;
    const struct boards *boards;
    GHashTable *types;       /* name → GPtrArray of struct qom_type * */
    GHashTable *files;       /* path → uint64_t *: boards it is built for */
    GHashTable *made;        /* name → uint64_t *: boards that make it */
    GHashTable *described;   /* name → uint64_t *: boards that have a file
                                which describes it */
    struct pending *pending; /* NULL: of no interest */
    const char *wanted;      /* whose makers are looked for, NULL: none */
    const char **makers;     /* by board */
};

static struct qom_type *find(const struct assigner *a, const char *name,
                             target_set targets)
{
    const GPtrArray *types = name ? g_hash_table_lookup(a->types, name) : NULL;

    for (guint i = 0; types && i < types->len; i++) {
        struct qom_type *type = g_ptr_array_index(types, i);

        if (targets_meet(type->targets, targets)) {
            return type;
        }
    }
    return NULL;
}

static void index_types(struct assigner *a)
{
    for (guint i = 0; i < a->facts->types->len; i++) {
        struct qom_type *type = g_ptr_array_index(a->facts->types, i);
        GPtrArray *same = g_hash_table_lookup(a->types, type->name);

        if (!same) {
            same = g_ptr_array_new();
            g_hash_table_insert(a->types, borrow(type->name),
                                same);
        }
        g_ptr_array_add(same, type);
    }
}

/* --- Files --------------------------------------------------------------- */

static uint64_t all_boards(const struct assigner *a)
{
    guint n = a->boards->list->len;

    return n == MAX_BOARDS ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

static uint64_t *bits_of(GHashTable *table, gconstpointer key)
{
    uint64_t *bits = g_hash_table_lookup(table, key);

    if (!bits) {
        bits = g_new0(uint64_t, 1);
        g_hash_table_insert(table, borrow(key), bits);
    }
    return bits;
}

static uint64_t file_boards(const struct assigner *a, const char *file)
{
    const uint64_t *bits = file ? g_hash_table_lookup(a->files, file) : NULL;

    return bits ? *bits : boards_of_file(a->boards, file);
}

static bool is_below(const char *path, const char *const *dirs, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (g_str_has_prefix(path, dirs[i])) {
            return true;
        }
    }
    return false;
}

/* Most files are not worth reading: that is what takes the time. */
static bool may_define_types(const char *path)
{
    static const char *const dirs[] = {
        "hw/", "include/hw/", "include/sysemu/", "include/system/",
    };

    return g_str_has_suffix(path, ".h") &&
           (is_below(path, dirs, G_N_ELEMENTS(dirs)) ||
            (g_str_has_prefix(path, "target") &&
             (strstr(path, "/kvm") || g_str_has_suffix(path, "cpu-qom.h"))));
}

static bool may_make_devices(const char *path)
{
    static const char *const dirs[] = {
        "accel/", "hw/", "softmmu/", "system/", "target",
    };

    return (is_below(path, dirs, G_N_ELEMENTS(dirs)) ||
            !strchr(path, '/')) &&
           !strstr(path, "/tcg/") && !strstr(path, "translate") &&
           !strstr(path, "helper");
}

static void define_all(struct mentions *mentions, GBytes *bytes)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);

    mentions_define(mentions, text, length);
}

static void scan_pending(const struct assigner *a, const char *path,
                         GBytes *bytes)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);

    if (a->pending) {
        pending_scan(a->pending, path, text, length);
    }
}

static void add_boards(GHashTable *table, GHashTable *names, uint64_t boards)
{
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        *bits_of(table, name) |= boards;
    }
}

static void find_mentions(struct assigner *a, struct mentions *mentions,
                          const char *path, GBytes *bytes, uint64_t boards)
{
    g_autoptr(GHashTable) made = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) described = g_hash_table_new(NULL, NULL);
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);

    mentions_find(mentions, text, length, made, described);
    add_boards(a->made, made, boards);
    add_boards(a->described, described, boards);
    for (guint i = 0; a->wanted && i < a->boards->list->len &&
                      g_hash_table_contains(made, a->wanted); i++) {
        if (boards >> i & 1 && !a->makers[i]) {
            a->makers[i] = path;
        }
    }
}

/* Headers say what the macros are; an inline function of one makes what it
 * makes on every board that has the code for it. */
static void read_headers(struct assigner *a, const struct reach_tree *tree,
                         struct mentions *mentions)
{
    g_autoptr(GPtrArray) headers =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    const char *path;

    for (guint i = 0; (path = tree->list(i, tree->opaque)); i++) {
        g_autoptr(GBytes) bytes = may_define_types(path)
            ? tree->read(path, tree->opaque) : NULL;

        if (bytes) {
            define_all(mentions, bytes);
            scan_pending(a, path, bytes);
            g_ptr_array_add(headers, g_steal_pointer(&bytes));
            g_ptr_array_add(paths, borrow(path));
        }
    }
    for (guint i = 0; i < headers->len; i++) {
        find_mentions(a, mentions, g_ptr_array_index(paths, i),
                      g_ptr_array_index(headers, i), all_boards(a));
    }
}

/* Looks into every file that some board has; what it learned of macros is the
 * caller's. */
static struct mentions *read_files(struct assigner *a,
                                   const struct reach_tree *tree)
{
    struct mentions *mentions = mentions_new(a->types);
    const char *path;

    read_headers(a, tree, mentions);
    for (guint i = 0; (path = tree->list(i, tree->opaque)); i++) {
        uint64_t boards;

        if (!g_hash_table_contains(a->boards->build->files, path)) {
            continue;
        }
        boards = boards_of_file(a->boards, path);
        *bits_of(a->files, path) = boards;
        g_autoptr(GBytes) bytes = boards && may_make_devices(path)
            ? tree->read(path, tree->opaque) : NULL;
        if (bytes) {
            define_all(mentions, bytes);
            scan_pending(a, path, bytes);
            find_mentions(a, mentions, path, bytes, boards);
        }
    }
    return mentions;
}

/* --- Types --------------------------------------------------------------- */

/* The boards that share a binary with one of BOARDS: they can have its
 * devices plugged. */
static uint64_t neighbours(const struct assigner *a, uint64_t boards)
{
    const GPtrArray *list = a->boards->list;
    target_set targets = 0;
    uint64_t bits = 0;

    for (guint i = 0; i < list->len; i++) {
        if (boards >> i & 1) {
            targets |= ((struct board *)g_ptr_array_index(list, i))->targets;
        }
    }
    for (guint i = 0; i < list->len; i++) {
        const struct board *board = g_ptr_array_index(list, i);

        bits |= board->targets & targets ? UINT64_C(1) << i : 0;
    }
    return bits;
}

static uint64_t target_boards(const struct assigner *a, target_set targets)
{
    uint64_t bits = 0;

    for (guint i = 0; i < a->boards->list->len; i++) {
        const struct board *board = g_ptr_array_index(a->boards->list, i);

        if (targets_meet(targets, board->targets)) {
            bits |= UINT64_C(1) << i;
        }
    }
    return bits;
}

/* The ancestor just below "device", which says what bus a device is for;
 * NULL where TYPE is no device. */
static const struct qom_type *bus_side(const struct assigner *a,
                                       const struct qom_type *type)
{
    for (int i = 0; type && type->parent && i < MAX_CHAIN; i++) {
        if (!strcmp(type->parent, "device")) {
            return type;
        }
        type = find(a, type->parent, type->targets);
    }
    return NULL;
}

/* Where the code of TYPE and of the devices inside it is built.  A type that
 * another file's helper registers is at home in the file that describes it. */
static uint64_t code_boards(const struct assigner *a,
                            const struct qom_type *type)
{
    const uint64_t *described = g_hash_table_lookup(a->described, type->name);
    target_set targets = type->targets;
    uint64_t bits = file_boards(a, type->loc.file) &
                    (described ? *described : ~UINT64_C(0));

    for (int depth = 0; type && depth < MAX_CHAIN; depth++) {
        for (guint i = 0; i < type->aliases->len; i++) {
            const struct alias *alias = g_ptr_array_index(type->aliases, i);
            const struct qom_type *inner = find(a, alias->target, targets);

            bits &= inner ? file_boards(a, inner->loc.file) : ~UINT64_C(0);
        }
        type = find(a, type->parent, targets);
    }
    return bits;
}

static bool is_anywhere(const char *name)
{
    return !strcmp(name, "migration") || !strcmp(name, "device");
}

static bool is_below_type(const struct assigner *a,
                          const struct qom_type *type, const char *name)
{
    target_set targets = type->targets;

    for (int i = 0; type && i < MAX_CHAIN; i++) {
        if (!g_strcmp0(type->parent, name)) {
            return true;
        }
        type = find(a, type->parent, targets);
    }
    return false;
}

/* Where users can plug a device that goes onto BUS: the bus is there, for a
 * port of PCI Express such a bus. */
static uint64_t bus_boards(const struct assigner *a,
                           const struct qom_type *type,
                           const struct qom_type *bus)
{
    uint64_t bits = bus == type ? ~UINT64_C(0)
                                : file_boards(a, bus->loc.file);

    return is_below_type(a, type, "pcie-port")
           ? bits & boards_with(a->boards, "PCI_EXPRESS") : bits;
}

/* The boards that make TYPE, or where the user can plug it: its bus is there,
 * and its code in the binary. */
static uint64_t device_boards(const struct assigner *a,
                              const struct qom_type *type,
                              const struct qom_type *bus)
{
    uint64_t code = code_boards(a, type);
    const uint64_t *made = g_hash_table_lookup(a->made, type->name);
    uint64_t bits = made ? code & *made : 0;

    if (!strcmp(bus->name, "cpu")) {
        return code;
    }
    if (type->user_creatable && strcmp(bus->name, "sys-bus-device") != 0) {
        bits |= neighbours(a, code) & bus_boards(a, type, bus);
    }
    return bits;
}

static uint64_t own_boards(const struct assigner *a,
                           const struct qom_type *type)
{
    const struct qom_type *bus = bus_side(a, type);
    uint64_t reach = target_boards(a, type->targets);

    if (is_anywhere(type->name)) {
        return all_boards(a);
    }
    if (type->abstract) {
        return 0;
    }
    return reach & (bus ? device_boards(a, type, bus)
                        : file_boards(a, type->loc.file));
}

/* What an object is, its ancestors are. */
static void lift(const struct assigner *a, struct qom_type *type)
{
    uint64_t bits = type->boards;
    target_set targets = type->targets;

    for (int i = 0; i < MAX_CHAIN; i++) {
        type = find(a, type->parent, targets);
        if (!type) {
            return;
        }
        type->boards |= bits;
    }
}

/* --- Entries ------------------------------------------------------------- */

static void trust_entries(const struct assigner *a,
                          const struct compat_array *array, uint64_t boards)
{
    for (guint i = 0; i < array->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(array->entries, i);
        struct qom_type *type = find(a, entry->driver, 0);

        if (type && !type->boards) {
            const struct qom_type *bus = bus_side(a, type);

            type->boards = boards & target_boards(a, type->targets) &
                           (bus ? file_boards(a, bus->loc.file)
                                : ~UINT64_C(0));
        }
    }
}

/* A type that nobody seems to make, and that compat entries are about all the
 * same, is where they are. */
static void trust_arrays(const struct assigner *a)
{
    g_autoptr(GHashTable) appliers =
        g_hash_table_new_full(NULL, NULL, NULL, g_free);

    for (guint i = 0; i < a->facts->machines->len; i++) {
        const struct machine *machine =
            g_ptr_array_index(a->facts->machines, i);

        for (guint k = 0; k < machine->compat->len; k++) {
            *bits_of(appliers, g_ptr_array_index(machine->compat, k)) |=
                machine->board;
        }
    }
    for (guint i = 0; i < a->facts->arrays->len; i++) {
        const struct compat_array *array =
            g_ptr_array_index(a->facts->arrays, i);

        trust_entries(a, array, *bits_of(appliers, array));
    }
}

/* What functions register is where they are built. */
static void assign_vmstate(const struct assigner *a, struct vmstate *vmstate)
{
    for (guint i = 0; i < vmstate->users->len; i++) {
        const char *user = g_ptr_array_index(vmstate->users, i);
        const char *colon = strrchr(user, ':');
        g_autofree char *file = g_strndup(user, colon ? colon - user : 0);

        vmstate->boards = (i ? vmstate->boards : 0) |
                          file_boards(a, g_intern_string(file));
    }
}

static void assigner_init(struct assigner *a, const struct facts *facts,
                          const struct boards *boards)
{
    *a = (struct assigner){
        .facts = facts, .boards = boards,
        .types = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify)g_ptr_array_unref),
        .files = g_hash_table_new_full(NULL, NULL, NULL, g_free),
        .made = g_hash_table_new_full(NULL, NULL, NULL, g_free),
        .described = g_hash_table_new_full(NULL, NULL, NULL, g_free),
    };
    index_types(a);
}

static void assigner_clear(struct assigner *a)
{
    g_hash_table_unref(a->types);
    g_hash_table_unref(a->files);
    g_hash_table_unref(a->made);
    g_hash_table_unref(a->described);
    g_clear_pointer(&a->pending, pending_free);
}
typedef struct assigner Assigner;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Assigner, assigner_clear)

void types_find_makers(const struct facts *facts, const struct boards *boards,
                       const struct reach_tree *tree, const char *type,
                       const char **ret_makers)
{
    g_auto(Assigner) a;

    memset(ret_makers, 0, MAX_BOARDS * sizeof(ret_makers[0]));
    assigner_init(&a, facts, boards);
    a.wanted = type;
    a.makers = ret_makers;
    mentions_free(read_files(&a, tree));
}

void types_assign(struct facts *facts, const struct boards *boards,
                  const struct reach_tree *tree)
{
    g_auto(Assigner) a;
    struct mentions *mentions;

    assigner_init(&a, facts, boards);
    a.pending = pending_new();
    mentions = read_files(&a, tree);
    pending_emit(a.pending, mentions, facts);
    mentions_free(mentions);
    for (guint i = 0; i < facts->types->len; i++) {
        struct qom_type *type = g_ptr_array_index(facts->types, i);

        type->boards = own_boards(&a, type);
    }
    for (guint i = 0; i < facts->types->len; i++) {
        lift(&a, g_ptr_array_index(facts->types, i));
    }
    trust_arrays(&a);
    for (guint i = 0; i < facts->vmstates->len; i++) {
        assign_vmstate(&a, g_ptr_array_index(facts->vmstates, i));
    }
}
