/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/effective.h"
#include "model/finding.h"

static const char *const on_off_auto[] = { "auto", "on", "off", NULL };

static void assert_version(const struct version *version, int major,
                           int minor, int micro)
{
    assert_int_equal(version->major, major);
    assert_int_equal(version->minor, minor);
    assert_int_equal(version->micro, micro);
}

static const char *str(const char *text)
{
    return g_intern_string(text);
}

static struct qom_type *add_type(struct facts *facts, const char *name,
                                 const char *parent)
{
    struct qom_type *type = facts_add_type(facts, str(name));

    type->parent = parent ? str(parent) : NULL;
    return type;
}

static struct property *add_number(struct facts *facts, struct qom_type *type,
                                   const char *name, uint64_t number)
{
    struct property *property = qom_type_add_property(type, str(name));

    property->kind = facts_add_kind(facts, str("uint32"),
                                    str("qdev_prop_uint32"), SYNTAX_UINT, 32,
                                    NULL);
    property->def = value_uint(number);
    return property;
}

static void add_alias(struct qom_type *type, const char *name,
                      const char *target, const char *property)
{
    struct alias *alias = qom_type_add_alias(type);

    alias->name = name ? str(name) : NULL;
    alias->target = str(target);
    alias->property = property ? str(property) : NULL;
}

static void add_entry(struct compat_array *array, const char *driver,
                      const char *property, const char *value)
{
    struct compat_entry *entry = compat_array_add_entry(array);

    entry->driver = str(driver);
    entry->property = str(property);
    entry->value = str(value);
}

static struct machine *add_machine(struct facts *facts, const char *name,
                                   const char *target)
{
    struct machine *machine = facts_add_machine(facts, str(name));

    machine->targets = target ? target_bit(target) : 0;
    return machine;
}

/* object > device > (demo-base > demo, inner, outer), demo-iface. */
static struct facts *new_model(void)
{
    struct facts *facts = facts_new();

    add_type(facts, "object", NULL);
    add_type(facts, "device", "object");
    add_type(facts, "interface", NULL);
    add_type(facts, "demo-iface", "interface");
    struct qom_type *base = add_type(facts, "demo-base", "device");
    base->abstract = true;
    add_number(facts, base, "vectors", 1);
    struct qom_type *demo = add_type(facts, "demo", "demo-base");
    g_ptr_array_add(demo->interfaces, (gpointer)(uintptr_t)str("demo-iface"));
    add_number(facts, demo, "queues", 2);
    struct qom_type *inner = add_type(facts, "inner", "device");
    add_number(facts, inner, "size", 3);
    add_number(facts, inner, "vectors", 4);
    add_number(facts, inner, "hidden", 5)->origin = ORIGIN_INSTANCE;
    struct qom_type *outer = add_type(facts, "outer", "device");
    add_number(facts, outer, "vectors", 6);
    add_alias(outer, NULL, "inner", NULL);
    add_alias(outer, "bytes", "inner", "size");
    return facts;
}

static const struct qom_type *type_named(const struct facts *facts,
                                         const char *name)
{
    const struct qom_type *type = facts_type(facts, str(name), 0);

    assert_non_null(type);
    return type;
}

static struct effective ask(const struct facts *facts, const char *machine,
                            const char *type, const char *property)
{
    const struct machine *on = machine
        ? facts_machine(facts, str(machine), 0) : NULL;
    struct effective effective;

    assert_true(!machine || on);
    if (!effective_value(facts, on, type_named(facts, type), str(property),
                         &effective)) {
        fail_msg("%s has no %s", type, property);
    }
    return effective;
}

static uint64_t number(const struct facts *facts, const char *machine,
                       const char *type, const char *property)
{
    struct effective effective = ask(facts, machine, type, property);

    assert_int_equal(effective.value.kind, VALUE_UINT);
    return effective.value.uinteger;
}

static void test_default_comes_from_ancestor(void **state)
{
    g_autoptr(Facts) facts = new_model();

    add_machine(facts, "pc-1.0", NULL);
    facts_seal(facts);
    struct effective effective = ask(facts, "pc-1.0", "demo", "vectors");
    assert_int_equal(effective.value.uinteger, 1);
    assert_ptr_equal(effective.owner, type_named(facts, "demo-base"));
    assert_null(effective.entry);
    assert_null(effective.array);
    assert_int_equal(number(facts, NULL, "demo", "queues"), 2);
    assert_false(effective_value(facts, NULL, type_named(facts, "demo"),
                                 str("nothing"), &effective));
    assert_false(effective_value(facts, NULL, type_named(facts, "demo-base"),
                                 str("queues"), &effective));
}

