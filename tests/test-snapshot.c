/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "model/effective.h"
#include "model/cpus.h"
#include "snapshot/snapshot.h"

static const char *str(const char *text)
{
    return g_intern_string(text);
}

static struct property *add_property(struct facts *facts,
                                     struct qom_type *type, const char *name,
                                     const char *kind,
                                     enum value_syntax syntax,
                                     struct value def)
{
    static const char *const names[] = { "auto", "on", "off", NULL };
    struct property *property = qom_type_add_property(type, str(name));

    property->kind = facts_add_kind(facts, str(kind), NULL, syntax, 64,
                                    syntax == SYNTAX_ENUM ? names : NULL);
    property->def = def;
    property->loc = (struct location) { str("hw/demo.c"), 12, 5 };
    return property;
}

static void add_properties(struct facts *facts, struct qom_type *type)
{
    struct property *property = add_property(
        facts, type, "big", "size", SYNTAX_SIZE, value_uint(UINT64_MAX));

    property->record = str("Demo");
    property->field = str("conf.big");
    property->spelling = str("-1 /* \"all\" \\ \t\xc3\xa9 */");
    property = add_property(facts, type, "bit", "bool", SYNTAX_BOOL,
                            value_bool(true));
    property->record = str("struct (unnamed at demo.c:1)");
    property->field = str("flags");
    property->bit = 0;
    property->condition = str("defined(CONFIG_X)");
    property->targets = target_bit("arm") | target_bit("s390x");
    add_property(facts, type, "list", "list", SYNTAX_OPAQUE, value_list());
    property = add_property(facts, type, "low", "int", SYNTAX_INT,
                            value_int(INT64_MIN));
    property->field = str("state.low");
    property->origin = ORIGIN_CLASS;
    property = add_property(facts, type, "mode", "OnOffAuto", SYNTAX_ENUM,
                            value_string("auto"));
    property->origin = ORIGIN_INSTANCE;
    property->record = str("Demo");
    add_property(facts, type, "none", "link<x>", SYNTAX_OPAQUE,
                 value_absent());
    add_property(facts, type, "raw", "int", SYNTAX_INT,
                 value_unevaluated("f(1)"));
    add_property(facts, type, "text", "str", SYNTAX_STRING,
                 value_string("18446744073709551615"));
}

static void add_slots(struct qom_type *type)
{
    struct class_slot *slot = qom_type_add_slot(type, str("DemoClass.id"));

    slot->known = true;
    slot->number = -7;
    slot = qom_type_add_slot(type, str("DemoClass.realize"));
    slot->function = str("demo_realize");
    slot->file = str("hw/demo.c");
    qom_type_add_slot(type, str("DemoClass.size"));
}

static void add_types(struct facts *facts)
{
    struct qom_type *type = facts_add_type(facts, str("demo"));

    type->parent = str("device");
    type->instance_struct = str("Demo");
    type->abstract = true;
    type->unmigratable = true;
    type->targets = target_bit("s390x");
    type->loc = (struct location) { str("hw/demo.c"), 30, 1 };
    g_ptr_array_add(type->interfaces, (gpointer)(uintptr_t)str("demo-if"));
    add_properties(facts, type);
    struct alias *alias = qom_type_add_alias(type);
    alias->target = str("inner");
    alias = qom_type_add_alias(type);
    alias->name = str("outside");
    alias->target = str("inner");
    alias->property = str("inside");
    qom_type_add_vmstate(type, str("DeviceClass.vmsd"), str("vmstate_demo"));
    qom_type_add_vmstate(type, str("CPUClass.vmsd"), NULL);
    add_slots(type);
    facts_add_type(facts, str("bare"))->user_creatable = true;
}

static struct compat_array *add_array(struct facts *facts)
{
    struct compat_array *array =
        facts_add_array(facts, str("demo_7_1_options/compat"));
    struct compat_entry *entry = compat_array_add_entry(array);

    array->loc = (struct location) { str("hw/core/machine.c"), 40, 16 };
    array->end = (struct location) { str("hw/core/machine.c"), 50, 1 };
    *entry = (struct compat_entry) {
        str("demo"), str("low"), str("0x10"), true,
        { str("include/hw/compat.h"), 3, 4 },
    };
    entry = compat_array_add_entry(array);
    *entry = (struct compat_entry) {
        str("demo"), str("bit"), str("off"), false, array->loc,
    };
    return array;
}

