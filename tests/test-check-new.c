/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Properties that come, go, and change their kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "check-world.h"

static struct verdict judge(edit_fn *edit, const struct check_fix *fix)
{
    struct verdict verdict;

    verdict_init(&verdict, world_new(false, NULL), world_new(true, NULL),
                 world_new(true, edit));
    verdict.input.fixes = fix;
    verdict.input.n_fixes = fix != NULL;
    verdict_run(&verdict);
    return verdict;
}

static const struct finding *only_finding(const struct verdict *verdict)
{
    assert_int_equal(verdict->result->findings->len, 1);
    return g_ptr_array_index(verdict->result->findings, 0);
}

static void add_off(struct facts *facts)
{
    world_add_bool(facts, "lone", "fancy", false);
}

static void add_zero(struct facts *facts)
{
    world_add_uint(facts, "lone", "depth", 0);
}

static void add_without_default(struct facts *facts)
{
    world_add_uint(facts, "lone", "depth", 0)->def = value_absent();
}

static void add_auto(struct facts *facts)
{
    static const char *const modes[] = { "on", "auto", "off", NULL };
    struct property *property = world_add_uint(facts, "lone", "mode", 0);

    property->kind = facts_add_kind(facts, g_intern_string("Mode"), NULL,
                                    SYNTAX_ENUM, 0, modes);
    property->def = value_string("auto");
}

static void add_all_ones(struct facts *facts)
{
    world_add_uint(facts, "lone", "depth", UINT32_MAX);
}

static void add_spelled_sentinel(struct facts *facts)
{
    world_add_uint(facts, "lone", "node", 128)->spelling =
        g_intern_string("MAX_NODES_UNASSIGNED");
    world_add_uint(facts, "lone", "slot", 128)->spelling =
        g_intern_string("SLOT_ANY");
}

static void add_host_side(struct facts *facts)
{
    world_add_bool(facts, "lone", "ioeventfd", true);
    world_add_uint(facts, "lone", "x-idle-timeout-ms", 5);
}

static void add_old_behaviour(struct facts *facts)
{
    world_add_bool(facts, "lone", "x-legacy-reset", true);
    world_add_bool(facts, "lone", "has-port", true);
}

static void add_sub_option(struct facts *facts)
{
    world_add_bool(facts, "lone", "cache", false);
    world_add_uint(facts, "lone", "cache-size", 64);
}

static void test_neutral_defaults(void **state)
{
    assert_verdict(add_off, "");
    assert_verdict(add_zero, "");
    assert_verdict(add_without_default, "");
    assert_verdict(add_auto, "");
    assert_verdict(add_all_ones, "");
    assert_verdict(add_host_side, "");
    assert_verdict(add_old_behaviour, "");
    assert_verdict(add_sub_option, "");
}

static void test_sentinel_is_a_word(void **state)
{
    assert_verdict(add_spelled_sentinel,
                   "new-property-active:lone.node:note");
}

static void add_on(struct facts *facts)
{
    world_add_bool(facts, "lone", "fancy", true);
}

static void add_number(struct facts *facts)
{
    world_add_uint(facts, "lone", "depth", 64)->spelling =
        g_intern_string("64");
}

static void add_wiring(struct facts *facts)
{
    world_type(facts, "lone")->user_creatable = false;
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "10");
    add_number(facts);
}

static void test_active_and_unknown(void **state)
{
    g_auto(Verdict) verdict = judge(add_on, NULL);
    const struct finding *finding = only_finding(&verdict);

    assert_string_equal(finding->rule, "new-property-active");
    assert_int_equal(finding->severity, SEVERITY_WARNING);
    assert_int_equal(finding->confidence, CONFIDENCE_LOW);
    assert_int_equal(finding->old_value.kind, VALUE_ABSENT);
    assert_verdict(add_number, "new-property-active:lone.depth:warning");
    assert_verdict(add_wiring, "compat-dead-entry:lone.rate:note; "
                               "new-property-active:lone.depth:note");
}

