/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "check-world.h"

static const char *str(const char *text)
{
    return text ? g_intern_string(text) : NULL;
}

static struct location at(const char *file, int line)
{
    return (struct location){ str(file), line, 5 };
}

struct qom_type *world_type(struct facts *facts, const char *name)
{
    for (guint i = 0; i < facts->types->len; i++) {
        struct qom_type *type = g_ptr_array_index(facts->types, i);

        if (strcmp(type->name, name) == 0) {
            return type;
        }
    }
    fail_msg("no type '%s'", name);
    return NULL;
}

struct property *world_property(struct facts *facts, const char *type,
                                const char *name)
{
    GPtrArray *list = world_type(facts, type)->properties;

    for (guint i = 0; i < list->len; i++) {
        struct property *property = g_ptr_array_index(list, i);

        if (strcmp(property->name, name) == 0) {
            return property;
        }
    }
    fail_msg("no property '%s'", name);
    return NULL;
}

struct compat_array *world_array(struct facts *facts, const char *id)
{
    for (guint i = 0; i < facts->arrays->len; i++) {
        struct compat_array *array = g_ptr_array_index(facts->arrays, i);

        if (strcmp(array->id, id) == 0) {
            return array;
        }
    }
    fail_msg("no array '%s'", id);
    return NULL;
}

struct machine *world_machine(struct facts *facts, const char *name)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        struct machine *machine = g_ptr_array_index(facts->machines, i);

        if (strcmp(machine->name, name) == 0) {
            return machine;
        }
    }
    fail_msg("no machine '%s'", name);
    return NULL;
}

struct qom_type *world_add_type(struct facts *facts, const char *name,
                                const char *parent)
{
    struct qom_type *type = facts_add_type(facts, str(name));

    type->parent = str(parent);
    type->user_creatable = true;
    type->loc = at("hw/demo.c", (int)facts->types->len);
    return type;
}

static struct property *add_property(struct facts *facts, const char *type,
                                     const char *name,
                                     const struct property_kind *kind,
                                     struct value def)
{
    struct qom_type *owner = world_type(facts, type);
    struct property *property = qom_type_add_property(owner, str(name));

    property->kind = kind;
    property->def = def;
    property->bit = -1;
    property->loc = at("hw/demo.c", 100 + (int)owner->properties->len);
    return property;
}

struct property *world_add_bool(struct facts *facts, const char *type,
                                const char *name, bool def)
{
    return add_property(facts, type, name,
                        facts_add_kind(facts, str("bool"), NULL, SYNTAX_BOOL,
                                       0, NULL), value_bool(def));
}

struct property *world_add_uint(struct facts *facts, const char *type,
                                const char *name, uint64_t def)
{
    return add_property(facts, type, name,
                        facts_add_kind(facts, str("uint32"), NULL,
                                       SYNTAX_UINT, 32, NULL),
                        value_uint(def));
}

void world_bind(struct property *property, const char *record,
                const char *field, int bit)
{
    property->record = str(record);
    property->field = str(field);
    property->bit = bit;
}

struct compat_entry *world_add_entry(struct facts *facts, const char *array,
                                     const char *driver, const char *property,
                                     const char *value)
{
    struct compat_array *into = world_array(facts, array);
    struct compat_entry *entry = compat_array_add_entry(into);

    entry->driver = str(driver);
    entry->property = str(property);
    entry->value = str(value);
    entry->loc = at("hw/core/machine.c",
                    into->loc.line + (int)into->entries->len);
    return entry;
}

void world_remove_property(struct facts *facts, const char *type,
                           const char *name)
{
    g_ptr_array_remove(world_type(facts, type)->properties,
                       world_property(facts, type, name));
}

void world_unapply(struct facts *facts, const char *machine,
                   const char *array)
{
    g_ptr_array_remove(world_machine(facts, machine)->compat,
                       world_array(facts, array));
}

static void add_types(struct facts *facts)
{
    world_add_type(facts, "device", NULL)->abstract = true;
    world_add_type(facts, "pci-device", "device")->abstract = true;
    world_add_type(facts, "demo-base", "pci-device")->abstract = true;
    world_type(facts, "demo-base")->instance_struct = str("DemoState");
    world_add_type(facts, "demo", "demo-base");
    world_add_type(facts, "demo-fast", "demo-base");
    world_add_type(facts, "lone", "pci-device")->instance_struct =
        str("LoneState");
    world_add_type(facts, "virtio-device", "device")->abstract = true;
    world_add_type(facts, "vdemo-device", "virtio-device");
    world_add_type(facts, "vdemo-pci-base", "pci-device")->abstract = true;
    world_add_type(facts, "vdemo-pci", "vdemo-pci-base");
    world_add_type(facts, "vdemo-pci-transitional", "vdemo-pci-base");
    qom_type_add_alias(world_type(facts, "vdemo-pci-base"))->target =
        str("vdemo-device");
    world_add_type(facts, "sysbus-demo", "device")->targets =
        target_bit("x86_64");
}

