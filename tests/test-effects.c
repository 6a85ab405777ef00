/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What device code does, from IR written down as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "effects/effects.h"
#include "ir-text.h"

/* Demo.on is 1, Demo.off is 0, bit 2 of PCIDevice.cap_present is set. */
static bool field(void *opaque, const char *record, const char *name,
                  struct bits *ret)
{
    if (!strcmp(record, "Demo") && !strcmp(name, "on")) {
        *ret = (struct bits) { 1, UINT64_MAX };
        return true;
    }
    if (!strcmp(record, "Demo") && !strcmp(name, "off")) {
        *ret = (struct bits) { 0, UINT64_MAX };
        return true;
    }
    if (!strcmp(record, "PCIDevice") && !strcmp(name, "cap_present")) {
        *ret = (struct bits) { 4, 4 };
        return true;
    }
    return false;
}

static void append(GString *out, const struct effect *effect)
{
    g_string_append_printf(out, "%s%s=", out->len ? "; " : "",
                           effect->place);
    if (effect->kind == EFFECT_BYTE && effect->exact) {
        g_string_append_printf(out, "%x", (unsigned)effect->byte.value);
    } else {
        g_string_append(out, effect->value);
    }
    if (*effect->guards) {
        g_string_append_printf(out, " if %s", effect->guards);
    }
}

/* The effects of realize(dev, s) with BODY, and more functions. */
static void assert_effects(const char *body, const char *more,
                           const char *expected)
{
    g_autofree char *text = g_strdup_printf(
        "(static-function realize (dev s) %s) %s", body, more);
    struct ir_unit *unit = ir_unit_from_text("hw/demo.c", 0, text);
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(
        (GDestroyNotify)ir_unit_free);
    g_autoptr(GPtrArray) entries = g_ptr_array_new();
    g_autoptr(GString) found = g_string_new(NULL);
    const struct effects_query query = { .field = field };

    g_ptr_array_add(units, unit);
    g_autoptr(Code) code = code_new(units);
    g_ptr_array_add(entries, (gpointer)(uintptr_t)code_find(
        code, "realize", "hw/demo.c"));
    g_autoptr(Effects) effects = effects_walk(code, entries, &query);

    for (guint i = 0; i < effects->list->len; i++) {
        append(found, g_ptr_array_index(effects->list, i));
    }
    assert_false(effects->exhausted);
    assert_string_equal(found->str, expected);
}

#define CONFIG "(-> dev PCIDevice.config)"

static void test_bytes(void **state)
{
    assert_effects("(call @pci_set_word (+ " CONFIG " 0x40) 0x1234)", "",
                   "config+0x40=34; config+0x41=12");
    assert_effects("(= (at " CONFIG " 4) 7)", "", "config+0x4=7");
    /* the last write counts, bits add up */
    assert_effects("(call @pci_set_byte (+ " CONFIG " 4) 1)"
                   "(|= (at " CONFIG " 4) 6)", "", "config+0x4=7");
    assert_effects("(decl \"uint8_t *\" p " CONFIG ")"
                   "(call @pci_set_byte (+ p 8) 3)", "", "config+0x8=3");
}

static void test_conditions(void **state)
{
    const char *write = "(call @pci_set_byte (+ " CONFIG " 4) 1)";
    g_autofree char *on = g_strdup_printf("(if (-> s Demo.on) %s)", write);
    g_autofree char *off = g_strdup_printf("(if (-> s Demo.off) %s)", write);
    g_autofree char *bit = g_strdup_printf(
        "(if (& (-> dev PCIDevice.cap_present) 4) %s)", write);
    g_autofree char *unknown = g_strdup_printf(
        "(if (& (-> dev PCIDevice.cap_present) 8) %s)", write);
    g_autofree char *left = g_strdup_printf(
        "(if (! (-> s Demo.on)) (return)) %s", write);

    assert_effects(on, "", "config+0x4=1");
    assert_effects(off, "", "");
    assert_effects(bit, "", "config+0x4=1");
    assert_effects(unknown, "", "config+0x4=1 if bits(0x0/"
                   "0xfffffffffffffff7)");
    assert_effects(left, "", "config+0x4=1");
}

