/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The equation: what released machine types get, before and after. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "check-world.h"
#include "check/compare.h"
#include "check/track.h"
#include "model/effective.h"

static const struct finding *only_finding(const struct verdict *verdict)
{
    assert_int_equal(verdict->result->findings->len, 1);
    return g_ptr_array_index(verdict->result->findings, 0);
}

static void queues_8(struct facts *facts)
{
    world_property(facts, "demo-base", "queues")->def = value_uint(8);
}

static void queues_8_kept(struct facts *facts)
{
    queues_8(facts);
    world_add_entry(facts, "hw_compat_8_0", "demo-base", "queues", "0x4");
}

static void test_same_world_is_clean(void **state)
{
    assert_verdict(NULL, "");
}

static void test_changed_default(void **state)
{
    assert_verdict(queues_8, "default-changed:demo-base.queues:error");
    assert_verdict(queues_8_kept, "");
}

static void test_finding_says_it_all(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, queues_8));
    verdict_run(&verdict);
    finding = only_finding(&verdict);
    assert_string_equal(finding->driver, "demo-base");
    assert_string_equal(finding->property, "queues");
    assert_string_equal(finding->needed_array, "hw_compat_8_0");
    assert_null(finding->found_array);
    assert_int_equal(finding->old_value.uinteger, 4);
    assert_int_equal(finding->new_value.uinteger, 8);
    assert_int_equal(finding->machines->len, 6);
    assert_int_equal(finding->devices->len, 2);
    assert_string_equal(g_ptr_array_index(finding->devices, 0), "demo");
    assert_string_equal(g_ptr_array_index(finding->devices, 1), "demo-fast");
    assert_non_null(strstr(finding->message, "from 4 to 8"));
    assert_int_equal(strlen(finding->fingerprint), 64);
}

/* Before the new machine types come there is no array to put it in. */
static void test_array_is_not_there_yet(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;
    const struct related *related;

    verdict_init(&verdict, NULL, world_new(false, NULL),
                 world_new(false, queues_8));
    verdict_run(&verdict);
    finding = only_finding(&verdict);
    assert_string_equal(finding->needed_array, "hw_compat_8_0");
    related = g_ptr_array_index(finding->related,
                                finding->related->len - 1);
    assert_non_null(strstr(related->message, "does not exist"));
}

static void queues_kept_for_7_2(struct facts *facts)
{
    queues_8(facts);
    world_add_entry(facts, "hw_compat_7_2", "demo-base", "queues", "4");
}

static void queues_kept_as_5(struct facts *facts)
{
    queues_8(facts);
    world_add_entry(facts, "hw_compat_8_0", "demo-base", "queues", "5");
}

static void queues_kept_for_demo(struct facts *facts)
{
    queues_8(facts);
    world_add_entry(facts, "hw_compat_8_0", "demo", "queues", "4");
}

static void queues_kept_for_nobody(struct facts *facts)
{
    queues_8(facts);
    world_add_entry(facts, "hw_compat_8_0", "demo-bas", "queues", "4");
}

static void test_entry_that_fails(void **state)
{
    assert_verdict(queues_kept_for_7_2,
                   "compat-wrong-version:demo-base.queues:error");
    assert_verdict(queues_kept_as_5,
                   "compat-wrong-value:demo-base.queues:error");
    assert_verdict(queues_kept_for_demo,
                   "compat-narrow-driver:demo-base.queues:error");
    assert_verdict(queues_kept_for_nobody,
                   "compat-unknown-driver:demo-bas.queues:error");
}

static void test_wrong_version_names_both_arrays(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, queues_kept_for_7_2));
    verdict_run(&verdict);
    finding = only_finding(&verdict);
    assert_string_equal(finding->needed_array, "hw_compat_8_0");
    assert_string_equal(finding->found_array, "hw_compat_7_2");
    assert_int_equal(finding->machines->len, 2);
}

static void queues_kept_not_for_virt(struct facts *facts)
{
    queues_8_kept(facts);
    world_unapply(facts, "virt-8.0", "hw_compat_8_0");
}