/* demo-base bound DemoProxy.nvectors in the release: 0 on a device that had
 * no such property, whatever the new default means. */
static void add_vectors(struct facts *facts)
{
    struct property *property =
        world_add_uint(facts, "vdemo-pci-base", "vectors", UINT32_MAX);

    property->spelling = g_intern_string("VECTORS_UNSPECIFIED");
    world_bind(property, "DemoProxy", "nvectors", -1);
}

static void add_vectors_kept(struct facts *facts)
{
    add_vectors(facts);
    world_add_entry(facts, "hw_compat_8_0", "vdemo-pci-base", "vectors", "0");
}

static void add_vectors_kept_wrong(struct facts *facts)
{
    add_vectors(facts);
    world_add_entry(facts, "hw_compat_8_0", "vdemo-pci-base", "vectors", "2");
}

static void test_existing_field(void **state)
{
    g_auto(Verdict) verdict = judge(add_vectors, NULL);
    const struct finding *finding = only_finding(&verdict);

    assert_string_equal(finding->rule, "new-property-active");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_string_equal(finding->needed_array, "hw_compat_8_0");
    assert_int_equal(finding->devices->len, 2);
    assert_verdict(add_vectors_kept, "");
    assert_verdict(add_vectors_kept_wrong,
                   "compat-wrong-value:vdemo-pci-base.vectors:error");
}

static void flag_bit(struct facts *facts, int bit)
{
    world_bind(world_add_bool(facts, "vdemo-pci-base", "flag", true),
               "DemoProxy", "flags", bit);
}

static void new_bit(struct facts *facts)
{
    flag_bit(facts, 4);
}

static void flags_in_use(struct facts *facts)
{
    world_bind(world_add_bool(facts, "demo-base", "flag", true),
               "DemoProxy", "flags", 4);
    record_add_field(facts_add_record(facts, g_intern_string("DemoProxy")),
                     g_intern_string("flags"), g_intern_string("uint32_t"));
}

static void flags_and_bit(struct facts *facts)
{
    flags_in_use(facts);
    new_bit(facts);
}

static void flags_and_other_bit(struct facts *facts)
{
    flags_in_use(facts);
    flag_bit(facts, 5);
}

/* A bit has a meaning only where a released property gave it one. */
static void test_existing_bit(void **state)
{
    static edit_fn *const edits[] = { flags_and_bit, flags_and_other_bit };
    static const enum severity levels[] = { SEVERITY_ERROR,
                                            SEVERITY_WARNING };

    for (gsize i = 0; i < 2; i++) {
        g_auto(Verdict) verdict;

        verdict_init(&verdict, world_new(false, flags_in_use), NULL,
                     world_new(true, edits[i]));
        verdict.input.base = verdict.released;
        verdict_run(&verdict);
        assert_int_equal(only_finding(&verdict)->severity, levels[i]);
    }
}

static void record_of_lone(struct facts *facts)
{
    struct record *outer = facts_add_record(facts,
                                            g_intern_string("LoneState"));
    struct record *inner = facts_add_record(facts,
                                            g_intern_string("LoneConf"));

    record_add_field(outer, g_intern_string("conf"),
                     g_intern_string("struct LoneConf[2]"));
    record_add_field(inner, g_intern_string("burst"),
                     g_intern_string("uint32_t"));
}

static void bind_path(struct facts *facts, const char *path)
{
    record_of_lone(facts);
    world_bind(world_add_uint(facts, "lone", "burst", 7), "LoneState", path,
               -1);
}

static void burst_of_old_field(struct facts *facts)
{
    bind_path(facts, "conf[1].burst");
}

static void burst_of_new_field(struct facts *facts)
{
    bind_path(facts, "conf[1].bursts");
}