static void add_vmstates(struct facts *facts)
{
    struct vmstate *vmstate = facts_add_vmstate(facts, str("vmstate_demo"));
    struct vmstate_field *field = vmstate_add_field(vmstate);

    vmstate->name = str("demo");
    vmstate->file = str("hw/demo.c");
    vmstate->line = 70;
    vmstate->version_id = 3;
    vmstate->minimum_version_id = -1;
    vmstate->unmigratable = vmstate->early_setup = true;
    vmstate->unterminated = vmstate->unknown = true;
    vmstate->needed = str("(field Demo.flags)");
    vmstate->needed_name = str("demo_needed");
    vmstate->targets = target_bit("s390x");
    g_ptr_array_add(vmstate->subsections,
                    (gpointer)(uintptr_t)str("vmstate_part"));
    g_ptr_array_add(vmstate->users,
                    (gpointer)(uintptr_t)str("hw/demo.c:demo_realize"));
    *field = (struct vmstate_field) {
        str("big"), str("vmstate_info_uint64"), str("vmstate_part"), str("?"),
        str("demo_test"), STREAM_ARRAY | STREAM_STRUCT, 2, 1, 8, 0, 75,
    };
    field = vmstate_add_field(vmstate);
    field->name = str("flags");
    facts_add_vmstate(facts, str("vmstate_part"));
}

static struct facts *new_facts(void)
{
    struct facts *facts = facts_new();

    facts->revision = (struct revision) {
        str("HEAD~1"), str("0123abcd"), NULL, str("7.2.0"),
    };
    facts->files = 1144;
    add_types(facts);
    add_vmstates(facts);
    struct compat_array *array = add_array(facts);
    struct machine *machine = facts_add_machine(facts, str("demo-7.1"));
    machine->type = str("demo-7.1-machine");
    machine->alias = str("demo");
    machine->deprecated = true;
    machine->targets = target_bit("s390x");
    machine->loc = (struct location) { str("hw/demo.c"), 60, 1 };
    g_ptr_array_add(machine->compat, array);
    g_ptr_array_add(machine->compat, array);
    machine_set_field(machine, str("MachineClass.max_cpus"), str("8"), true,
                      machine->loc);
    machine_set_field(machine, str("MachineClass.desc"), str("name()"),
                      false, (struct location) { 0 });
    struct record *record = facts_add_record(facts, str("Demo"));
    record_add_field(record, str("big"), str("uint64_t"));
    record_add_field(record, str("flags"), str("uint32_t"));
    facts_add_gap(facts, str("hw/odd.c"), 0, str("parse error"));
    facts_add_gap(facts, NULL, 3, str("unknown registrar 'x'"));
    facts_seal(facts);
    return facts;
}

static char *text_of(const struct facts *facts)
{
    GString *text = g_string_new(NULL);

    facts_append_json(facts, text);
    return g_string_free(text, FALSE);
}

static struct facts *read_back(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct facts *facts = facts_from_text(text, strlen(text), &error);

    if (!facts) {
        fail_msg("%s", error->message);
    }
    return facts;
}

static void test_same_bytes(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *text = text_of(facts);
    g_autoptr(Facts) copy = read_back(text);
    g_autofree char *again = text_of(copy);

    assert_string_equal(text, again);
}

static const struct property *property_of(const struct facts *facts,
                                          const char *name)
{
    const struct property *property = facts_own_property(
        facts, facts_type(facts, str("demo"), 0), str(name), NULL);

    assert_non_null(property);
    return property;
}

static void test_vmstates_survive(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *text = text_of(facts);
    g_autoptr(Facts) copy = read_back(text);
    const struct vmstate *vmstate = facts_vmstate(copy, str("vmstate_demo"));
    const struct qom_type *type = facts_type(copy, str("demo"), 0);
    const struct vmstate_use *use = g_ptr_array_index(type->vmstates, 1);

    assert_int_equal(vmstate->minimum_version_id, -1);
    assert_true(vmstate->unmigratable && vmstate->unterminated);
    assert_ptr_equal(vmstate->needed, str("(field Demo.flags)"));
    const struct vmstate_field *field =
        g_ptr_array_index(vmstate->fields, 0);
    assert_int_equal(field->size, 8);
    assert_int_equal(field->num, 0);
    assert_int_equal(field->flags, STREAM_ARRAY | STREAM_STRUCT);
    assert_ptr_equal(field->nested, str("vmstate_part"));
    field = g_ptr_array_index(vmstate->fields, 1);
    assert_true(field->size == STREAM_UNKNOWN);
    assert_int_equal(type->vmstates->len, 2);
    assert_string_equal(use->member, "DeviceClass.vmsd");
    assert_ptr_equal(use->id, vmstate->id);
}

