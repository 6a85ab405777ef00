/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/answers.h"

static void type_free(void *data)
{
    struct answer_type *type = data;

    g_clear_pointer(&type->properties, g_array_unref);
    g_free(type);
}

static void machine_free(void *data)
{
    struct answer_machine *machine = data;

    g_clear_pointer(&machine->compat, g_ptr_array_unref);
    g_free(machine);
}

struct answers *answers_new(void)
{
    struct answers *answers = g_new0(struct answers, 1);

    answers->types = g_ptr_array_new_with_free_func(type_free);
    answers->machines = g_ptr_array_new_with_free_func(machine_free);
    return answers;
}

void answers_free(struct answers *answers)
{
    g_ptr_array_unref(answers->types);
    g_ptr_array_unref(answers->machines);
    g_free(answers);
}

struct answer_type *answers_add_type(struct answers *answers,
                                     const char *name)
{
    struct answer_type *type = g_new0(struct answer_type, 1);

    type->name = g_intern_string(name);
    g_ptr_array_add(answers->types, type);
    return type;
}

void answer_type_add_property(struct answer_type *type, const char *name,
                              const char *kind, struct value def)
{
    const struct answer_property property = {
        .name = g_intern_string(name),
        .kind = g_intern_string(kind),
        .def = def,
    };

    if (!type->properties) {
        type->properties = g_array_new(FALSE, FALSE, sizeof(property));
    }
    if (name) {
        g_array_append_val(type->properties, property);
    }
}

struct answer_machine *answers_add_machine(struct answers *answers,
                                           const char *name)
{
    struct answer_machine *machine = g_new0(struct answer_machine, 1);

    machine->name = g_intern_string(name);
    g_ptr_array_add(answers->machines, machine);
    return machine;
}

static int compare_types(const void *p, const void *q)
{
    const struct answer_type *a = *(const struct answer_type *const *)p;
    const struct answer_type *b = *(const struct answer_type *const *)q;

    return g_strcmp0(a->name, b->name);
}

static int compare_machines(const void *p, const void *q)
{
    const struct answer_machine *a = *(const struct answer_machine *const *)p;
    const struct answer_machine *b = *(const struct answer_machine *const *)q;

    return g_strcmp0(a->name, b->name);
}

void answers_sort(struct answers *answers)
{
    g_ptr_array_sort(answers->types, compare_types);
    g_ptr_array_sort(answers->machines, compare_machines);
}

/* The element of SORTED that PROBE names. */
static const void *find(const GPtrArray *sorted, const void *probe,
                        GCompareFunc compare)
{
    guint low = 0;
    guint high = sorted->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        int order = compare(&probe, &sorted->pdata[middle]);

        if (!order) {
            return sorted->pdata[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

const struct answer_type *answers_type(const struct answers *answers,
                                       const char *name)
{
    const struct answer_type probe = { .name = name };

    return name ? find(answers->types, &probe, compare_types) : NULL;
}

const struct answer_machine *answers_machine(const struct answers *answers,
                                             const char *name)
{
    const struct answer_machine probe = { .name = name };

    return name ? find(answers->machines, &probe, compare_machines) : NULL;
}
