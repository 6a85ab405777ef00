/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/side.h"

#include "base/borrow.h"

#include <string.h>

/* Longer chains than this are loops. */
#define MAX_DEPTH 64

static void index_entries(struct side *side)
{
    const GPtrArray *arrays = side->facts->arrays;

    for (guint i = 0; i < arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(arrays, i);

        g_hash_table_insert(side->array_no, borrow(array),
                            GUINT_TO_POINTER(i + 1));
        for (guint j = 0; j < array->entries->len; j++) {
            const struct compat_entry *entry =
                g_ptr_array_index(array->entries, j);
            GArray *refs;

            if (!entry->driver || !entry->property || !entry->value) {
                continue;
            }
            if (array->has_version) {
                g_hash_table_add(side->drivers, borrow(entry->driver));
            }
            refs = g_hash_table_lookup(side->entries, entry->property);
            if (!refs) {
                refs = g_array_new(FALSE, FALSE, sizeof(struct entry_ref));
                g_hash_table_insert(side->entries, borrow(entry->property),
                                    refs);
            }
            struct entry_ref ref = { entry, array, i, j };
            g_array_append_val(refs, ref);
        }
    }
}

static void index_machines(struct side *side)
{
    const GPtrArray *machines = side->facts->machines;
    gsize n_arrays = side->facts->arrays->len;

    side->position = g_new(int, machines->len * n_arrays + 1);
    memset(side->position, -1,
           (machines->len * n_arrays + 1) * sizeof(side->position[0]));
    for (guint i = 0; i < machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(machines, i);

        for (guint j = 0; j < machine->compat->len; j++) {
            gpointer array = g_ptr_array_index(machine->compat, j);
            guint no = GPOINTER_TO_UINT(
                g_hash_table_lookup(side->array_no, array));

            if (no) {
                side->position[i * n_arrays + no - 1] = (int)j;
            }
        }
    }
}

static char *binding_key(const struct property *property)
{
    return g_strdup_printf("%s.%s:%d", property->record, property->field,
                           property->bit);
}

static void index_properties(struct side *side)
{
    for (guint i = 0; i < side->facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(side->facts, i);

        for (guint j = 0; j < type->properties->len; j++) {
            struct property *property =
                g_ptr_array_index(type->properties, j);

            if (property->record && property->field) {
                g_hash_table_insert(side->bound, binding_key(property),
                                    property);
            }
        }
    }
}

static void add_member(struct side *side, const char *name,
                       const struct qom_type *type)
{
    GPtrArray *list = g_hash_table_lookup(side->members, name);

    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(side->members, borrow(name), list);
    }
    if (!list->len || g_ptr_array_index(list, list->len - 1) != type) {
        g_ptr_array_add(list, borrow(type));
    }
}

/* TYPE counts as its ancestors, their interfaces and those' ancestors. */
static void add_memberships(struct side *side, const struct qom_type *type)
{
    const struct qom_type *at = type;

    for (int depth = 0; at && depth < MAX_DEPTH; depth++) {
        add_member(side, at->name, type);
        for (guint i = 0; i < at->interfaces->len; i++) {
            const char *name = g_ptr_array_index(at->interfaces, i);
            const struct qom_type *interface = NULL;

            for (int up = 0; name && up < MAX_DEPTH; up++) {
                add_member(side, name, type);
                interface = facts_type(side->facts, name, 0);
                name = interface ? interface->parent : NULL;
            }
        }
        at = facts_parent(side->facts, at);
    }
}

static void index_members(struct side *side)
{
    for (guint i = 0; i < side->facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(side->facts, i);

        if (!type->abstract && side_takes_compat(side, type)) {
            add_memberships(side, type);
        }
    }
}

struct side *side_new(const struct facts *facts)
{
    struct side *side = g_new0(struct side, 1);

    side->facts = facts;
    side->entries = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    side->drivers = g_hash_table_new(NULL, NULL);
    side->array_no = g_hash_table_new(NULL, NULL);
    side->gap_files = g_hash_table_new(NULL, NULL);
    side->bound = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    side->reached = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
    side->members = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    index_entries(side);
    index_machines(side);
    index_properties(side);
    index_members(side);
    for (guint i = 0; i < facts->gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(facts->gaps, i);

        if (gap->file) {
            g_hash_table_add(side->gap_files, borrow(gap->file));
        }
    }
    return side;
}

void side_free(struct side *side)
{
    if (!side) {
        return;
    }
    g_hash_table_unref(side->entries);
    g_hash_table_unref(side->drivers);
    g_hash_table_unref(side->array_no);
    g_hash_table_unref(side->gap_files);
    g_hash_table_unref(side->bound);
    g_hash_table_unref(side->reached);
    g_hash_table_unref(side->members);
    g_free(side->position);
    g_free(side);
}

const GArray *side_entries(const struct side *side, const char *name)
{
    return g_hash_table_lookup(side->entries, name);
}

int side_position(const struct side *side, guint machine_no, guint array_no)
{
    return side->position[machine_no * side->facts->arrays->len + array_no];
}