static void test_properties_survive(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *text = text_of(facts);
    g_autoptr(Facts) copy = read_back(text);
    const struct property *big = property_of(copy, "big");

    assert_int_equal(big->def.kind, VALUE_UINT);
    assert_true(big->def.uinteger == UINT64_MAX);
    assert_string_equal(big->record, "Demo");
    assert_string_equal(big->field, "conf.big");
    assert_ptr_equal(big->spelling, property_of(facts, "big")->spelling);
    assert_int_equal(big->bit, -1);
    const struct property *bit = property_of(copy, "bit");
    assert_string_equal(bit->record, "struct (unnamed at demo.c:1)");
    assert_string_equal(bit->field, "flags");
    assert_int_equal(bit->bit, 0);
    assert_true(bit->def.boolean);
    assert_string_equal(bit->condition, "defined(CONFIG_X)");
    assert_true(bit->targets == (target_bit("arm") | target_bit("s390x")));
    const struct property *low = property_of(copy, "low");
    assert_int_equal(low->origin, ORIGIN_CLASS);
    assert_null(low->record);
    assert_string_equal(low->field, "state.low");
    assert_true(low->def.kind == VALUE_INT && low->def.integer == INT64_MIN);
    const struct property *mode = property_of(copy, "mode");
    assert_string_equal(mode->record, "Demo");
    assert_null(mode->field);
    assert_string_equal(mode->kind->names[2], "off");
    assert_int_equal(property_of(copy, "list")->def.kind, VALUE_LIST);
    assert_int_equal(property_of(copy, "none")->def.kind, VALUE_ABSENT);
    assert_int_equal(property_of(copy, "raw")->def.kind, VALUE_UNEVALUATED);
    assert_int_equal(property_of(copy, "text")->def.kind, VALUE_STRING);
}

static const struct class_slot *slot_of(const struct facts *facts,
                                        const char *name)
{
    const struct class_slot *slot = qom_type_slot(
        facts_type(facts, str("demo"), 0), str(name));

    assert_non_null(slot);
    return slot;
}

static void test_slots_survive(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *text = text_of(facts);
    g_autoptr(Facts) copy = read_back(text);
    const struct class_slot *slot = slot_of(copy, "DemoClass.id");

    assert_true(slot->known);
    assert_int_equal(slot->number, -7);
    assert_null(slot->function);
    slot = slot_of(copy, "DemoClass.realize");
    assert_string_equal(slot->function, "demo_realize");
    assert_string_equal(slot->file, "hw/demo.c");
    slot = slot_of(copy, "DemoClass.size");
    assert_false(slot->known);
    assert_null(slot->function);
    assert_null(qom_type_slot(facts_type(copy, str("bare"), 0),
                              str("DemoClass.id")));
}

static void test_machines_survive(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *text = text_of(facts);
    g_autoptr(Facts) copy = read_back(text);
    const struct machine *machine =
        facts_machine(copy, str("demo-7.1"), target_bit("s390x"));
    struct effective effective;

    assert_non_null(machine);
    assert_true(machine->versioned && machine->latest);
    assert_int_equal(machine->compat->len, 2);
    const struct class_field *field = machine->fields->pdata[0];
    assert_string_equal(field->name, "MachineClass.desc");
    assert_false(field->evaluated);
    field = machine->fields->pdata[1];
    assert_true(field->evaluated);
    assert_int_equal(field->loc.line, 60);
    assert_string_equal(field->loc.file, "hw/demo.c");
    assert_true(effective_value(copy, machine,
                                facts_type(copy, str("demo"), 0), str("low"),
                                &effective));
    assert_int_equal(effective.value.integer, 16);
    assert_true(effective.array->has_version);
    assert_int_equal(effective.array->version.minor, 1);
    assert_int_equal(effective.array->end.line, 50);
    assert_string_equal(effective.entry->loc.file, "include/hw/compat.h");
    assert_true(effective.entry->optional);
    assert_int_equal(facts_record(copy, str("Demo"))->fields->len, 2);
}