static void test_last_entry_wins(void **state)
{
    g_autoptr(Facts) facts = new_model();
    struct compat_array *one = facts_add_array(facts, str("hw_compat_1_0"));
    struct compat_array *two = facts_add_array(facts, str("hw_compat_2_0"));
    struct machine *old = add_machine(facts, "pc-1.0", NULL);
    struct machine *swapped = add_machine(facts, "odd-1.0", NULL);
    struct machine *twice = add_machine(facts, "twice-1.0", NULL);

    /* The order of the machine counts, not how near the driver is. */
    add_entry(two, "demo", "vectors", "20");
    add_entry(one, "demo-base", "vectors", "9");
    add_entry(one, "demo-base", "vectors", "10");
    add_entry(one, "demo", "queues", "0x11");
    add_entry(one, "other", "queues", "12");
    g_ptr_array_add(old->compat, two);
    g_ptr_array_add(old->compat, one);
    g_ptr_array_add(swapped->compat, one);
    g_ptr_array_add(swapped->compat, two);
    g_ptr_array_add(twice->compat, two);
    g_ptr_array_add(twice->compat, one);
    g_ptr_array_add(twice->compat, two);
    facts_seal(facts);
    assert_int_equal(number(facts, "pc-1.0", "demo", "vectors"), 10);
    assert_int_equal(number(facts, "odd-1.0", "demo", "vectors"), 20);
    assert_int_equal(number(facts, "twice-1.0", "demo", "vectors"), 20);
    assert_int_equal(number(facts, "odd-1.0", "demo-base", "vectors"), 10);
    struct effective effective = ask(facts, "pc-1.0", "demo", "queues");
    assert_int_equal(effective.value.uinteger, 17);
    assert_ptr_equal(effective.array, one);
    assert_ptr_equal(effective.entry, g_ptr_array_index(one->entries, 2));
}

static void test_interface_entry_applies(void **state)
{
    g_autoptr(Facts) facts = new_model();
    struct compat_array *one = facts_add_array(facts, str("hw_compat_1_0"));

    add_entry(one, "demo-iface", "queues", "7");
    add_entry(one, "demo-iface", "vectors", "8");
    g_ptr_array_add(add_machine(facts, "pc-1.0", NULL)->compat, one);
    facts_seal(facts);
    assert_int_equal(number(facts, "pc-1.0", "demo", "queues"), 7);
    assert_int_equal(number(facts, "pc-1.0", "demo", "vectors"), 8);
    assert_int_equal(number(facts, "pc-1.0", "demo-base", "vectors"), 1);
}

static void test_outer_beats_inner(void **state)
{
    g_autoptr(Facts) facts = new_model();
    struct compat_array *one = facts_add_array(facts, str("hw_compat_1_0"));
    struct compat_array *two = facts_add_array(facts, str("hw_compat_2_0"));
    struct machine *old = add_machine(facts, "pc-1.0", NULL);
    struct machine *mid = add_machine(facts, "pc-1.5", NULL);

    add_entry(two, "outer", "size", "30");
    add_entry(one, "inner", "size", "31");
    g_ptr_array_add(old->compat, two);
    g_ptr_array_add(old->compat, one);
    g_ptr_array_add(mid->compat, one);
    facts_seal(facts);
    assert_int_equal(number(facts, NULL, "outer", "size"), 3);
    assert_int_equal(number(facts, "pc-1.0", "outer", "size"), 30);
    assert_int_equal(number(facts, "pc-1.0", "inner", "size"), 31);
    assert_int_equal(number(facts, "pc-1.5", "outer", "size"), 31);
    /* "bytes" of the outer is "size" of the inner, under its own name. */
    assert_int_equal(number(facts, "pc-1.0", "outer", "bytes"), 31);
}