static void queues_kept_on_pc(struct facts *facts)
{
    struct compat_array *array =
        facts_add_array(facts, g_intern_string("pc_compat_8_0"));

    array->name = array->id;
    queues_8(facts);
    world_add_entry(facts, "pc_compat_8_0", "demo-base", "queues", "4");
    for (guint i = 0; i < facts->machines->len; i++) {
        struct machine *machine = g_ptr_array_index(facts->machines, i);

        if (g_str_has_prefix(machine->name, "pc-") &&
            !g_str_has_suffix(machine->name, "8.1")) {
            g_ptr_array_insert(machine->compat, 0, array);
        }
    }
}

static void test_family_without_the_array(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;

    /* The list of arrays is the cause, the value only its effect. */
    assert_verdict(queues_kept_not_for_virt,
                   "compat-family-missed:virt-8.0+hw_compat_8_0:error");
    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, queues_kept_on_pc));
    verdict_run(&verdict);
    finding = only_finding(&verdict);
    assert_string_equal(finding->rule, "compat-family-missed");
    assert_string_equal(finding->found_array, "pc_compat_8_0");
    assert_string_equal(finding->needed_array, "hw_compat_8_0");
    assert_int_equal(finding->machines->len, 3);
}

/* Values are compared by meaning. */
static void size_64k(struct facts *facts)
{
    world_property(facts, "demo-base", "size")->def = value_uint(131072);
    world_add_entry(facts, "hw_compat_8_0", "demo-base", "size", "64K");
}

static void test_meaning_not_spelling(void **state)
{
    assert_verdict(size_64k, "");
}

static void depth_256(struct facts *facts)
{
    world_property(facts, "vdemo-device", "depth")->def = value_uint(256);
}

static void depth_256_kept(struct facts *facts)
{
    depth_256(facts);
    world_add_entry(facts, "hw_compat_8_0", "vdemo-device", "depth", "128");
}

static void depth_256_kept_outside(struct facts *facts)
{
    depth_256(facts);
    world_add_entry(facts, "hw_compat_8_0", "vdemo-pci-base", "depth",
                    "128");
}

static void depth_256_kept_on_one(struct facts *facts)
{
    depth_256(facts);
    world_add_entry(facts, "hw_compat_8_0", "vdemo-pci", "depth", "128");
}

static void test_device_inside_another(void **state)
{
    g_auto(Verdict) verdict;

    assert_verdict(depth_256_kept, "");
    /* What wraps the device is covered. */
    assert_verdict(depth_256_kept_outside,
                   "compat-narrow-driver:vdemo-device.depth:note");
    assert_verdict(depth_256_kept_on_one,
                   "compat-narrow-driver:vdemo-device.depth:error");
    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, depth_256));
    verdict_run(&verdict);
    /* One cause, one finding, all three types. */
    assert_int_equal(only_finding(&verdict)->devices->len, 3);
}

static void signal_off(struct facts *facts)
{
    world_property(facts, "sysbus-demo", "signal")->def = value_bool(false);
}

static void test_only_machines_that_can_have_the_device(void **state)
{
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, signal_off));
    verdict_run(&verdict);
    assert_int_equal(only_finding(&verdict)->machines->len, 3);
}

static void lone_is_unmigratable(struct facts *facts)
{
    world_type(facts, "lone")->unmigratable = true;
    world_property(facts, "lone", "rate")->def = value_uint(20);
}

/* All machine types of its target are versioned. */
static void unmigratable_part_of_pc(struct facts *facts)
{
    signal_off(facts);
    world_type(facts, "sysbus-demo")->unmigratable = true;
}

static void test_no_promise_is_a_note(void **state)
{
    assert_verdict(lone_is_unmigratable, "default-changed:lone.rate:note");
    assert_verdict(unmigratable_part_of_pc,
                   "default-changed:sysbus-demo.signal:error");
}

static void rate_not_evaluated(struct facts *facts)
{
    world_property(facts, "lone", "rate")->def =
        value_unevaluated("RATE * factor()");
}

static void test_unevaluated_is_neither_equal_nor_an_error(void **state)
{
    assert_verdict(rate_not_evaluated, "default-changed:lone.rate:warning");
}

static void rate_minus_one(struct facts *facts)
{
    struct property *property = world_property(facts, "lone", "rate");

    property->kind = facts_add_kind(facts, g_intern_string("int32"), NULL,
                                    SYNTAX_INT, 32, NULL);
    property->def = value_int(-1);
}

