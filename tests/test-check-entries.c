/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Entries and lists of arrays as such, rules, and the audit of one tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "check-world.h"

static void assert_change(edit_fn *before, edit_fn *after,
                          const char *expected)
{
    g_auto(Verdict) verdict;
    g_autofree char *text = NULL;

    verdict_init(&verdict, world_new(false, before), world_new(true, before),
                 world_new(true, after));
    verdict.input.subtract_base = true;
    verdict_run(&verdict);
    text = verdict_text(&verdict);
    assert_string_equal(text, expected);
}

static void unknown_driver(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_1", "no-such-type", "rate", "1");
}

static void test_unknown_driver(void **state)
{
    assert_verdict(unknown_driver,
                   "compat-unknown-driver:no-such-type.rate:error");
    /* The change did not write it. */
    assert_change(unknown_driver, unknown_driver, "");
}

static void driver_without_ending(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "vdemo", "depth", "128");
}

static void test_suggestion(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, driver_without_ending));
    verdict_run(&verdict);
    assert_int_equal(verdict.result->findings->len, 1);
    finding = g_ptr_array_index(verdict.result->findings, 0);
    assert_non_null(strstr(finding->message, "is 'vdemo-device' meant?"));
}

static void driver_of_one_property(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "solo", "rate", "11");
}

static void test_suggestion_by_property(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;

    verdict_init(&verdict, NULL, NULL,
                 world_new(true, driver_of_one_property));
    verdict_run(&verdict);
    assert_int_equal(verdict.result->findings->len, 1);
    finding = g_ptr_array_index(verdict.result->findings, 0);
    assert_non_null(strstr(finding->message, "is 'lone' meant?"));
}

static void entry_of_child_on_parent(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "pci-device", "rate", "10");
}

static void optional_entry(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "pci-device", "rate",
                    "10")->optional = true;
}

static void test_unknown_property(void **state)
{
    assert_verdict(entry_of_child_on_parent,
                   "compat-unknown-property:pci-device.rate:error");
    /* It only reaches the one that has it by default. */
    assert_verdict(optional_entry, "compat-dead-entry:pci-device.rate:note");
}

static void entry_on_demo(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_1", "demo-base", "queues", "2");
}

static void demo_loses_queues(struct facts *facts)
{
    world_remove_property(facts, "demo-base", "queues");
    entry_on_demo(facts);
}

static void child_without_property(struct facts *facts)
{
    entry_on_demo(facts);
    world_remove_property(facts, "demo-base", "queues");
    world_add_uint(facts, "demo", "queues", 4);
    world_add_uint(facts, "demo-fast", "queues", 4);
    world_add_type(facts, "demo-bare", "demo-base");
}

/* Nobody touched the entry; what it names changed. */
static void test_entry_left_behind(void **state)
{
    assert_change(entry_on_demo, demo_loses_queues,
                  "property-removed:demo-base.queues:error");
    assert_change(entry_on_demo, child_without_property,
                  "compat-unknown-property:demo-base.queues:error");
}

static void entry_on_gone(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_1", "gone-device", "rate", "2");
}

static void gone_was_there(struct facts *facts)
{
    world_add_type(facts, "gone-device", "pci-device");
    world_add_uint(facts, "gone-device", "rate", 1);
    entry_on_gone(facts);
}

static void gone_is_renamed(struct facts *facts)
{
    world_add_type(facts, "gone-devices", "pci-device");
    world_add_uint(facts, "gone-devices", "rate", 1);
    entry_on_gone(facts);
}

static void test_type_left_behind(void **state)
{
    assert_change(gone_was_there, entry_on_gone,
                  "property-removed:gone-device.rate:note");
    assert_change(gone_was_there, gone_is_renamed,
                  "property-removed:gone-device.rate:error");
}

static void bad_number(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "lone", "rate", "off");
}

static void test_bad_value(void **state)
{
    g_auto(Verdict) verdict;
    bool found = false;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, bad_number));
    verdict_run(&verdict);
    for (guint i = 0; i < verdict.result->findings->len; i++) {
        const struct finding *finding =
            g_ptr_array_index(verdict.result->findings, i);

        found |= strcmp(finding->rule, "compat-bad-value") == 0;
    }
    assert_true(found);
    assert_int_equal(verdict.result->findings->len, 1);
}

static void one_entry(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "5");
}

static void two_entries(struct facts *facts)
{
    one_entry(facts);
    one_entry(facts);
}

static void test_duplicate(void **state)
{
    assert_change(one_entry, two_entries, "compat-duplicate:lone.rate:note");
    assert_change(two_entries, two_entries, "");
}