static void test_declared_name_is_not_aliased(void **state)
{
    g_autoptr(Facts) facts = new_model();
    struct compat_array *one = facts_add_array(facts, str("hw_compat_1_0"));
    const struct qom_type *owner = NULL;
    struct effective effective;

    add_entry(one, "inner", "vectors", "40");
    g_ptr_array_add(add_machine(facts, "pc-1.0", NULL)->compat, one);
    facts_seal(facts);
    assert_int_equal(number(facts, "pc-1.0", "outer", "vectors"), 6);
    assert_int_equal(number(facts, "pc-1.0", "inner", "vectors"), 40);
    assert_non_null(facts_property(facts, type_named(facts, "outer"),
                                   str("size"), &owner));
    assert_ptr_equal(owner, type_named(facts, "inner"));
    assert_null(facts_own_property(facts, type_named(facts, "outer"),
                                   str("size"), &owner));
    /* All properties of a class: not what instance code adds. */
    assert_false(effective_value(facts, NULL, type_named(facts, "outer"),
                                 str("hidden"), &effective));
}

static void test_alias_loop_ends(void **state)
{
    g_autoptr(Facts) facts = new_model();
    struct effective effective;

    add_alias(add_type(facts, "ping", "device"), "x", "pong", NULL);
    add_alias(add_type(facts, "pong", "device"), "x", "ping", NULL);
    facts_seal(facts);
    assert_false(effective_value(facts, NULL, type_named(facts, "ping"),
                                 str("x"), &effective));
    assert_null(facts_property(facts, type_named(facts, "pong"), str("x"),
                               NULL));
}

static void test_bad_value_is_no_value(void **state)
{
    g_autoptr(Facts) facts = new_model();
    struct compat_array *one = facts_add_array(facts, str("hw_compat_1_0"));

    add_entry(one, "demo", "queues", "many");
    g_ptr_array_add(add_machine(facts, "pc-1.0", NULL)->compat, one);
    facts_seal(facts);
    struct effective effective = ask(facts, "pc-1.0", "demo", "queues");
    assert_true(effective.bad_value);
    assert_int_equal(effective.value.kind, VALUE_UNEVALUATED);
    assert_string_equal(effective.value.string, "many");
    assert_false(ask(facts, "pc-1.0", "demo", "vectors").bad_value);
}

static void test_only_devices_take_entries(void **state)
{
    g_autoptr(Facts) facts = new_model();
    struct compat_array *one = facts_add_array(facts, str("hw_compat_1_0"));
    static const char *const names[] = { "plain", "backend", "orphan" };

    add_number(facts, add_type(facts, "plain", "object"), "n", 1);
    add_type(facts, "memory-backend", "object");
    add_number(facts, add_type(facts, "backend", "memory-backend"), "n", 1);
    add_number(facts, add_type(facts, "orphan", "unseen"), "n", 1);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        add_entry(one, names[i], "n", "2");
    }
    g_ptr_array_add(add_machine(facts, "pc-1.0", NULL)->compat, one);
    facts_seal(facts);
    assert_int_equal(number(facts, "pc-1.0", "plain", "n"), 1);
    assert_int_equal(number(facts, "pc-1.0", "backend", "n"), 2);
    assert_int_equal(number(facts, "pc-1.0", "orphan", "n"), 2);
}

static void test_same_names_on_targets(void **state)
{
    g_autoptr(Facts) facts = new_model();
    target_set arm = target_bit("arm"), m68k = target_bit("m68k");
    struct qom_type *on_m68k = add_type(facts, "twin", "device");
    struct qom_type *on_arm = add_type(facts, "twin", "device");
    struct effective effective;

    on_m68k->targets = m68k;
    on_arm->targets = arm;
    add_number(facts, on_m68k, "n", 68);
    add_number(facts, on_arm, "n", 7);
    struct qom_type *shared = add_type(facts, "shared", "device");
    add_number(facts, shared, "n", 1)->targets = m68k;
    add_number(facts, shared, "n", 2)->targets = arm;
    add_type(facts, "child", "twin")->targets = m68k;
    struct machine *virt_arm = add_machine(facts, "virt-8.0", "arm");
    struct machine *virt_m68k = add_machine(facts, "virt-8.0", "m68k");
    struct machine *newer = add_machine(facts, "virt-8.1", "arm");
    facts_seal(facts);

    assert_ptr_equal(facts_machine(facts, str("virt-8.0"), arm), virt_arm);
    assert_ptr_equal(facts_machine(facts, str("virt-8.0"), m68k), virt_m68k);
    assert_null(facts_machine(facts, str("virt-8.0"), target_bit("avr")));
    assert_ptr_equal(facts_type(facts, str("twin"), arm), on_arm);
    assert_ptr_equal(facts_type(facts, str("twin"), m68k), on_m68k);
    assert_ptr_equal(facts_parent(facts, type_named(facts, "child")),
                     on_m68k);
    assert_false(effective_value(facts, virt_arm, on_m68k, str("n"),
                                 &effective));
    assert_true(effective_value(facts, virt_m68k, shared, str("n"),
                                &effective));
    assert_int_equal(effective.value.uinteger, 1);
    assert_true(effective_value(facts, virt_arm, shared, str("n"),
                                &effective));
    assert_int_equal(effective.value.uinteger, 2);
    /* Another target's newer machine ages nobody. */
    assert_true(newer->latest && virt_m68k->latest);
    assert_false(virt_arm->latest);
}