static void test_cpu_models_survive(void **state)
{
    g_autoptr(Facts) facts = facts_new();
    struct cpu_model *model = facts_add_cpu_model(facts, str("Demo"),
                                                  str("Demo-x86_64-cpu"));

    model->loc = (struct location){ str("target/i386/cpu.c"), 7, 5 };
    cpu_values_add(model->values, str("level"), str("13"));
    cpu_model_add_limit(model, &(struct version){ 6, 2, -1 }, str("sse"));
    cpu_model_add_limit(model, &(struct version){ 7, 1, -1 }, str("sse"));
    cpu_values_add(cpu_model_add_version(model, 1)->props, str("avx"),
                   str("on"));
    cpu_values_add(cpu_model_add_version(model, 2)->props, str("avx"),
                   str("off"));
    facts_seal(facts);
    g_autofree char *text = text_of(facts);
    g_autoptr(Facts) copy = read_back(text);
    const struct cpu_model *read =
        facts_cpu_model(copy, str("Demo-x86_64-cpu"));
    const struct machine old = { .versioned = true, .version = { 7, 1, -1 } };
    const struct machine new = { .versioned = true, .version = { 7, 2, -1 } };

    assert_non_null(read);
    assert_int_equal(read->loc.line, 7);
    assert_string_equal(cpu_values_get(read->values, str("level")), "13");
    assert_null(cpu_values_get(read->values, str("xlevel")));
    assert_string_equal(
        cpu_values_get(cpu_model_version(read, 2)->props, str("avx")), "off");
    assert_null(cpu_model_version(read, 3));
    assert_true(cpu_model_is_limited(read, &old, str("sse")));
    assert_false(cpu_model_is_limited(read, &new, str("sse")));
    assert_false(cpu_model_is_limited(read, &old, str("avx")));
    assert_true(facts_cpu_table_tells(copy, str("Demo-v2-x86_64-cpu"),
                                      str("min-level")));
    assert_false(facts_cpu_table_tells(copy, str("Demo-v2-i386-cpu"),
                                       str("level")));
}

/* The keys of the contract, as another program sees them. */
static void test_contract(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *text = text_of(facts);
    const char *const pieces[] = {
        "{\"schema\":1,\"revision\":{\"rev\":\"HEAD~1\","
        "\"commit\":\"0123abcd\",\"tree\":null,\"version\":\"7.2.0\"}",
        "\"name\":\"demo\",\"parent\":\"device\","
        "\"interfaces\":[\"demo-if\"],\"abstract\":true,"
        "\"targets\":[\"s390x\"],\"file\":\"hw/demo.c\",\"line\":30",
        "\"name\":\"big\",\"kind\":\"size\",\"targets\":null,"
        "\"default\":18446744073709551615,\"spelling\":",
        "\"field\":\"Demo.conf.big\",\"file\":\"hw/demo.c\",\"line\":12",
        "\"default\":-9223372036854775808,",
        "\"unevaluated\":\"f(1)\"",
        "\"name\":\"none\",\"kind\":\"link<x>\",\"targets\":null,"
        "\"spelling\":null",
        "{\"name\":null,\"target\":\"inner\",\"property\":null}",
        "\"id\":\"demo_7_1_options/compat\",\"name\":\"compat\","
        "\"version\":\"7.1\",\"file\":\"hw/core/machine.c\"",
        "{\"driver\":\"demo\",\"property\":\"low\",\"value\":\"0x10\","
        "\"optional\":true,\"line\":3",
        "\"family\":\"demo\",\"version\":\"7.1\",\"alias\":\"demo\","
        "\"deprecated\":true",
        "\"compat\":[\"demo_7_1_options/compat\","
        "\"demo_7_1_options/compat\"]",
        "\"fields\":{\"MachineClass.desc\":\"name()\","
        "\"MachineClass.max_cpus\":\"8\"}",
        "\"gaps\":[{\"file\":null,\"line\":3,\"reason\":",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        if (!strstr(text, pieces[i])) {
            fail_msg("no '%s' in: %s", pieces[i], text);
        }
    }
    assert_string_equal(text + strlen(text) - 3, "]}\n");
}

/* What jansson (every other reader) makes of it; it has no unsigned type. */
static void test_is_json(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *text = text_of(facts);
    json_error_t error;
    char *big = strstr(text, "18446744073709551615");

    assert_non_null(big);
    big[0] = ' ';
    json_t *json = json_loads(text, 0, &error);
    if (!json) {
        fail_msg("%s", error.text);
    }
    json_decref(json);
}

static void test_foreign_bytes(void **state)
{
    g_autoptr(Facts) facts = facts_new();

    facts_add_gap(facts, str("a\x80.c"), 1, str("\x1b[31m\n"));
    facts_seal(facts);
    g_autofree char *text = text_of(facts);
    g_autoptr(Facts) copy = read_back(text);
    const struct gap *gap = copy->gaps->pdata[0];
    assert_string_equal(gap->file, "a\xef\xbf\xbd.c");
    assert_string_equal(gap->reason, "\x1b[31m\n");
}

