/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/facts.h"

static const char *const on_off_auto[] = { "auto", "on", "off", NULL };

static const struct property_kind k_bool = { "bool", NULL, SYNTAX_BOOL };
static const struct property_kind k_int32 = { "int32", NULL, SYNTAX_INT, 32 };
static const struct property_kind k_uint8 = { "uint8", NULL, SYNTAX_UINT, 8 };
static const struct property_kind k_uint32 = {
    "uint32", NULL, SYNTAX_UINT, 32
};
static const struct property_kind k_uint64 = {
    "uint64", NULL, SYNTAX_UINT, 64
};
static const struct property_kind k_size = { "size", NULL, SYNTAX_SIZE, 64 };
static const struct property_kind k_size32 = {
    "size", "qdev_prop_size32", SYNTAX_SIZE, 32
};
static const struct property_kind k_enum = {
    "OnOffAuto", NULL, SYNTAX_ENUM, 0, on_off_auto
};
static const struct property_kind k_text = { "str", NULL, SYNTAX_STRING };
static const struct property_kind k_opaque = { "int32", NULL, SYNTAX_OPAQUE };

/* TEXT means EXPECTED to KIND. */
static void assert_reads(const struct property_kind *kind, const char *text,
                         struct value expected)
{
    struct value value;

    if (!value_parse(kind, text, &value)) {
        fail_msg("%s refuses '%s'", kind->name, text);
    }
    if (value.kind != expected.kind || !value_equal(kind, &value, &expected)) {
        g_autofree char *got = value_to_text(&value);
        fail_msg("%s reads '%s' as %s", kind->name, text, got);
    }
}

static void assert_refuses(const struct property_kind *kind, const char *text)
{
    struct value value = value_int(-77);

    if (value_parse(kind, text, &value)) {
        fail_msg("%s accepts '%s'", kind->name, text);
    }
    assert_int_equal(value.kind, VALUE_INT);
    assert_int_equal(value.integer, -77);
}

static void test_booleans(void **state)
{
    static const char *const yes[] = { "on", "yes", "true", "y" };
    static const char *const no[] = { "off", "no", "false", "n" };
    static const char *const neither[] = { "", "ON", "0", "1", "auto", "on " };

    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
        assert_reads(&k_bool, yes[i], value_bool(true));
        assert_reads(&k_bool, no[i], value_bool(false));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(neither); i++) {
        assert_refuses(&k_bool, neither[i]);
    }
}

static void test_integers(void **state)
{
    assert_reads(&k_int32, "-1", value_int(-1));
    assert_reads(&k_int32, "0x7fffffff", value_int(INT32_MAX));
    assert_reads(&k_int32, "-2147483648", value_int(INT32_MIN));
    assert_refuses(&k_int32, "2147483648");
    assert_refuses(&k_int32, "-2147483649");
    assert_reads(&k_uint8, "255", value_uint(255));
    assert_reads(&k_uint8, "0377", value_uint(255));
    assert_refuses(&k_uint8, "256");
    assert_refuses(&k_uint8, "-1");
    assert_refuses(&k_uint8, "");
    assert_refuses(&k_uint8, "08");
    assert_refuses(&k_uint8, "1k");
    assert_reads(&k_uint32, "0xFFFFFFFF", value_uint(UINT32_MAX));
    assert_refuses(&k_uint32, "-1");
    assert_reads(&k_uint64, "-1", value_uint(UINT64_MAX));
    assert_reads(&k_uint64, "18446744073709551615", value_uint(UINT64_MAX));
    assert_refuses(&k_uint64, "18446744073709551616");
}

static void test_sizes(void **state)
{
    assert_reads(&k_size, "64", value_uint(64));
    assert_reads(&k_size, "64B", value_uint(64));
    assert_reads(&k_size, "0x40", value_uint(64));
    assert_reads(&k_size, "1.5G", value_uint(UINT64_C(3) << 29));
    assert_reads(&k_size, "1.k", value_uint(1024));
    assert_reads(&k_size, ".5k", value_uint(512));
    assert_reads(&k_size, "2e", value_uint(UINT64_C(2) << 60));
    assert_reads(&k_size, "18446744073709551615", value_uint(UINT64_MAX));
    assert_refuses(&k_size, "16E");
    assert_refuses(&k_size, "1.5");
    assert_refuses(&k_size, "1.5B");
    assert_refuses(&k_size, "0x40k");
    assert_refuses(&k_size, "-1");
    assert_refuses(&k_size, "1kk");
    assert_refuses(&k_size, ".");
    assert_refuses(&k_size, "k");
    assert_refuses(&k_size, "");
    assert_reads(&k_size32, "4095M", value_uint(UINT64_C(4095) << 20));
    assert_refuses(&k_size32, "4G");
}

static void test_names(void **state)
{
    assert_reads(&k_enum, "auto", value_string("auto"));
    assert_refuses(&k_enum, "Auto");
    assert_refuses(&k_enum, "true");
    assert_reads(&k_text, "any thing", value_string("any thing"));
    assert_reads(&k_opaque, "04.0", value_string("04.0"));
}

static bool equal(const struct property_kind *kind, struct value a,
                  struct value b)
{
    bool forth = value_equal(kind, &a, &b);

    assert_int_equal(forth, value_equal(kind, &b, &a));
    return forth;
}