static void test_seal_sorts_and_derives(void **state)
{
    g_autoptr(Facts) facts = facts_new();
    struct compat_array *local =
        facts_add_array(facts, str("ccw_machine_7_1_class_options/compat"));
    struct compat_array *preset = facts_add_array(facts, str("rhel"));
    struct machine *none = add_machine(facts, "microvm", NULL);
    struct machine *q35 = add_machine(facts, "pc-q35-7.1", NULL);

    preset->has_version = true;
    preset->version = (struct version) { 9, 4, -1 };
    add_type(facts, "b", NULL);
    add_type(facts, "a", NULL);
    facts_add_gap(facts, str("z.c"), 1, str("later"));
    facts_add_gap(facts, str("a.c"), 2, str("second"));
    facts_add_gap(facts, str("a.c"), 1, str("first"));
    machine_set_field(q35, str("B"), str("1"), true, (struct location) { 0 });
    machine_set_field(q35, str("A"), str("2"), true, (struct location) { 0 });
    machine_set_field(q35, str("B"), str("3"), false,
                      (struct location) { 0 });
    facts_seal(facts);

    assert_string_equal(facts_type_at(facts, 0)->name, "a");
    assert_string_equal(local->name, "compat");
    assert_true(local->has_version);
    assert_version(&local->version, 7, 1, -1);
    assert_version(&preset->version, 9, 4, -1);
    assert_ptr_equal(facts_array(facts, str("rhel")), preset);
    assert_false(none->versioned || none->latest);
    assert_string_equal(none->family, "microvm");
    assert_true(q35->versioned && q35->latest);
    assert_string_equal(q35->family, "pc-q35");
    const struct gap *gap = g_ptr_array_index(facts->gaps, 0);
    assert_string_equal(gap->reason, "first");
    assert_int_equal(q35->fields->len, 2);
    const struct class_field *field = g_ptr_array_index(q35->fields, 1);
    assert_string_equal(field->value, "3");
    assert_false(field->evaluated);
}

static void test_kinds_are_shared(void **state)
{
    g_autoptr(Facts) facts = facts_new();
    const char *const same[] = { "auto", "on", "off", NULL };
    const char *const other[] = { "auto", NULL };
    const struct property_kind *kind = facts_add_kind(
        facts, str("OnOffAuto"), NULL, SYNTAX_ENUM, 0, on_off_auto);

    assert_ptr_equal(kind, facts_add_kind(facts, str("OnOffAuto"), NULL,
                                          SYNTAX_ENUM, 0, same));
    assert_ptr_not_equal(kind, facts_add_kind(facts, str("OnOffAuto"), NULL,
                                              SYNTAX_ENUM, 0, other));
    assert_ptr_not_equal(kind->names, on_off_auto);
}

static void test_type_tree(void **state)
{
    g_autoptr(Facts) facts = new_model();

    add_type(facts, "orphan", "unseen");
    add_type(facts, "loop-a", "loop-b");
    add_type(facts, "loop-b", "loop-a");
    facts_seal(facts);
    const struct qom_type *demo = type_named(facts, "demo");
    assert_true(facts_type_is_a(facts, demo, str("demo")));
    assert_true(facts_type_is_a(facts, demo, str("device")));
    assert_true(facts_type_is_a(facts, demo, str("demo-iface")));
    assert_true(facts_type_is_a(facts, demo, str("interface")));
    assert_false(facts_type_is_a(facts, demo, str("inner")));
    assert_true(facts_type_is_a(facts, type_named(facts, "orphan"),
                                str("unseen")));
    assert_false(facts_type_is_a(facts, type_named(facts, "loop-a"),
                                 str("device")));
    g_autoptr(GPtrArray) heirs =
        facts_descendants(facts, type_named(facts, "demo-base"));
    assert_int_equal(heirs->len, 2);
    assert_ptr_equal(heirs->pdata[0], demo);
    assert_ptr_equal(heirs->pdata[1], type_named(facts, "demo-base"));
}