static void kept_for_a_sibling(struct facts *facts)
{
    struct property *property = world_property(facts, "demo-base", "queues");

    property->kind = facts_add_kind(facts, g_intern_string("str"), NULL,
                                    SYNTAX_STRING, 0, NULL);
    property->def = value_absent();
    world_add_entry(facts, "hw_compat_8_0", "demo", "queues", "42");
}

static void text_without_default(struct facts *facts)
{
    kept_for_a_sibling(facts);
    g_ptr_array_set_size(world_array(facts, "hw_compat_8_0")->entries, 0);
}

/* The default is computed by code; the entry for one says the other needs one
 * as well. */
static void test_sibling_without_entry(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding = NULL;

    verdict_init(&verdict, world_new(true, text_without_default), NULL,
                 world_new(true, kept_for_a_sibling));
    verdict.input.base = verdict.released;
    verdict_run(&verdict);
    for (guint i = 0; i < verdict.result->findings->len; i++) {
        finding = g_ptr_array_index(verdict.result->findings, i);
        if (strcmp(finding->rule, "compat-narrow-driver") == 0) {
            break;
        }
    }
    assert_string_equal(finding->rule, "compat-narrow-driver");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_string_equal(g_ptr_array_index(finding->devices, 0), "demo-fast");
}

static void apply(struct facts *facts, const char *machine, const char *array)
{
    g_ptr_array_add(world_machine(facts, machine)->compat,
                    world_array(facts, array));
}

static void newest_applies_old(struct facts *facts)
{
    apply(facts, "pc-q35-8.1", "hw_compat_8_0");
    apply(facts, "virt-8.1", "hw_compat_8_0");
}

static void wrong_order(struct facts *facts)
{
    world_unapply(facts, "virt-7.1", "hw_compat_8_0");
    apply(facts, "virt-7.1", "hw_compat_8_0");
}

static void missing_link(struct facts *facts)
{
    world_unapply(facts, "virt-7.2", "hw_compat_8_0");
}

static void test_lists_of_arrays(void **state)
{
    assert_verdict(newest_applies_old,
                   "compat-family-missed:pc-q35-8.1+hw_compat_8_0:error; "
                   "compat-family-missed:virt-8.1+hw_compat_8_0:error");
    assert_verdict(wrong_order,
                   "compat-family-missed:virt-7.1+hw_compat_8_0:error");
    assert_verdict(missing_link,
                   "compat-family-missed:virt-7.2+hw_compat_8_0:error");
}

static void test_old_fault_of_a_list(void **state)
{
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, NULL),
                 world_new(true, missing_link),
                 world_new(true, missing_link));
    verdict_run(&verdict);
    assert_int_equal(verdict.result->findings->len, 0);
}

static void entry_is_default(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "lone", "rate", "0xa");
}

static void old_entry_is_default(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "10");
}

static void entry_again(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "lone", "rate", "5");
    world_add_entry(facts, "hw_compat_7_2", "lone", "rate", "5");
}

static void entry_back(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "lone", "rate", "5");
    world_add_entry(facts, "hw_compat_7_2", "lone", "rate", "10");
}

static void entry_for_some(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_8_0", "demo-fast", "queues", "5");
    world_add_entry(facts, "hw_compat_7_2", "demo-base", "queues", "4");
}

static void default_by_code(struct facts *facts)
{
    world_property(facts, "lone", "rate")->def = value_absent();
    world_add_entry(facts, "hw_compat_8_0", "lone", "rate", "0");
}

static void entry_of_cpu(struct facts *facts)
{
    world_add_type(facts, "cpu", "device")->abstract = true;
    world_add_type(facts, "one-cpu", "cpu");
    world_add_bool(facts, "one-cpu", "fpu", false);
    world_add_entry(facts, "hw_compat_8_0", "one-cpu", "fpu", "off");
}

static void assert_audit(edit_fn *edit, const char *expected)
{
    g_auto(Verdict) verdict;
    g_autofree char *text = NULL;

    verdict_init(&verdict, NULL, NULL, world_new(true, edit));
    verdict_run(&verdict);
    text = verdict_text(&verdict);
    assert_string_equal(text, expected);
}

static void test_dead_entries(void **state)
{
    assert_audit(entry_is_default, "compat-dead-entry:lone.rate:note");
    assert_audit(entry_again, "compat-dead-entry:lone.rate:note");
    assert_audit(entry_back, "");
    /* The second one puts demo-fast back. */
    assert_audit(entry_for_some,
                 "compat-narrow-driver:demo-fast.queues:note");
    assert_audit(default_by_code, "");
    assert_audit(entry_of_cpu, "");
    assert_change(old_entry_is_default, old_entry_is_default, "");
}