bool side_applies(const struct side *side, guint machine_no,
                  const struct compat_array *array)
{
    guint no = GPOINTER_TO_UINT(g_hash_table_lookup(side->array_no, array));

    return no && side_position(side, machine_no, no - 1) >= 0;
}

bool side_has_gap(const struct side *side, const char *file)
{
    return file && g_hash_table_contains(side->gap_files, file);
}

bool side_may_hide(const struct side *side, const struct qom_type *type)
{
    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        if (side_has_gap(side, type->loc.file)) {
            return true;
        }
        type = facts_parent(side->facts, type);
    }
    return false;
}

const struct property *side_bound(const struct side *side,
                                  const struct property *property)
{
    g_autofree char *key = NULL;

    if (!property->record || !property->field) {
        return NULL;
    }
    key = binding_key(property);
    return g_hash_table_lookup(side->bound, key);
}

/* The record that a field's type names: "struct Foo[4]" and "Foo *" are
 * Foo. */
static char *record_of(const char *type)
{
    char *name = g_strdup(
        g_str_has_prefix(type, "struct ") ? type + strlen("struct ") : type);

    name[strcspn(name, " *[")] = '\0';
    return name;
}

static bool descend(const struct facts *facts, const char *type,
                    const char *path)
{
    g_autofree char *name = record_of(type);

    return facts_have_field(facts, g_intern_string(name), path);
}

bool facts_have_field(const struct facts *facts, const char *record,
                      const char *path)
{
    const struct record *found = facts_record(facts, record);
    gsize length = strcspn(path, ".[");

    for (guint i = 0; found && i < found->fields->len; i++) {
        const struct record_field *field =
            g_ptr_array_index(found->fields, i);
        const char *rest = path + length;

        if (!field->name || strncmp(field->name, path, length) != 0 ||
            field->name[length]) {
            continue;
        }
        if (*rest == '[') {
            rest += strcspn(rest, ".");
        }
        return !*rest || descend(facts, field->type, rest + 1);
    }
    return false;
}

void facts_innermost_field(const struct facts *facts, const char **record,
                           const char **path)
{
    const char *dot = strchr(*path, '.');
    const struct record *found = facts_record(facts, *record);

    for (guint i = 0; dot && found && i < found->fields->len; i++) {
        const struct record_field *field =
            g_ptr_array_index(found->fields, i);
        gsize length = (gsize)(dot - *path);

        if (field->name && strlen(field->name) == length &&
            !memcmp(field->name, *path, length)) {
            g_autofree char *name = record_of(field->type);

            if (facts_record(facts, g_intern_string(name))) {
                *record = g_intern_string(name);
                *path = dot + 1;
                facts_innermost_field(facts, record, path);
            }
            return;
        }
    }
}

bool side_has_field(const struct side *side, const char *record,
                    const char *path)
{
    return facts_have_field(side->facts, record, path);
}

static void add_names(struct side *side, const struct qom_type *type,
                      GHashTable *names, int depth)
{
    for (; type && depth < MAX_DEPTH; depth++) {
        for (guint i = 0; i < type->properties->len; i++) {
            const struct property *property =
                g_ptr_array_index(type->properties, i);

            g_hash_table_add(names, borrow(property->name));
        }
        for (guint i = 0; i < type->aliases->len; i++) {
            const struct alias *alias = g_ptr_array_index(type->aliases, i);

            if (alias->name) {
                g_hash_table_add(names, borrow(alias->name));
            } else if (alias->target) {
                add_names(side,
                          facts_type(side->facts, alias->target,
                                     type->targets),
                          names, depth + MAX_DEPTH / 4);
            }
        }
        type = facts_parent(side->facts, type);
    }
}

GHashTable *side_names(struct side *side, const struct qom_type *type)
{
    GHashTable *names = g_hash_table_lookup(side->reached, type);

    if (!names) {
        names = g_hash_table_new(NULL, NULL);
        add_names(side, type, names, 0);
        g_hash_table_insert(side->reached, borrow(type), names);
    }
    return names;
}

const GPtrArray *side_members(const struct side *side, const char *driver)
{
    return g_hash_table_lookup(side->members, driver);
}

GPtrArray *side_appliers(const struct side *side,
                         const struct compat_array *array)
{
    const GPtrArray *machines = side->facts->machines;
    GPtrArray *out = g_ptr_array_new();

    for (guint i = 0; i < machines->len; i++) {
        if (side_applies(side, i, array)) {
            g_ptr_array_add(out, g_ptr_array_index(machines, i));
        }
    }
    return out;
}

bool side_takes_compat(const struct side *side, const struct qom_type *type)
{
    static const char *const roots[] = { "device", "memory-backend", "accel" };

    for (int depth = 0; depth < MAX_DEPTH; depth++) {
        for (gsize i = 0; i < G_N_ELEMENTS(roots); i++) {
            if (strcmp(type->name, roots[i]) == 0) {
                return true;
            }
        }
        if (!type->parent) {
            return false;
        }
        /* An ancestor nobody found: better to look than to miss. */
        const struct qom_type *parent = facts_parent(side->facts, type);
        if (!parent) {
            return strcmp(type->parent, "object") != 0;
        }
        type = parent;
    }
    return false;
}