static void add_properties(struct facts *facts)
{
    static const char *const modes[] = { "auto", "on", "off", NULL };

    world_add_bool(facts, "pci-device", "multifunction", false);
    world_add_uint(facts, "demo-base", "queues", 4);
    add_property(facts, "demo-base", "size",
                 facts_add_kind(facts, str("size"), NULL, SYNTAX_SIZE, 64,
                                NULL), value_uint(65536));
    add_property(facts, "demo-base", "mode",
                 facts_add_kind(facts, str("OnOffAuto"), NULL, SYNTAX_ENUM, 0,
                                modes), value_string("auto"));
    world_bind(world_add_uint(facts, "demo-base", "vectors", 3),
               "DemoProxy", "nvectors", -1);
    world_add_uint(facts, "lone", "rate", 10);
    world_add_uint(facts, "vdemo-device", "depth", 128);
    world_add_bool(facts, "sysbus-demo", "signal", true);
}

static void add_arrays(struct facts *facts, bool open)
{
    static const char *const ids[] = { "hw_compat_7_1", "hw_compat_7_2",
                                       "hw_compat_8_0" };

    for (gsize i = 0; i < 2u + open; i++) {
        struct compat_array *array = facts_add_array(facts, str(ids[i]));

        array->name = str(ids[i]);
        array->loc = at("hw/core/machine.c", 100 * (4 - (int)i));
    }
}

static void add_machine(struct facts *facts, const char *family,
                        const char *target, guint release, bool open)
{
    static const char *const versions[] = { "7.1", "7.2", "8.0", "8.1" };
    g_autofree char *name = g_strdup_printf("%s-%s", family,
                                            versions[release]);
    g_autofree char *type = g_strdup_printf("%s-machine", name);
    struct machine *machine = facts_add_machine(facts, str(name));

    machine->type = str(type);
    machine->targets = target_bit(target);
    machine->loc = at("hw/machine.c", 10 * (int)facts->machines->len);
    for (guint i = 2 + open; i-- > release;) {
        g_ptr_array_add(machine->compat,
                        g_ptr_array_index(facts->arrays, i));
    }
}

struct facts *world_new(bool open, edit_fn *edit)
{
    struct facts *facts = facts_new();

    facts->revision.rev = str(open ? "head" : "v8.0.0");
    facts->revision.version = str(open ? "8.0.50" : "8.0.0");
    add_types(facts);
    add_properties(facts);
    add_arrays(facts, open);
    for (guint i = 0; i < 3u + open; i++) {
        add_machine(facts, "pc-q35", "x86_64", i, open);
        add_machine(facts, "virt", "aarch64", i, open);
    }
    if (edit) {
        edit(facts);
    }
    facts_seal(facts);
    return facts;
}

void verdict_init(struct verdict *verdict, struct facts *released,
                  struct facts *base, struct facts *head)
{
    *verdict = (struct verdict){
        .input = {
            .released = released, .base = base, .head = head,
            .released_version = { 8, 0, -1 },
            .rules = rules_all(),
        },
        .released = released, .base = base, .head = head,
    };
}

void verdict_run(struct verdict *verdict)
{
    verdict->result = check_run(&verdict->input);
}

void verdict_clear(struct verdict *verdict)
{
    check_result_free(verdict->result);
    facts_free(verdict->released);
    facts_free(verdict->base);
    facts_free(verdict->head);
}

char *verdict_text(const struct verdict *verdict)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < verdict->result->findings->len; i++) {
        const struct finding *finding =
            g_ptr_array_index(verdict->result->findings, i);

        g_string_append_printf(out, "%s%s:%s:%s", i ? "; " : "",
                               finding->rule, finding->subject,
                               severity_name(finding->severity));
    }
    return g_string_free(out, FALSE);
}

void assert_verdict(edit_fn *edit, const char *expected)
{
    g_auto(Verdict) verdict;
    g_autofree char *text = NULL;

    verdict_init(&verdict, world_new(false, NULL), NULL,
                 world_new(true, edit));
    verdict.input.base = verdict.released;
    verdict_run(&verdict);
    text = verdict_text(&verdict);
    assert_string_equal(text, expected);
}