static void entries_for_two_of_three(struct facts *facts)
{
    world_add_type(facts, "demo-slow", "demo-base");
    world_add_entry(facts, "hw_compat_8_0", "demo", "queues", "2");
    world_add_entry(facts, "hw_compat_8_0", "demo-fast", "queues", "2");
}

static enum check_past past_of(void *opaque, const char *type,
                               const struct version *version)
{
    const enum check_past *past = opaque;

    assert_int_equal(version->major, 8);
    assert_int_equal(version->minor, 0);
    assert_string_equal(type, "demo-slow");
    return *past;
}

static void assert_sibling(enum check_past past, const char *expected)
{
    g_auto(Verdict) verdict;
    g_autofree char *text = NULL;

    verdict_init(&verdict, NULL, NULL,
                 world_new(true, entries_for_two_of_three));
    verdict.input.past = past_of;
    verdict.input.opaque = &past;
    verdict_run(&verdict);
    text = verdict_text(&verdict);
    assert_string_equal(text, expected);
}

static void test_sibling_in_audit(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;

    assert_sibling(PAST_HAD, "compat-narrow-driver:demo.queues:warning");
    assert_sibling(PAST_UNKNOWN, "compat-narrow-driver:demo.queues:note");
    assert_sibling(PAST_LACKED, "");

    verdict_init(&verdict, NULL, NULL,
                 world_new(true, entries_for_two_of_three));
    verdict_run(&verdict);
    /* One slip, and nobody knows what was released. */
    assert_int_equal(verdict.result->findings->len, 1);
    finding = g_ptr_array_index(verdict.result->findings, 0);
    assert_int_equal(finding->severity, SEVERITY_NOTE);
    assert_non_null(strstr(finding->message,
                           "covers demo and demo-fast only: demo-slow"));
}

static void everything(struct facts *facts)
{
    unknown_driver(facts);
    two_entries(facts);
}

static void test_audit_of_one_tree(void **state)
{
    g_auto(Verdict) verdict;
    g_autofree char *text = NULL;

    verdict_init(&verdict, NULL, NULL, world_new(true, everything));
    verdict_run(&verdict);
    text = verdict_text(&verdict);
    assert_string_equal(text, "compat-unknown-driver:no-such-type.rate:error; "
                              "compat-duplicate:lone.rate:note");
}

static void declared_twice(struct facts *facts)
{
    world_add_bool(facts, "lone", "multifunction", false);
}

static void added_to_objects(struct facts *facts)
{
    declared_twice(facts);
    world_property(facts, "lone", "multifunction")->origin = ORIGIN_INSTANCE;
}

static void test_declared_twice(void **state)
{
    assert_audit(declared_twice, "compat-bad-value:lone.multifunction:error");
    assert_change(NULL, declared_twice,
                  "compat-bad-value:lone.multifunction:error");
    assert_change(declared_twice, declared_twice, "");
    assert_audit(added_to_objects, "");
}

static void test_rules_are_complete(void **state)
{
    const struct rule *const *rules = rules_all();
    gsize n = 0;

    for (; rules[n]; n++) {
        g_autofree char *markdown = rule_to_markdown(rules[n]);
        g_autofree char *text = rule_to_text(rules[n]);

        assert_true(n == 0 || strcmp(rules[n - 1]->id, rules[n]->id) < 0);
        assert_ptr_equal(rule_find(rules[n]->id), rules[n]);
        assert_non_null(strstr(markdown, rules[n]->remedy));
        assert_non_null(strstr(text, rules[n]->title));
        assert_true(rules[n]->rationale && rules[n]->limits);
    }
    assert_int_equal(n, 19);
    assert_null(rule_find("no-such-rule"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown_driver),
        cmocka_unit_test(test_suggestion),
        cmocka_unit_test(test_suggestion_by_property),
        cmocka_unit_test(test_unknown_property),
        cmocka_unit_test(test_entry_left_behind),
        cmocka_unit_test(test_type_left_behind),
        cmocka_unit_test(test_bad_value),
        cmocka_unit_test(test_duplicate),
        cmocka_unit_test(test_sibling_without_entry),
        cmocka_unit_test(test_lists_of_arrays),
        cmocka_unit_test(test_old_fault_of_a_list),
        cmocka_unit_test(test_dead_entries),
        cmocka_unit_test(test_sibling_in_audit),
        cmocka_unit_test(test_audit_of_one_tree),
        cmocka_unit_test(test_declared_twice),
        cmocka_unit_test(test_rules_are_complete),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