static void rate_not_reported(struct facts *facts)
{
    world_property(facts, "lone", "rate")->def = value_absent();
}

static void test_no_evidence_of_a_change(void **state)
{
    assert_verdict(rate_minus_one,
                   "default-changed:lone.rate:note; "
                   "property-kind-changed:lone.rate:note");
    assert_verdict(rate_not_reported, "default-changed:lone.rate:note");
}

/* Before v8.2 a list was a number, its length, and its elements. */
static void test_lists(void **state)
{
    static const struct property_kind length = {
        .name = "uint32", .syntax = SYNTAX_UINT, .bits = 32,
    }, list = { .name = "list", .syntax = SYNTAX_OPAQUE };
    const struct property old = { .kind = &length }, new = { .kind = &list };
    const struct value none = value_list(), zero = value_uint(0);
    const struct value two = value_uint(2);

    assert_int_equal(values_same(&old, &zero, &new, &none), SAME_YES);
    assert_int_equal(values_same(&old, &two, &new, &none), SAME_NO);
    assert_int_equal(values_same(&new, &none, &new, &none), SAME_YES);
}

static void test_what_base_broke_is_no_news(void **state)
{
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, NULL),
                 world_new(true, queues_8), world_new(true, queues_8));
    verdict.input.subtract_base = true;
    verdict_run(&verdict);
    assert_int_equal(verdict.result->findings->len, 0);
}

static void queues_16(struct facts *facts)
{
    world_property(facts, "demo-base", "queues")->def = value_uint(16);
}

static void test_base_broke_it_otherwise(void **state)
{
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, NULL),
                 world_new(true, queues_8), world_new(true, queues_16));
    verdict.input.subtract_base = true;
    verdict_run(&verdict);
    assert_string_equal(only_finding(&verdict)->rule, "default-changed");
}

static void test_put_back_is_a_fix(void **state)
{
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, NULL),
                 world_new(true, queues_8), world_new(true, NULL));
    verdict.input.subtract_base = true;
    verdict_run(&verdict);
    assert_int_equal(verdict.result->findings->len, 0);
}

/* Born after the release: free to change. */
static void add_young(struct facts *facts)
{
    world_add_type(facts, "young", "pci-device");
    world_add_uint(facts, "young", "queues", 1);
    world_add_bool(facts, "young", "fancy", true);
}

static void test_new_device_is_free(void **state)
{
    assert_verdict(add_young, "");
}

static void edit_7_1(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "5");
}

static void test_released_array_edited(void **state)
{
    assert_verdict(edit_7_1, "released-compat-edited:lone.rate:warning");
}

static void test_released_entry_removed(void **state)
{
    g_auto(Verdict) verdict;
    const struct finding *finding;

    verdict_init(&verdict, world_new(false, edit_7_1), NULL,
                 world_new(true, NULL));
    verdict.input.base = verdict.released;
    verdict_run(&verdict);
    finding = only_finding(&verdict);
    assert_string_equal(finding->rule, "released-compat-edited");
    assert_int_equal(finding->machines->len, 2);
    assert_string_equal(finding->loc.file, "hw/core/machine.c");
}

static void test_late_fix_is_a_note(void **state)
{
    static const struct check_fix fix = { { 7, 1, -1 }, true };
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, edit_7_1));
    verdict.input.fixes = &fix;
    verdict.input.n_fixes = 1;
    verdict_run(&verdict);
    assert_int_equal(only_finding(&verdict)->severity, SEVERITY_NOTE);
}

static void two_entries(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_2", "lone", "rate", "5");
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "10");
}

/* pc-q35-7.1 and virt-7.1 lose two entries and keep their value. */
static void test_only_results_count(void **state)
{
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, two_entries),
                 world_new(false, two_entries), world_new(true, NULL));
    verdict_run(&verdict);
    assert_int_equal(only_finding(&verdict)->machines->len, 2);
}

static void wild_entries(struct facts *facts)
{
    static const char *const drivers[] = {
        "device", "pci-device", "demo-base", "demo", "vdemo-device",
        "vdemo-pci-base", "vdemo-pci", "virtio-device", "lone",
    };
    static const char *const names[] = { "queues", "depth", "rate",
                                         "multifunction", "mode" };
    static const char *const arrays[] = { "hw_compat_7_1", "hw_compat_7_2",
                                          "hw_compat_8_0" };

    for (guint i = 0; i < 135; i++) {
        g_autofree char *value = g_strdup_printf("%u", i * 7 % 31);

        world_add_entry(facts, arrays[i * 11 % 3], drivers[i * 5 % 9],
                        names[i % 5], value);
    }
}