/* A call does what its body does, with its arguments. */
static void test_helper(void **state)
{
    assert_effects("(call @helper dev 0x10)",
                   "(static-function helper (d offset)"
                   "  (call @pci_set_byte (+ (-> d PCIDevice.wmask) offset)"
                   "        9))", "wmask+0x10=9");
    assert_effects("(call @elsewhere dev 0x10)", "", "");
    assert_effects("(call @pcie_aer_init dev 2 0x100 0x48 errp)", "",
                   "pcie_aer_init=0x2, 0x100, 0x48");
}

static void test_bar(void **state)
{
    assert_effects("(call @memory_region_init_io (addr (-> s Demo.mmio)) s 0"
                   "      s \"demo\" 0x1000)"
                   "(call @pci_register_bar dev 1 0"
                   "      (addr (-> s Demo.mmio)))", "",
                   "BAR 0x1=type 0x0, size 0x1000");
}

/* Adding a bit that is on already is nothing. */
static void test_computed(void **state)
{
    assert_effects("(call @pci_set_byte (+ " CONFIG " 4) (<< 1 (call @ctz32 "
                   "0x30)))", "", "config+0x4=10");
    assert_effects("(call @pci_set_byte (+ " CONFIG " 4) (call @ffs 0x30))",
                   "", "config+0x4=5");
    assert_effects("(call @pci_set_byte (+ " CONFIG " 4) "
                   "(call @deposit32 0xf0 1 2 3))", "", "config+0x4=f6");
    assert_effects("(call @pci_set_byte (+ " CONFIG " 4) "
                   "(call @extract32 0xf4 2 4))", "", "config+0x4=d");
    assert_effects("(call @pci_set_byte (+ " CONFIG " 4) "
                   "(call @pow2ceil 33))", "", "config+0x4=40");
    /* out of range: nothing is known */
    assert_effects("(call @pci_set_byte (+ " CONFIG " 4) "
                   "(call @extract32 0xf4 31 4))", "",
                   "config+0x4=extract32(0xf4,0x1f,0x4)");
}

/* A negative result is a failure; other conditions stay. */
static void test_failures(void **state)
{
    const char *write = "(call @pci_set_byte (+ " CONFIG " 4) 1)";
    g_autofree char *failed = g_strdup_printf(
        "(decl int pos (call @find dev))"
        "(if (< pos 0) (return)) %s", write);
    g_autofree char *small = g_strdup_printf(
        "(decl int pos (call @find dev))"
        "(if (< pos 1) (return)) %s", write);

    assert_effects(failed, "", "config+0x4=1");
    assert_effects(small, "", "config+0x4=1 if !(find(arg0)<0x1)");
}

static void test_features(void **state)
{
    assert_effects("(call @virtio_add_feature (addr s) 3)", "",
                   "virtio feature 3=on");
    assert_effects("(decl uint64_t f 8)"
                   "(call @virtio_add_feature (addr f) 3)", "", "");
}

static void test_loops(void **state)
{
    assert_effects("(for (decl int i 0) (< i 3) (++ i)"
                   "  (call @pci_set_byte (+ " CONFIG " i) 1))", "",
                   "config=1; config+0x1=1; config+0x2=1");
    assert_effects("(while 1 (call @realize dev s))", "", "");
}

/* Another device is made or found in a list: its config space is its own. */
static void test_another(void **state)
{
    assert_effects("(decl \"PCIDevice *\" vf (call @pci_new 8 \"vf\"))"
                   "(call @pci_set_byte (+ (-> vf PCIDevice.config) 4) 1)",
                   "", "");
    assert_effects("(call @pci_set_byte (+ (-> (at (-> s Demo.list) 2)"
                   " PCIDevice.config) 4) 1)", "", "");
}

