/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bodies-scope.h"

#include "base/borrow.h"
#include "base/sorted.h"
#include "check/compare.h"

#include <string.h>

static bool is_bound(const struct facts *facts, const struct property *like)
{
    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);

        for (guint p = 0; p < type->properties->len; p++) {
            const struct property *other =
                g_ptr_array_index(type->properties, p);

            if (other->name == like->name && other->record == like->record) {
                return true;
            }
        }
    }
    return false;
}

static void add_field(GHashTable *fields, const struct property *p)
{
    const char *dot = strrchr(p->field, '.');
    const char *name = dot ? dot + 1 : p->field;
    g_autofree char *plain = g_strndup(name, strcspn(name, "["));

    g_hash_table_add(fields, borrow(g_intern_string(plain)));
}

static bool is_active(const struct property *property)
{
    return property->def.kind != VALUE_ABSENT &&
           !value_is_zero(property->kind, &property->def);
}

static bool is_number(const struct property *property)
{
    return property->def.kind == VALUE_INT || property->def.kind == VALUE_UINT;
}

/* Where an active property is new, what reads its field tells what it
 * replaces; where a default went to zero, what code makes of that. */
static bool is_telling(const struct facts *released,
                       const struct qom_type *old,
                       const struct property *property)
{
    const struct property *before =
        facts_own_property(released, old, property->name, NULL);

    return before
        ? is_number(property) && is_active(before) && !is_active(property)
        : is_active(property) && !is_bound(released, property);
}

static GHashTable *telling_fields(const struct bodies_sides *sides)
{
    GHashTable *fields = g_hash_table_new(g_str_hash, g_str_equal);
    const struct facts *head = sides->head_facts;

    for (guint i = 0; i < head->types->len; i++) {
        const struct qom_type *type = facts_type_at(head, i);
        const struct qom_type *old = facts_type(sides->released_facts,
                                                type->name, type->targets);

        for (guint p = 0; old && p < type->properties->len; p++) {
            const struct property *property =
                g_ptr_array_index(type->properties, p);

            if (property->record && property->field &&
                is_telling(sides->released_facts, old, property)) {
                add_field(fields, property);
            }
        }
    }
    for (guint i = 0; sides->properties && i < sides->properties->len; i++) {
        const struct property *property =
            g_ptr_array_index(sides->properties, i);

        if (property->field) {
            add_field(fields, property);
        }
    }
    return fields;
}

/* Files whose types no versioned machine type can have. */
static GHashTable *unreachable_files(const struct facts *facts)
{
    g_autoptr(GHashTable) reachable = g_hash_table_new(NULL, NULL);
    GHashTable *files = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    gpointer file;

    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);

        if (type->loc.file && !type->abstract) {
            g_hash_table_add(type->boards ? reachable : files,
                             borrow(type->loc.file));
        }
    }
    g_hash_table_iter_init(&iter, reachable);
    while (g_hash_table_iter_next(&iter, &file, NULL)) {
        g_hash_table_remove(files, file);
    }
    return files;
}

struct bodies_scope *bodies_scope_new(const struct bodies_sides *sides)
{
    struct bodies_scope *scope = g_new0(struct bodies_scope, 1);

    scope->fields = telling_fields(sides);
    scope->skip = unreachable_files(sides->head_facts);
    return scope;
}

void bodies_scope_free(struct bodies_scope *scope)
{
    if (scope) {
        g_hash_table_unref(scope->fields);
        g_hash_table_unref(scope->skip);
        g_free(scope);
    }
}

/* --- Text: a line for each, with a letter that says what it is --------------- */

static void add_lines(GHashTable *set, char letter, GString *out)
{
    g_autoptr(GPtrArray) names = sorted_keys(set);

    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(out, "%c%s\n", letter,
                               (const char *)names->pdata[i]);
    }
}

char *bodies_scope_text(const struct bodies_scope *scope)
{
    GString *text = g_string_new(NULL);

    add_lines(scope->fields, 'f', text);
    add_lines(scope->skip, 's', text);
    return g_string_free(text, FALSE);
}

struct bodies_scope *bodies_scope_from_text(const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text ? text : "", text ? length : 0);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
    struct bodies_scope *scope = g_new0(struct bodies_scope, 1);

    scope->fields = g_hash_table_new(g_str_hash, g_str_equal);
    scope->skip = g_hash_table_new(NULL, NULL);
    for (guint i = 0; lines[i]; i++) {
        if (*lines[i]) {
            g_hash_table_add(*lines[i] == 'f' ? scope->fields : scope->skip,
                             borrow(g_intern_string(lines[i] + 1)));
        }
    }
    return scope;
}
