/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/valuation.h"

#include <string.h>

#include "base/borrow.h"
#include "check/side.h"
#include "model/effective.h"

/* --- Properties ----------------------------------------------------------- */

bool valuation_number(const struct property *property,
                      const struct value *value, uint64_t *ret)
{
    const char *const *names = property->kind->names;

    switch (value->kind) {
    case VALUE_BOOL:
        *ret = value->boolean;
        return true;
    case VALUE_INT:
    case VALUE_UINT:
        *ret = value->uinteger;
        return true;
    case VALUE_ABSENT:           /* nothing is written: zero */
        *ret = 0;
        return property->kind->syntax == SYNTAX_BOOL ||
               property->kind->syntax == SYNTAX_INT;
    case VALUE_STRING:
        for (guint i = 0; names && names[i]; i++) {
            if (!strcmp(names[i], value->string)) {
                *ret = i;
                return true;
            }
        }
        return false;
    default:
        return false;
    }
}

static bool binds(const struct property *property, const char *record,
                  const char *field)
{
    return property->record && property->field &&
           !strcmp(property->record, record) &&
           !strcmp(property->field, field);
}

static bool was_released(const struct valuation *v, const char *name)
{
    return v->old_type &&
           facts_property(v->old_facts, v->old_type, name, NULL);
}

static bool is_same(const struct property *a, const struct property *b)
{
    return a && a->name == b->name && a->record == b->record;
}

static bool property_number(const struct valuation *v,
                            const struct property *property, uint64_t *ret)
{
    struct effective effective;
    bool released = was_released(v, property->name);

    if (is_same(v->option, property)) {
        *ret = 1;
        return true;
    }
    if (released && !v->current) {
        return effective_value(v->old_facts, v->old_machine, v->old_type,
                               property->name, &effective) &&
               !effective.bad_value &&
               valuation_number(effective.property, &effective.value, ret);
    }
    if (v->old_type && v->gates && !released) {
        g_hash_table_add(v->gates, borrow(property));
    }
    if (is_same(v->override, property)) {
        *ret = v->value.value;
        return true;
    }
    return effective_value(v->facts, v->machine, v->type, property->name,
                           &effective) &&
           !effective.bad_value &&
           valuation_number(property, &effective.value, ret);
}

/* Adds what PROPERTY says of its field. */
static void add_property(const struct valuation *v,
                         const struct property *property, struct bits *ret)
{
    uint64_t number;

    if (!property_number(v, property, &number)) {
        return;
    }
    if (property->bit < 0) {
        *ret = (struct bits) { number, UINT64_MAX };
    } else if (property->bit < 64) {
        ret->known |= UINT64_C(1) << property->bit;
        ret->value |= (uint64_t)(number != 0) << property->bit;
    }
}

static bool property_field(const struct valuation *v, const char *record,
                           const char *field, struct bits *ret)
{
    bool found = false;

    for (const struct qom_type *type = v->type; type;
         type = facts_parent(v->facts, type)) {
        for (guint i = 0; i < type->properties->len; i++) {
            const struct property *property =
                g_ptr_array_index(type->properties, i);

            if (binds(property, record, field)) {
                add_property(v, property, ret);
                found = true;
            }
        }
    }
    return found;
}

/* --- Classes -------------------------------------------------------------- */

static bool parse_number(const char *text, struct bits *ret)
{
    char *end = NULL;
    guint64 number = text ? g_ascii_strtoull(text, &end, 0) : 0;

    if (!g_strcmp0(text, "true") || !g_strcmp0(text, "false")) {
        *ret = (struct bits) { *text == 't', UINT64_MAX };
        return true;
    }
    *ret = (struct bits) { number, UINT64_MAX };
    return text && end != text && !*end;
}

static bool machine_class_field(const struct valuation *v,
                                const char *record, const char *path,
                                const char *name, struct bits *ret)
{
    for (guint i = 0; v->machine && i < v->machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(v->machine->fields, i);

        if (!strcmp(field->name, name)) {
            return field->evaluated && parse_number(field->value, ret);
        }
    }
    *ret = (struct bits) { 0, UINT64_MAX };      /* structs start as zeroes */
    return v->machine && facts_have_field(v->facts, record, path);
}

static bool class_field(const struct valuation *v, const char *record,
                        const char *field, struct bits *ret)
{
    g_autofree char *text = g_strdup_printf("%s.%s", record, field);
    const char *name = g_intern_string(text);

    if (g_str_has_suffix(record, "MachineClass")) {
        return machine_class_field(v, g_intern_string(record), field, name,
                                   ret);
    }
    for (const struct qom_type *type = v->type; type;
         type = facts_parent(v->facts, type)) {
        const struct class_slot *slot = qom_type_slot(type, name);

        if (slot) {
            *ret = (struct bits) { (uint64_t)slot->number, UINT64_MAX };
            return slot->known && !slot->function;
        }
    }
    return false;
}

bool valuation_field(void *opaque, const char *record, const char *field,
                     struct bits *ret)
{
    const struct valuation *v = opaque;
    bool found;

    *ret = (struct bits) { 0, 0 };
    found = g_str_has_suffix(record, "Class")
            ? class_field(v, record, field, ret)
            : property_field(v, record, field, ret);
    if (found && v->asked) {
        g_autofree char *name = g_strdup_printf("%s\n%s", record, field);

        g_hash_table_add(v->asked, borrow(g_intern_string(name)));
    }
    return found;
}
