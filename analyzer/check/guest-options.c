/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/guest-options.h"

#include "base/borrow.h"
#include "check/bodies.h"
#include "check/compare.h"
#include "model/effective.h"

void guest_find_hidden(struct guest_device *d, const struct effects *new)
{
    const struct check_bodies *bodies = d->engine->input->bodies;
    const struct guest_code *v = &d->versions[NEW];
    GHashTableIter iter;
    gpointer name;

    g_ptr_array_set_size(d->hidden, 0);
    if (!bodies) {
        return;
    }
    g_hash_table_iter_init(&iter, bodies->callers);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        const struct code_function *function = code_find(v->code, name, NULL);

        if (function && !g_hash_table_contains(new->visited, function) &&
            code_shows(v->code, function) &&
            code_calls(v->code, v->entries, function)) {
            g_ptr_array_add(d->hidden, borrow(function));
        }
    }
}

/* Whether the option makes the device do something that differs. */
static bool makes_a_difference(const struct guest_device *d,
                           const struct property *option)
{
    const struct valuation more = { .option = option };
    g_autoptr(Effects) new = guest_walk(&d->versions[NEW],
                                        &d->versions[OLD], &more);

    for (guint i = 0; i < d->hidden->len; i++) {
        if (g_hash_table_contains(new->visited,
                                  g_ptr_array_index(d->hidden, i))) {
            return true;
        }
    }
    return false;
}

/* A released flag that is off and that its user is free to turn on: names
 * with x- are nobody's to use. */
static bool is_option(const struct guest_device *d,
                      const struct property *property)
{
    const struct guest_code *old = &d->versions[OLD];
    struct effective effective;

    return property->kind->syntax == SYNTAX_BOOL && property->record &&
           property->field && !g_str_has_prefix(property->name, "x-") &&
           effective_value(old->side->facts, old->machine, old->type,
                           property->name, &effective) &&
           value_is_zero(property->kind, &effective.value);
}

static bool was_asked(const struct guest_device *d,
                      const struct property *property)
{
    g_autofree char *key = g_strdup_printf("%s\n%s", property->record,
                                           property->field);

    return g_hash_table_contains(d->asked, g_intern_string(key));
}

bool guest_option_matters(const struct guest_device *d,
                          const struct property *property)
{
    return is_option(d, property) && was_asked(d, property) &&
           makes_a_difference(d, property);
}
