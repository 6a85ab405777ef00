/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/guest-walk.h"

#include <string.h>

#include "base/borrow.h"

struct guest_code guest_code_of(const struct code *code,
                                const struct side *side,
                                const struct qom_type *type)
{
    return (struct guest_code) {
        .code = code, .side = side, .type = type,
        .entries = g_ptr_array_new(),
        .get_features = g_hash_table_new(NULL, NULL),
    };
}

void guest_code_clear(struct guest_code *v)
{
    g_clear_pointer(&v->entries, g_ptr_array_unref);
    g_clear_pointer(&v->get_features, g_hash_table_unref);
}

/* --- Code of a device ------------------------------------------------------- */

/* What subclasses call after their own, as parent_realize or parent_reset:
 * the functions of all ancestors count. */
static bool is_chained(const char *slot)
{
    return g_str_has_prefix(slot, "DeviceClass.") ||
           g_str_has_prefix(slot, "ResettableClass.") ||
           g_str_has_prefix(slot, "instance_");
}

/* struct class_slot * of TYPE and its ancestors, base first. */
static GPtrArray *find_hooks(const struct facts *facts,
                             const struct qom_type *type)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    GPtrArray *hooks = g_ptr_array_new();

    for (; type; type = facts_parent(facts, type)) {
        for (guint i = type->slots->len; i-- > 0;) {
            struct class_slot *slot = g_ptr_array_index(type->slots, i);

            if (slot->function && (is_chained(slot->name) ||
                                   g_hash_table_add(taken,
                                                    borrow(slot->name)))) {
                g_ptr_array_insert(hooks, 0, slot);
            }
        }
    }
    return hooks;
}

static const struct code_function *add_entry(struct guest_code *v,
                                             const char *name,
                                             const char *file)
{
    const struct code_function *function = code_find(v->code, name, file);

    if (function && !g_ptr_array_find(v->entries, function, NULL)) {
        g_ptr_array_add(v->entries, borrow(function));
    }
    return function;
}

/* Code of FILE that makes a machine and that nobody calls: what a function
 * calls that a macro wrote, and that was not parsed for it. */
static void add_machine_makers(struct guest_code *v, const char *file)
{
    const GPtrArray *functions = v->code ? code_functions(v->code) : NULL;

    for (guint i = 0; functions && i < functions->len; i++) {
        const struct code_function *function =
            g_ptr_array_index(functions, i);
        const char *const *params = function->symbol->params;

        if (!g_strcmp0(function->file, file) && params && params[0] &&
            !strcmp(params[0], "machine") && code_sets(v->code, function) &&
            !code_is_called(v->code, function)) {
            add_entry(v, function->symbol->name, file);
        }
    }
}

static void add_hook(struct guest_code *v, const struct class_slot *slot)
{
    const struct code_function *function = add_entry(v, slot->function,
                                                     slot->file);

    if (function && !strcmp(slot->name, "VirtioDeviceClass.get_features")) {
        g_hash_table_add(v->get_features, borrow(function));
    }
    if (!function && !strcmp(slot->name, "MachineClass.init")) {
        add_machine_makers(v, slot->file);
    }
}

/* Instance code runs first. */
static void add_hooks(struct guest_code *v)
{
    g_autoptr(GPtrArray) hooks = find_hooks(v->side->facts, v->type);

    for (int later = 0; later < 2; later++) {
        for (guint i = 0; i < hooks->len; i++) {
            const struct class_slot *slot = g_ptr_array_index(hooks, i);

            if (later != !strcmp(slot->name, "instance_init")) {
                add_hook(v, slot);
            }
        }
    }
}

/* Whether a function of the device that was not parsed ends up in one of
 * CALLERS. */
static bool calls_indirectly(const struct guest_code *v, GHashTable *callers)
{
    g_autoptr(GPtrArray) hooks = find_hooks(v->side->facts, v->type);

    for (guint i = 0; i < hooks->len; i++) {
        const struct class_slot *slot = g_ptr_array_index(hooks, i);
        const char *files[] = { slot->file, v->type->loc.file };

        if (g_hash_table_contains(callers, slot->function)) {
            return true;
        }
        for (gsize f = 0; f < G_N_ELEMENTS(files); f++) {
            g_autofree char *full = g_strdup_printf(
                "%s:%s", files[f] ? files[f] : "", slot->function);

            if (g_hash_table_contains(callers, g_intern_string(full))) {
                return true;
            }
        }
    }
    return false;
}

