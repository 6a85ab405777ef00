/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/siblings.h"

#include "model/effective.h"
#include "report/sanitize.h"

/* A declaration that more types share is everybody's; then only variants of
 * one device count. */
#define MOST_SHARERS 12

static bool is_variant(const struct qom_type *a, const struct qom_type *b)
{
    return a->parent == b->parent && a->loc.file == b->loc.file;
}

static void add_sharers(GPtrArray *found, const struct show *show,
                        const char *name, bool variants_only)
{
    const struct facts *facts = show->facts;
    const struct property *mine =
        facts_property(facts, show->type, name, NULL);

    for (guint i = 0; i < facts->types->len; i++) {
        struct qom_type *type = facts->types->pdata[i];
        if (type != show->type && !type->abstract &&
            (!variants_only || is_variant(type, show->type)) &&
            facts_property(facts, type, name, NULL) == mine) {
            g_ptr_array_add(found, type);
        }
    }
}

static GPtrArray *find_siblings(const struct show *show, const char *name)
{
    GPtrArray *found = g_ptr_array_new();

    add_sharers(found, show, name, false);
    if (found->len > MOST_SHARERS) {
        g_ptr_array_set_size(found, 0);
        add_sharers(found, show, name, true);
    }
    if (found->len > MOST_SHARERS) {
        g_ptr_array_set_size(found, 0);
    }
    return found;
}

static bool gets_the_same(const struct show *show,
                          const struct qom_type *sibling, const char *name)
{
    const GPtrArray *machines = show->facts->machines;

    for (guint i = 0; i < machines->len; i++) {
        const struct machine *machine = machines->pdata[i];
        struct effective mine, theirs;
        if (machine->versioned &&
            facts_machine_has(show->facts, machine, show->type) &&
            facts_machine_has(show->facts, machine, sibling) &&
            effective_value(show->facts, machine, show->type, name, &mine) &&
            effective_value(show->facts, machine, sibling, name, &theirs) &&
            mine.entry != theirs.entry &&
            !value_equal(mine.property->kind, &mine.value, &theirs.value)) {
            return false;
        }
    }
    return true;
}

static void append_names(GString *out, const char *words,
                         const GPtrArray *types)
{
    for (guint i = 0; i < types->len; i++) {
        const struct qom_type *type = types->pdata[i];
        g_string_append(out, i ? ", " : words);
        sanitize_append(out, type->name, SANITIZE_WORD);
    }
    g_string_append(out, types->len ? "\n" : "");
}

void siblings_append(GString *out, const struct show *show, const char *name)
{
    g_autoptr(GPtrArray) siblings = find_siblings(show, name);
    g_autoptr(GPtrArray) same = g_ptr_array_new();
    g_autoptr(GPtrArray) other = g_ptr_array_new();

    for (guint i = 0; i < siblings->len; i++) {
        g_ptr_array_add(gets_the_same(show, siblings->pdata[i], name)
                        ? same : other, siblings->pdata[i]);
    }
    append_names(out, "  the same for ", same);
    append_names(out, "  not the same for ", other);
}