static void test_field_of_the_released_struct(void **state)
{
    static edit_fn *const edits[] = { burst_of_old_field,
                                      burst_of_new_field };
    static const enum severity levels[] = { SEVERITY_ERROR,
                                            SEVERITY_WARNING };

    for (gsize i = 0; i < 2; i++) {
        g_auto(Verdict) verdict;

        verdict_init(&verdict, world_new(false, record_of_lone), NULL,
                     world_new(true, edits[i]));
        verdict.input.base = verdict.released;
        verdict_run(&verdict);
        assert_int_equal(only_finding(&verdict)->severity, levels[i]);
    }
}

static struct property *auto_of_old_field(struct facts *facts)
{
    static const char *const modes[] = { "144", "auto", NULL };
    struct property *property = world_add_uint(facts, "lone", "type", 0);

    record_of_lone(facts);
    property->kind = facts_add_kind(facts, g_intern_string("Type"), NULL,
                                    SYNTAX_ENUM, 0, modes);
    property->def = value_string("auto");
    world_bind(property, "LoneState", "conf[1].burst", -1);
    return property;
}

static void auto_of_code(struct facts *facts)
{
    auto_of_old_field(facts);
}

static void auto_spelled(struct facts *facts)
{
    struct property *property = auto_of_old_field(facts);

    property->def = value_unevaluated("TYPE_AUTO");
    property->spelling = g_intern_string("TYPE_AUTO");
}

/* Code wrote the field, and goes on where the default leaves it to it. */
static void test_field_that_code_wrote(void **state)
{
    static edit_fn *const edits[] = { auto_of_code, auto_spelled };

    for (gsize i = 0; i < G_N_ELEMENTS(edits); i++) {
        g_auto(Verdict) verdict;

        verdict_init(&verdict, world_new(false, record_of_lone), NULL,
                     world_new(true, edits[i]));
        verdict.input.base = verdict.released;
        verdict_run(&verdict);
        assert_int_equal(verdict.result->findings->len, 0);
    }
}

static void on_kept(struct facts *facts)
{
    add_on(facts);
    world_add_entry(facts, "hw_compat_8_0", "lone", "fancy", "off");
}

static void on_kept_for_7_2(struct facts *facts)
{
    add_on(facts);
    world_add_entry(facts, "hw_compat_7_2", "lone", "fancy", "off");
}

static void on_kept_for_6_0(struct facts *facts)
{
    struct compat_array *array =
        facts_add_array(facts, g_intern_string("hw_compat_6_0"));

    array->name = array->id;
    add_on(facts);
    world_add_entry(facts, "hw_compat_6_0", "lone", "fancy", "off");
}

/* The default is neutral by its looks; the author knows better. */
static void off_kept_for_7_2(struct facts *facts)
{
    add_off(facts);
    world_add_entry(facts, "hw_compat_7_2", "lone", "fancy", "on");
}

static void test_new_property_with_entry(void **state)
{
    assert_verdict(on_kept, "");
    assert_verdict(on_kept_for_7_2, "compat-wrong-version:lone.fancy:error");
    /* Three releases back: nobody forgets a patch for that long. */
    assert_verdict(on_kept_for_6_0, "compat-wrong-version:lone.fancy:note");
    assert_verdict(off_kept_for_7_2, "compat-wrong-version:lone.fancy:error");
}

static void test_fixes_trailer(void **state)
{
    static const struct check_fix after_7_2 = { { 7, 2, -1 }, true };
    static const struct check_fix after_7_1 = { { 7, 1, -1 }, true };
    static const struct check_fix unreleased = { { 7, 2, -1 }, false };
    g_auto(Verdict) right = judge(on_kept_for_7_2, &after_7_2);
    g_auto(Verdict) wrong = judge(on_kept_for_7_2, &after_7_1);
    g_auto(Verdict) young = judge(on_kept_for_7_2, &unreleased);
    g_autofree char *right_text = verdict_text(&right);
    g_autofree char *wrong_text = verdict_text(&wrong);
    g_autofree char *young_text = verdict_text(&young);

    assert_string_equal(right_text,
                        "released-compat-edited:lone.fancy:note");
    assert_int_equal(only_finding(&right)->machines->len, 4);
    assert_string_equal(wrong_text,
                        "compat-wrong-version:lone.fancy:warning");
    assert_string_equal(young_text,
                        "compat-wrong-version:lone.fancy:warning");
}