/* Spaces, escapes and the order of keys are the writer's own business. */
static void test_reads_other_writers(void **state)
{
    g_autoptr(Facts) facts = read_back(
        " {\"gaps\" : [ { \"reason\" : \"\\u00e9\\ud83d\\ude00\\/\\n\","
        "\r\n\t\"line\":7,\"file\":\"a.c\"} ],\n\"kinds\":[],\"records\":[],"
        "\"machines\":[],\"compat_arrays\":[],\"types\":[],"
        "\"revision\":{},\"schema\":1}");
    const struct gap *gap = facts->gaps->pdata[0];

    assert_string_equal(gap->reason, "\xc3\xa9\xf0\x9f\x98\x80/\n");
    assert_int_equal(gap->line, 7);
}

static void assert_refused(const char *text, size_t length)
{
    g_autoptr(GError) error = NULL;
    struct facts *facts = facts_from_text(text, length, &error);

    if (facts) {
        facts_free(facts);
        fail_msg("accepted: %.*s", (int)length, text);
    }
    assert_true(g_error_matches(error, QC_ERROR, QC_ERROR_CONFIG));
}

static void test_no_json(void **state)
{
    static const char *const texts[] = {
        "", "{", "[", "\"", "nul", "{\"schema\":1", "{\"schema\"1}",
        "{\"schema\":1}x", "{schema:1}", "{\"schema\":01}",
        "{\"schema\":1.0}", "{\"schema\":1e0}", "{\"schema\":-}",
        "{\"schema\":18446744073709551616}", "[1,]", "{\"a\":1,}",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\x\"",
        "\"\\u12", "\"a\nb\"", "\"\xff\"", "1", "[]", "null",
    };
    g_autofree char *deep = g_strnfill(1000000, '[');

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_refused(texts[i], strlen(texts[i]));
    }
    assert_refused("{}\0{}", 5);
    assert_refused(deep, strlen(deep));
}

/* The good text with its first FROM replaced by TO. */
static char *damage(const char *good, const char *from, const char *to)
{
    const char *at = strstr(good, from);

    if (!at) {
        fail_msg("no '%s' in: %s", from, good);
    }
    return g_strdup_printf("%.*s%s%s", (int)(at - good), good, to,
                           at + strlen(from));
}

static void test_damaged(void **state)
{
    static const struct {
        const char *from, *to;
    } damages[] = {
        { "\"schema\":1", "\"schema\":2" },
        { "\"schema\":1", "\"schema\":\"1\"" },
        { "\"schema\":1,", "" },
        { "\"revision\":{", "\"other\":{" },
        { "\"types\":[", "\"typos\":[" },
        { "\"types\":[", "\"types\":[1," },
        { "\"types\":[", "\"types\":[null," },
        { "\"name\":\"demo\"", "\"name\":null" },
        { "\"name\":\"demo\"", "\"name\":[]" },
        { "\"parent\":\"device\"", "\"parent\":5" },
        { "\"interfaces\":[", "\"interfaces\":[{}," },
        { "\"abstract\":true", "\"abstract\":1" },
        { "[\"s390x\"]", "[\"vax\"]" },
        { "[\"s390x\"]", "[]" },
        { "[\"s390x\"]", "\"s390x\"" },
        { "\"line\":30", "\"line\":-1" },
        { "\"line\":30", "\"line\":99999999999" },
        { "\"kind\":\"size\"", "\"kind\":\"int\"" },
        { "\"kind\":\"size\"", "\"kind\":null" },
        { "\"kind_index\":", "\"kind_index\":9" },
        { "\"kind_index\":", "\"other\":" },
        { "\"default\":true", "\"default\":{}" },
        { "\"default\":[", "\"default\":[1" },
        { "\"default\":-9", "\"default\":-19" },
        { "\"default\":-", "\"default\":1" },
        { "\"origin\":\"class\"", "\"origin\":\"heaven\"" },
        { "\"target\":\"inner\"", "\"target\":null" },
        { "\"id\":\"demo", "\"id\":\"other" },
        { "\"version\":\"7.1\"", "\"version\":\"seven\"" },
        { "\"driver\":\"demo\",", "" },
        { "\"value\":\"0x10\"", "\"value\":16" },
        { "\"compat\":[", "\"compat\":[\"nowhere\"," },
        { "\"compat\":[", "\"compat\":[7," },
        { "\"family\":\"demo\"", "\"family\":null" },
        { "\"fields\":{", "\"fields\":[],\"x\":{" },
        { "max_cpus\":\"8\"", "max_cpus\":8" },
        { "hw/demo.c:60:1", "hw/demo.c" },
        { "hw/demo.c:60:1", "hw/demo.c:x:1" },
        { "\"unevaluated_fields\":[", "\"unevaluated_fields\":[\"x\"," },
        { "\"fields\":[\"big\",", "\"fields\":[" },
        { "\"syntax\":\"bool\"", "\"syntax\":\"maybe\"" },
        { "\"bits\":64", "\"bits\":65" },
        { "\"names\":[\"auto\"", "\"names\":[0" },
        { "\"reason\":", "\"season\":" },
        { "\"gaps\":[", "\"gaps\":7,\"x\":[" },
    };
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *good = text_of(facts);

    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
        g_autofree char *bad = damage(good, damages[i].from, damages[i].to);
        assert_refused(bad, strlen(bad));
    }
}