static struct finding *new_finding(void)
{
    struct finding *finding = finding_new("default-changed");

    finding->subject = "demo.queues";
    finding->old_value = value_uint(1);
    finding->new_value = value_uint(2);
    finding->needed_array = "hw_compat_1_0";
    return finding;
}

static void assert_fingerprint(struct finding *finding, const char *like,
                               bool same)
{
    finding_seal(finding);
    assert_int_equal(strlen(finding->fingerprint), 64);
    assert_int_equal(strcmp(finding->fingerprint, like) == 0, same);
    finding_free(finding);
}

static void test_fingerprint(void **state)
{
    struct finding *first = new_finding();
    char like[65];

    finding_seal(first);
    memcpy(like, first->fingerprint, sizeof(like));
    finding_free(first);

    struct finding *moved = new_finding();
    moved->loc = (struct location) { "hw/demo.c", 10, 1 };
    moved->message = g_strdup("something else");
    assert_fingerprint(moved, like, true);

    struct finding *signed_values = new_finding();
    signed_values->old_value = value_int(1);
    assert_fingerprint(signed_values, like, true);

    struct finding *text = new_finding();
    text->old_value = value_string("1");
    assert_fingerprint(text, like, false);

    struct finding *no_array = new_finding();
    no_array->needed_array = NULL;
    assert_fingerprint(no_array, like, false);

    struct finding *shifted = new_finding();
    shifted->rule = "default-changedd";
    shifted->subject = "emo.queues";
    assert_fingerprint(shifted, like, false);
}

static void test_finding_sorts_what_it_lists(void **state)
{
    g_autoptr(Facts) facts = facts_new();
    struct machine *m71 = add_machine(facts, "pc-7.1", NULL);
    struct machine *m210 = add_machine(facts, "pc-2.10", NULL);
    struct finding *finding = new_finding();

    facts_seal(facts);
    g_ptr_array_add(finding->machines, m210);
    g_ptr_array_add(finding->machines, m71);
    g_ptr_array_add(finding->machines, m210);
    g_ptr_array_add(finding->devices, (gpointer)(uintptr_t)str("b"));
    g_ptr_array_add(finding->devices, (gpointer)(uintptr_t)str("a"));
    finding_add_related(finding, (struct location) { "x.c", 1, 1 },
                        "the %s", "array");
    finding_seal(finding);
    assert_int_equal(finding->machines->len, 2);
    assert_ptr_equal(finding->machines->pdata[0], m71);
    assert_string_equal(finding->devices->pdata[0], "a");
    const struct related *related = finding->related->pdata[0];
    assert_string_equal(related->message, "the array");
    finding_free(finding);
}

static void test_severities(void **state)
{
    enum severity severity;

    assert_true(severity_parse("off", &severity));
    assert_int_equal(severity, SEVERITY_OFF);
    assert_true(severity_parse("warning", &severity));
    assert_int_equal(severity, SEVERITY_WARNING);
    assert_false(severity_parse("Error", &severity));
    assert_string_equal(severity_name(SEVERITY_NOTE), "note");
    assert_string_equal(confidence_name(CONFIDENCE_MEDIUM), "medium");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_comes_from_ancestor),
        cmocka_unit_test(test_last_entry_wins),
        cmocka_unit_test(test_interface_entry_applies),
        cmocka_unit_test(test_outer_beats_inner),
        cmocka_unit_test(test_declared_name_is_not_aliased),
        cmocka_unit_test(test_alias_loop_ends),
        cmocka_unit_test(test_bad_value_is_no_value),
        cmocka_unit_test(test_only_devices_take_entries),
        cmocka_unit_test(test_same_names_on_targets),
        cmocka_unit_test(test_seal_sorts_and_derives),
        cmocka_unit_test(test_kinds_are_shared),
        cmocka_unit_test(test_type_tree),
        cmocka_unit_test(test_fingerprint),
        cmocka_unit_test(test_finding_sorts_what_it_lists),
        cmocka_unit_test(test_severities),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