static void test_equality(void **state)
{
    struct value unknown = value_unevaluated("FOO(1)");

    assert_true(equal(NULL, value_int(5), value_uint(5)));
    assert_false(equal(NULL, value_int(-1), value_uint(UINT64_MAX)));
    assert_true(equal(&k_uint64, value_int(-1), value_uint(UINT64_MAX)));
    assert_true(equal(&k_uint32, value_int(-1), value_uint(UINT32_MAX)));
    assert_false(equal(&k_uint32, value_int(-1), value_uint(UINT8_MAX)));
    assert_true(equal(&k_bool, value_bool(true), value_uint(1)));
    assert_true(equal(&k_bool, value_bool(false), value_int(0)));
    assert_false(equal(&k_bool, value_bool(false), value_int(1)));
    assert_true(equal(&k_enum, value_bool(true), value_string("on")));
    assert_false(equal(&k_enum, value_bool(true), value_string("auto")));
    assert_true(equal(&k_opaque, value_int(-1), value_string("-1")));
    assert_true(equal(&k_opaque, value_uint(16), value_string("0x10")));
    assert_false(equal(&k_opaque, value_uint(4), value_string("04.0")));
    assert_true(equal(NULL, value_string("a"), value_string("a")));
    assert_false(equal(NULL, value_string("a"), value_string("b")));
    assert_true(equal(&k_bool, value_absent(), value_absent()));
    assert_false(equal(&k_bool, value_absent(), value_bool(false)));
    assert_true(equal(&k_opaque, value_list(), value_list()));
    assert_false(equal(&k_opaque, value_list(), value_absent()));
    assert_false(equal(&k_opaque, value_list(), value_uint(0)));
    assert_false(equal(&k_text, unknown, unknown));
    assert_false(equal(&k_text, unknown, value_string("FOO(1)")));
}

static void assert_text(struct value value, const char *expected)
{
    g_autofree char *text = value_to_text(&value);

    assert_string_equal(text, expected);
}

static void test_value_text(void **state)
{
    assert_text(value_bool(true), "on");
    assert_text(value_bool(false), "off");
    assert_text(value_int(INT64_MIN), "-9223372036854775808");
    assert_text(value_uint(UINT64_MAX), "18446744073709551615");
    assert_text(value_string("auto"), "auto");
}

static void assert_version(const struct version *version, int major,
                           int minor, int micro)
{
    assert_int_equal(version->major, major);
    assert_int_equal(version->minor, minor);
    assert_int_equal(version->micro, micro);
}

static void test_version_texts(void **state)
{
    static const char *const bad[] = {
        "", "7", "7.", ".2", "7.2.0.1", "7.2-rc1", "v7.2", "7..2", "7.2 ",
        "99999999999.1",
    };
    struct version version;

    assert_true(version_parse("7.2", &version));
    assert_version(&version, 7, 2, -1);
    assert_true(version_parse("8.0.50", &version));
    assert_version(&version, 8, 0, 50);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        if (version_parse(bad[i], &version)) {
            fail_msg("'%s' taken for a version", bad[i]);
        }
    }
}

static void test_version_names(void **state)
{
    static const char *const bad[] = {
        "microvm", "powernv10", "hw_compat_q800", "vexpress-a9", "pnv_7",
        "ccw_machine_7_1_class_options", "compat", "malta_compat", "q35-8",
    };
    struct version version;

    assert_true(version_of_name("hw_compat_7_2", &version));
    assert_version(&version, 7, 2, -1);
    assert_true(version_of_name("pc_compat_2_12", &version));
    assert_version(&version, 2, 12, -1);
    assert_true(version_of_name("pc-q35-4.0.1", &version));
    assert_version(&version, 4, 0, 1);
    assert_true(version_of_name("virt-10.0", &version));
    assert_version(&version, 10, 0, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        if (version_of_name(bad[i], &version)) {
            fail_msg("version in '%s'", bad[i]);
        }
    }
    assert_true(version_in_name("ccw_machine_7_1_class_options", &version));
    assert_version(&version, 7, 1, -1);
    assert_true(version_in_name("pc_q35_4_0_1_machine_options", &version));
    assert_version(&version, 4, 0, 1);
    assert_false(version_in_name("pnv_machine_power9_class_init", &version));
}

static int order(const char *a, const char *b)
{
    struct version x, y;

    assert_true(version_parse(a, &x) && version_parse(b, &y));
    return version_compare(&x, &y);
}

static void test_version_order(void **state)
{
    assert_true(order("2.9", "2.12") < 0);
    assert_true(order("10.0", "9.2") > 0);
    assert_true(order("4.0", "4.0.1") < 0);
    assert_true(order("7.2", "7.2.0") == 0);
}

static void test_machine_family(void **state)
{
    struct version version;
    g_autofree char *q35 = version_cut_from_name("pc-q35-4.0.1", &version);

    assert_string_equal(q35, "pc-q35");
    assert_version(&version, 4, 0, 1);
    g_autofree char *sxxm = version_cut_from_name("pseries-2.12-sxxm",
                                                  &version);
    assert_string_equal(sxxm, "pseries-sxxm");
    assert_version(&version, 2, 12, -1);
    assert_null(version_cut_from_name("microvm", &version));
    assert_null(version_cut_from_name("x-remote", &version));
}

static void test_targets(void **state)
{
    target_set set = target_bit("x86_64") | target_bit("aarch64");

    assert_true(target_bit("s390x") && target_bit("xtensaeb"));
    assert_int_equal(target_bit("vax"), 0);
    assert_string_equal(target_first(set), "aarch64");
    assert_string_equal(target_first(set & (set - 1)), "x86_64");
    assert_null(target_first(0));
    assert_true(targets_meet(0, set) && targets_meet(set, set));
    assert_false(targets_meet(set, target_bit("arm")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_booleans),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_equality),
        cmocka_unit_test(test_value_text),
        cmocka_unit_test(test_version_texts),
        cmocka_unit_test(test_version_names),
        cmocka_unit_test(test_version_order),
        cmocka_unit_test(test_machine_family),
        cmocka_unit_test(test_targets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