/* Two ways to the same answer. */
static void test_tracks_agree_with_the_model(void **state)
{
    g_autoptr(Facts) facts = world_new(true, wild_entries);
    struct side *side = side_new(facts);
    guint compared = 0;

    for (guint t = 0; t < facts->types->len; t++) {
        const struct qom_type *type = facts_type_at(facts, t);
        GHashTableIter iter;
        gpointer name;

        g_hash_table_iter_init(&iter, side_names(side, type));
        while (g_hash_table_iter_next(&iter, &name, NULL)) {
            g_auto(Track) track;

            track_init(&track, side, type, name);
            assert_true(track.found);
            for (guint m = 0; m < facts->machines->len; m++) {
                const struct machine *machine =
                    g_ptr_array_index(facts->machines, m);
                struct outcome outcome = track_outcome(&track, side, m);
                struct effective effective;

                if (!targets_meet(machine->targets, type->targets)) {
                    continue;
                }
                assert_true(effective_value(facts, machine, type, name,
                                            &effective));
                assert_ptr_equal(outcome.entry ? outcome.entry->ref.entry
                                               : NULL, effective.entry);
                assert_ptr_equal(track.reach.property, effective.property);
                compared++;
            }
        }
    }
    side_free(side);
    assert_true(compared > 100);
}

static void test_levels(void **state)
{
    static const struct check_level levels[] = {
        { "default-*", SEVERITY_WARNING }, { "compat-*", SEVERITY_OFF },
    };
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, queues_8));
    verdict.input.levels = levels;
    verdict.input.n_levels = G_N_ELEMENTS(levels);
    verdict_run(&verdict);
    assert_int_equal(only_finding(&verdict)->severity, SEVERITY_WARNING);
}

static void gaps(struct facts *facts)
{
    facts_add_gap(facts, g_intern_string("hw/a.c"), 3,
                  g_intern_string("strange"));
    facts_add_gap(facts, g_intern_string("hw/b.c"), 0,
                  g_intern_string("parse error"));
}

static void test_gaps_that_touch_the_change(void **state)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_auto(Verdict) verdict;
    const struct gap *gap;

    g_ptr_array_add(paths, (gpointer)(uintptr_t)g_intern_string("hw/b.c"));
    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, gaps));
    verdict.input.changed_paths = paths;
    verdict_run(&verdict);
    assert_int_equal(verdict.result->gaps->len, 2);
    assert_int_equal(verdict.result->n_gaps_touching, 1);
    gap = g_ptr_array_index(verdict.result->gaps, 1);
    assert_true(gap->touches_change);
    assert_int_equal(verdict.result->n_machines, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_world_is_clean),
        cmocka_unit_test(test_changed_default),
        cmocka_unit_test(test_finding_says_it_all),
        cmocka_unit_test(test_array_is_not_there_yet),
        cmocka_unit_test(test_entry_that_fails),
        cmocka_unit_test(test_wrong_version_names_both_arrays),
        cmocka_unit_test(test_family_without_the_array),
        cmocka_unit_test(test_meaning_not_spelling),
        cmocka_unit_test(test_device_inside_another),
        cmocka_unit_test(test_only_machines_that_can_have_the_device),
        cmocka_unit_test(test_no_promise_is_a_note),
        cmocka_unit_test(test_unevaluated_is_neither_equal_nor_an_error),
        cmocka_unit_test(test_no_evidence_of_a_change),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_what_base_broke_is_no_news),
        cmocka_unit_test(test_base_broke_it_otherwise),
        cmocka_unit_test(test_put_back_is_a_fix),
        cmocka_unit_test(test_new_device_is_free),
        cmocka_unit_test(test_released_array_edited),
        cmocka_unit_test(test_released_entry_removed),
        cmocka_unit_test(test_late_fix_is_a_note),
        cmocka_unit_test(test_only_results_count),
        cmocka_unit_test(test_tracks_agree_with_the_model),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_gaps_that_touch_the_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