/* A helper that fails makes no device; where it does not, its result counts. */
static void test_failing_helper(void **state)
{
    assert_effects("(call @pci_set_byte (+ " CONFIG " (call @place s)) 1)",
                   "(static-function place (s)"
                   "  (if (-> s Demo.other) (return (- 0 22)))"
                   "  (return 0x50))",
                   "config+0x50=1");
}

/* What a walk could find is known without one. */
static void test_reach(void **state)
{
    struct ir_unit *unit = ir_unit_from_text("hw/demo.c", 0,
        "(static-function realize (dev s) (call @helper dev))"
        "(static-function helper (d)"
        "  (call @pci_set_byte (+ (-> d PCIDevice.config) 4) 1))"
        "(static-function reset (s) (= (-> s Demo.count) 0))");
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(
        (GDestroyNotify)ir_unit_free);
    g_autoptr(GPtrArray) entries = g_ptr_array_new();

    g_ptr_array_add(units, unit);
    g_autoptr(Code) code = code_new(units);
    const struct code_function *realize = code_find(code, "realize",
                                                    "hw/demo.c");
    const struct code_function *reset = code_find(code, "reset",
                                                  "hw/demo.c");

    assert_true(code_shows(code, realize));
    assert_false(code_shows(code, reset));
    g_ptr_array_add(entries, (gpointer)(uintptr_t)realize);
    assert_false(code_reaches(code, entries, "count"));
    assert_true(code_reaches(code, entries, "config"));
    g_ptr_array_add(entries, (gpointer)(uintptr_t)reset);
    assert_true(code_reaches(code, entries, "count"));
}

/* Demo.on is what OPAQUE points to. */
static bool told(void *opaque, const char *record, const char *name,
                 struct bits *ret)
{
    *ret = (struct bits) { *(bool *)opaque, UINT64_MAX };
    return !strcmp(record, "Demo") && !strcmp(name, "on");
}

static const struct effect *only(const struct effects *effects)
{
    assert_int_equal(effects->list->len, 1);
    return effects->list->pdata[0];
}

/* A walk serves again while the answers, and what the class gives, are the
 * same. */
static void test_walks_again(void **state)
{
    struct ir_unit *unit = ir_unit_from_text("hw/demo.c", 0,
        "(static-function realize (dev s) (if (-> s Demo.on)"
        "  (call @pci_set_byte (+ (-> dev PCIDevice.config) 4) 1)))");
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(
        (GDestroyNotify)ir_unit_free);
    g_autoptr(GPtrArray) entries = g_ptr_array_new();
    bool on = true;
    const struct effects_seed seed = { 8, 1, 3, true, "revision" };
    const struct effects_query query = { .field = told, .opaque = &on };
    const struct effects_query seeded = {
        .field = told, .opaque = &on, .seeds = &seed, .n_seeds = 1,
    };

    g_ptr_array_add(units, unit);
    g_autoptr(Code) code = code_new(units);
    g_ptr_array_add(entries, (gpointer)(uintptr_t)code_find(
        code, "realize", "hw/demo.c"));
    g_autoptr(Effects) first = effects_walk(code, entries, &query);

    on = false;
    g_autoptr(Effects) off = effects_walk(code, entries, &query);
    g_autoptr(Effects) with = effects_walk(code, entries, &seeded);

    on = true;
    g_autoptr(Effects) again = effects_walk(code, entries, &query);

    assert_string_equal(only(first)->place, "config+0x4");
    assert_int_equal(off->list->len, 0);
    assert_string_equal(only(with)->place, "config+0x8");
    assert_ptr_equal(again, first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_helper),
        cmocka_unit_test(test_bar),
        cmocka_unit_test(test_computed),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_features),
        cmocka_unit_test(test_loops),
        cmocka_unit_test(test_another),
        cmocka_unit_test(test_failing_helper),
        cmocka_unit_test(test_reach),
        cmocka_unit_test(test_walks_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