/* However much of a file got lost, the rest is no snapshot. */
static void test_truncated(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autofree char *good = text_of(facts);
    size_t length = strlen(good) - 1;

    for (size_t i = 0; i < length; i++) {
        assert_refused(good, i);
    }
}

static void test_numbers_for_jansson(void **state)
{
    json_t *list = json_array();

    json_array_append_new(list, uint_to_json(UINT64_MAX));
    json_array_append_new(list, uint_to_json(INT64_MAX));
    json_array_append_new(list, uint_to_json((uint64_t)INT64_MAX + 1));
    json_array_append_new(list, json_string("18446744073709551615"));
    json_array_append_new(list, json_string("\001x"));
    char *text = exact_json_dump(list, JSON_COMPACT);
    assert_string_equal(text, "[18446744073709551615,9223372036854775807,"
                              "9223372036854775808,"
                              "\"18446744073709551615\",\"\\u0001x\"]");
    free(text);
    json_decref(list);
}

static void assert_value_json(struct value value, const char *expected)
{
    json_t *json = value_to_json(&value);
    char *text = exact_json_dump(json, JSON_COMPACT | JSON_ENCODE_ANY);

    assert_string_equal(text, expected);
    free(text);
    json_decref(json);
}

static void test_values(void **state)
{
    assert_value_json(value_absent(), "null");
    assert_value_json(value_bool(true), "true");
    assert_value_json(value_int(-1), "-1");
    assert_value_json(value_uint(UINT64_MAX), "18446744073709551615");
    assert_value_json(value_string("auto"), "\"auto\"");
    assert_value_json(value_list(), "[]");
    assert_value_json(value_unevaluated("X"), "{\"unevaluated\":\"X\"}");
}

static void test_files(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = g_dir_make_tmp("qcompat-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(dir, "facts.json", NULL);
    g_autofree char *lost = g_build_filename(dir, "no", "facts.json", NULL);
    g_autofree char *good = text_of(facts);

    assert_null(snapshot_read(path, &error));
    assert_true(g_error_matches(error, QC_ERROR, QC_ERROR_IO));
    g_clear_error(&error);
    assert_false(snapshot_write(facts, lost, &error));
    assert_true(g_error_matches(error, QC_ERROR, QC_ERROR_IO));
    g_clear_error(&error);
    assert_true(snapshot_write(facts, path, &error));
    g_autoptr(Facts) copy = snapshot_read(path, &error);
    assert_non_null(copy);
    g_autofree char *again = text_of(copy);
    assert_string_equal(good, again);
    assert_true(g_file_set_contents(path, good, 100, NULL));
    assert_null(snapshot_read(path, &error));
    assert_true(g_error_matches(error, QC_ERROR, QC_ERROR_CONFIG));
    assert_non_null(strstr(error->message, path));
    g_unlink(path);
    assert_int_equal(g_rmdir(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_properties_survive),
        cmocka_unit_test(test_vmstates_survive),
        cmocka_unit_test(test_slots_survive),
        cmocka_unit_test(test_machines_survive),
        cmocka_unit_test(test_cpu_models_survive),
        cmocka_unit_test(test_contract),
        cmocka_unit_test(test_is_json),
        cmocka_unit_test(test_foreign_bytes),
        cmocka_unit_test(test_reads_other_writers),
        cmocka_unit_test(test_no_json),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_numbers_for_jansson),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