static void vectors_for_one(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_2", "vdemo-pci", "vectors", "0");
}

/* A late fix that forgets a sibling: the release had the property already, so
 * the equation has nothing to say about the sibling. */
static void late_fix_for_one(struct facts *facts)
{
    add_vectors(facts);
    world_type(facts, "vdemo-pci-base")->instance_struct =
        g_intern_string("VDemoPCI");
    vectors_for_one(facts);
}

static void vectors_released(struct facts *facts)
{
    add_vectors(facts);
    world_type(facts, "vdemo-pci-base")->instance_struct =
        g_intern_string("VDemoPCI");
}

static void test_late_fix_of_one_sibling(void **state)
{
    static const struct check_fix fix = { { 7, 2, -1 }, true };
    g_auto(Verdict) verdict;
    g_autofree char *text = NULL;
    const struct finding *finding;

    verdict_init(&verdict, world_new(false, vectors_released),
                 world_new(true, vectors_released),
                 world_new(true, late_fix_for_one));
    verdict.input.fixes = &fix;
    verdict.input.n_fixes = 1;
    verdict_run(&verdict);
    text = verdict_text(&verdict);
    assert_string_equal(text,
                        "compat-narrow-driver:vdemo-pci.vectors:error; "
                        "released-compat-edited:vdemo-pci-base.vectors:note");
    finding = g_ptr_array_index(verdict.result->findings, 0);
    assert_int_equal(finding->devices->len, 1);
    assert_string_equal(g_ptr_array_index(finding->devices, 0),
                        "vdemo-pci-transitional");
}

static void hide_lone(struct facts *facts)
{
    facts_add_gap(facts, g_intern_string("hw/demo.c"), 7,
                  g_intern_string("table not bound"));
}

static void remove_rate(struct facts *facts)
{
    world_remove_property(facts, "lone", "rate");
}

static void test_gap_may_hide_a_property(void **state)
{
    g_auto(Verdict) verdict;

    /* Was it there and not found, or is it new? */
    verdict_init(&verdict, world_new(false, hide_lone), NULL,
                 world_new(true, add_on));
    verdict.input.base = verdict.released;
    verdict_run(&verdict);
    assert_int_equal(verdict.result->findings->len, 0);
}

static void bind_rate(struct facts *facts)
{
    world_bind(world_property(facts, "lone", "rate"), "LoneState", "rate", -1);
    record_add_field(facts_add_record(facts, g_intern_string("LoneState")),
                     g_intern_string("rate"), g_intern_string("uint32_t"));
}

static void share_rate(struct facts *facts)
{
    bind_rate(facts);
    world_bind(world_add_uint(facts, "demo-base", "rate", 1), "LoneState",
               "rate", -1);
}

static void keep_shared_field(struct facts *facts)
{
    share_rate(facts);
    remove_rate(facts);
}

static void keep_field(struct facts *facts)
{
    bind_rate(facts);
    remove_rate(facts);
}

static void rate_on_7_1(struct facts *facts)
{
    share_rate(facts);
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "5");
}

static void test_removed_property(void **state)
{
    static const struct {
        edit_fn *before, *after;
        const char *expected;
    } cases[] = {
        { share_rate, keep_shared_field, "property-removed:lone.rate:error" },
        { bind_rate, keep_field, "property-removed:lone.rate:warning" },
        { share_rate, remove_rate, "" },
        { rate_on_7_1, remove_rate, "property-removed:lone.rate:note" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Verdict) verdict;
        g_autofree char *text = NULL;

        verdict_init(&verdict, world_new(false, cases[i].before), NULL,
                     world_new(true, cases[i].after));
        verdict.input.base = verdict.released;
        verdict_run(&verdict);
        text = verdict_text(&verdict);
        assert_string_equal(text, cases[i].expected);
    }
}