void guest_add_code(struct guest_code *v, const struct check_bodies *bodies,
                    const struct guest_code *head)
{
    GHashTableIter iter;
    gpointer name, callers;

    add_hooks(v);
    g_hash_table_iter_init(&iter, bodies->callers);
    while (g_hash_table_iter_next(&iter, &name, &callers)) {
        if (calls_indirectly(head, callers)) {
            add_entry(v, name, NULL);
        }
    }
}

/* Whose code writes config space and offers features of its own, not those
 * of something that it makes. */
static bool has_state(const struct guest_code *v)
{
    static const char *const bases[] = { "pci-device", "virtio-device" };

    for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
        if (facts_type_is_a(v->side->facts, v->type,
                            g_intern_static_string(bases[i]))) {
            return true;
        }
    }
    return false;
}

bool guest_shows(const struct guest_code *v)
{
    if (!v->code || !has_state(v)) {
        return false;
    }
    for (guint i = 0; i < v->entries->len; i++) {
        if (code_shows(v->code, g_ptr_array_index(v->entries, i))) {
            return true;
        }
    }
    return false;
}

bool guest_sets(const struct guest_code *v)
{
    for (guint i = 0; v->code && i < v->entries->len; i++) {
        if (code_sets(v->code, g_ptr_array_index(v->entries, i))) {
            return true;
        }
    }
    return false;
}

/* --- Walks ------------------------------------------------------------------- */

static const struct class_slot *find_slot(const struct guest_code *v,
                                          const char *name)
{
    const struct class_slot *slot = NULL;

    for (const struct qom_type *type = v->type; type && !slot;
         type = facts_parent(v->side->facts, type)) {
        slot = qom_type_slot(type, name);
    }
    return slot;
}

/* What do_pci_register_device() copies from the class. */
unsigned guest_seeds(const struct guest_code *v,
                     struct effects_seed *seeds)
{
    static const struct {
        const char *slot, *name;
        unsigned offset, size;
    } known[] = {
        { "PCIDeviceClass.vendor_id", "vendor_id", 0x00, 2 },
        { "PCIDeviceClass.device_id", "device_id", 0x02, 2 },
        { "PCIDeviceClass.revision", "revision", 0x08, 1 },
        { "PCIDeviceClass.class_id", "class", 0x0a, 2 },
        { "PCIDeviceClass.subsystem_vendor_id", "subsystem_vendor_id", 0x2c,
          2 },
        { "PCIDeviceClass.subsystem_id", "subsystem_id", 0x2e, 2 },
    };
    unsigned n = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        const struct class_slot *slot =
            find_slot(v, g_intern_static_string(known[i].slot));

        if (slot) {
            seeds[n++] = (struct effects_seed) {
                known[i].offset, known[i].size, (uint64_t)slot->number,
                slot->known, known[i].name,
            };
        }
    }
    return n;
}

/* OLD NULL: V is the released one.  OVERRIDE may be NULL. */
struct effects *guest_walk(const struct guest_code *v,
                            const struct guest_code *old,
                            const struct valuation *more)
{
    struct valuation valuation = {
        .facts = v->side->facts, .machine = v->machine, .type = v->type,
        .asked = more->asked, .gates = more->gates,
        .option = more->option,
        .override = more->override, .value = more->value,
        .current = more->current,
    };
    struct effects_seed seeds[MAX_SEEDS];
    struct effects_query query = {
        .field = valuation_field, .opaque = &valuation, .seeds = seeds,
        .n_seeds = guest_seeds(v, seeds), .class_loc = v->type->loc,
        .get_features = v->get_features,
    };

    if (old) {
        valuation.old_facts = old->side->facts;
        valuation.old_machine = old->machine;
        valuation.old_type = old->type;
    }
    return effects_walk(v->code, v->entries, &query);
}