static void set_fancy(struct facts *facts)
{
    world_add_entry(facts, "hw_compat_7_1", "lone", "fancy", "off");
}

static void fancy_found(struct facts *facts)
{
    add_on(facts);
    set_fancy(facts);
}

/* The release sets it, so it had it: only the declaration was not found. */
static void test_property_that_an_entry_proves(void **state)
{
    g_auto(Verdict) verdict;

    verdict_init(&verdict, world_new(false, set_fancy), NULL,
                 world_new(true, fancy_found));
    verdict.input.base = verdict.released;
    verdict_run(&verdict);
    assert_int_equal(verdict.result->findings->len, 0);
}

static void rate_5_on_7_1(struct facts *facts)
{
    world_bind(world_property(facts, "lone", "rate"), "LoneState", "rate", -1);
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "5");
}

static void rename_rate(struct facts *facts)
{
    remove_rate(facts);
    world_bind(world_add_uint(facts, "lone", "speed", 10), "LoneState",
               "rate", -1);
}

static void rename_all(struct facts *facts)
{
    rename_rate(facts);
    world_add_entry(facts, "hw_compat_7_1", "lone", "speed", "5");
}

static void rename_declaration(struct facts *facts)
{
    rename_rate(facts);
    world_add_entry(facts, "hw_compat_7_1", "lone", "rate", "5");
}

static void rename_and_drop(struct facts *facts)
{
    rename_rate(facts);
}

static void test_renamed_property(void **state)
{
    static const struct {
        edit_fn *edit;
        const char *expected;
    } cases[] = {
        { rename_all, "" },
        { rename_declaration,
          "released-compat-edited:lone.speed:warning; "
          "property-removed:lone.rate:error" },
        { rename_and_drop, "released-compat-edited:lone.speed:warning" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Verdict) verdict;
        g_autofree char *text = NULL;

        verdict_init(&verdict, world_new(false, rate_5_on_7_1), NULL,
                     world_new(true, cases[i].edit));
        verdict.input.base = verdict.released;
        verdict_run(&verdict);
        text = verdict_text(&verdict);
        assert_string_equal(text, cases[i].expected);
    }
}

static void signal_auto(struct facts *facts)
{
    static const char *const modes[] = { "auto", "on", "off", NULL };
    struct property *property =
        world_property(facts, "sysbus-demo", "signal");

    property->kind = facts_add_kind(facts, g_intern_string("OnOffAuto"), NULL,
                                    SYNTAX_ENUM, 0, modes);
    property->def = value_string("on");
}

static void signal_number(struct facts *facts)
{
    struct property *property =
        world_property(facts, "sysbus-demo", "signal");

    property->kind = facts_add_kind(facts, g_intern_string("uint8"), NULL,
                                    SYNTAX_UINT, 8, NULL);
    property->def = value_uint(1);
}

static void test_other_kind(void **state)
{
    assert_verdict(signal_auto,
                   "property-kind-changed:sysbus-demo.signal:note");
    assert_verdict(signal_number,
                   "property-kind-changed:sysbus-demo.signal:warning");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neutral_defaults),
        cmocka_unit_test(test_sentinel_is_a_word),
        cmocka_unit_test(test_active_and_unknown),
        cmocka_unit_test(test_existing_field),
        cmocka_unit_test(test_existing_bit),
        cmocka_unit_test(test_field_of_the_released_struct),
        cmocka_unit_test(test_field_that_code_wrote),
        cmocka_unit_test(test_new_property_with_entry),
        cmocka_unit_test(test_fixes_trailer),
        cmocka_unit_test(test_late_fix_of_one_sibling),
        cmocka_unit_test(test_gap_may_hide_a_property),
        cmocka_unit_test(test_removed_property),
        cmocka_unit_test(test_property_that_an_entry_proves),
        cmocka_unit_test(test_renamed_property),
        cmocka_unit_test(test_other_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
