/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unit format: what is built is read back; damage is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "ir/ir.h"

/* int a[] = { [3] = FOO };  in x.c:7:5 */
static GBytes *example(void)
{
    g_autoptr(IrBuilder) b = ir_builder_new("x.c", 5);
    struct ir_node *init = ir_node_new(b, IR_INIT);
    struct ir_node *at = ir_node_new(b, IR_INIT_INDEX);
    struct ir_node *value = ir_node_new(b, IR_INT);
    struct ir_symbol symbol = {
        .kind = IR_SYM_VARIABLE, .name = "a", .type = "int[4]",
        .loc = { ir_builder_file(b, "y.h"), 7, 5 },
    };

    value->value = -64;
    value->str = "FOO";
    at->value = at->value2 = 3;
    at->kids = value;
    init->kids = at;
    init->loc = (struct ir_loc){ 0, 9, 1 };
    ir_builder_add_symbol(b, &symbol, init);
    ir_builder_add_gap(b, symbol.loc, "parse error");
    return ir_builder_finish(b);
}

static void test_round_trip(void **state)
{
    g_autoptr(GBytes) bytes = example();
    g_autoptr(IrUnit) unit = ir_unit_new(bytes);

    assert_non_null(unit);
    assert_string_equal(ir_unit_path(unit), "x.c");
    assert_int_equal(ir_unit_targets(unit), 5);
    assert_int_equal(ir_unit_n_files(unit), 2);
    assert_int_equal(ir_unit_n_gaps(unit), 1);
    assert_string_equal(ir_unit_gap(unit, 0).reason, "parse error");
    assert_int_equal(ir_unit_n_symbols(unit), 1);
    const struct ir_symbol *symbol = ir_unit_symbol(unit, 0);

    assert_string_equal(symbol->name, "a");
    assert_string_equal(ir_unit_file(unit, symbol->loc.file), "y.h");
    const struct ir_node *node = ir_unit_node(unit, 0);

    assert_int_equal(node->kind, IR_INIT);
    assert_int_equal(node->loc.line, 9);
    const struct ir_node *value = ir_kid(ir_kid(node, 0), 0);

    assert_int_equal(value->value, -64);
    assert_int_equal(value->loc.line, 9);
    g_autofree char *text = ir_to_text(node);

    assert_string_equal(text, "{[3] = FOO}");
}

static void test_every_truncation_is_refused(void **state)
{
    g_autoptr(GBytes) bytes = example();

    for (gsize len = 0; len < g_bytes_get_size(bytes); len++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(bytes, 0, len);

        assert_null(ir_unit_new(cut));
    }
}

static void test_flipped_bytes_do_no_harm(void **state)
{
    g_autoptr(GBytes) bytes = example();
    gsize len;
    const guint8 *data = g_bytes_get_data(bytes, &len);

    for (gsize i = 0; i < len * 8; i++) {
        guint8 *copy = g_memdup2(data, len);

        copy[i / 8] ^= (guint8)(1u << (i % 8));
        g_autoptr(GBytes) damaged = g_bytes_new_take(copy, len);
        g_autoptr(IrUnit) unit = ir_unit_new(damaged);

        for (unsigned s = 0; unit && s < ir_unit_n_symbols(unit); s++) {
            g_autofree char *text = ir_to_text(ir_unit_node(unit, s));

            assert_non_null(text);
        }
    }
}

/* static int a = VALUE;  in line LINE of x.c */
static struct ir_unit *variable(int value, unsigned line)
{
    g_autoptr(IrBuilder) b = ir_builder_new("x.c", 0);
    struct ir_node *init = ir_node_new(b, IR_INT);
    struct ir_symbol symbol = {
        .kind = IR_SYM_VARIABLE, .name = "a", .type = "int",
        .loc = { 0, line, 1 },
    };

    init->value = value;
    init->loc = symbol.loc;
    ir_builder_add_symbol(b, &symbol, init);
    g_autoptr(GBytes) bytes = ir_builder_finish(b);

    return ir_unit_new(bytes);
}

static void test_only_what_was_read_counts(void **state)
{
    g_autoptr(IrUnit) one = variable(1, 5);
    g_autoptr(IrUnit) moved = variable(1, 9);
    g_autoptr(IrUnit) other = variable(2, 5);

    assert_true(ir_unit_same_where_read(one, other));
    assert_int_equal(ir_unit_node(one, 0)->value, 1);
    assert_true(ir_unit_is_read(one, 0));
    assert_true(ir_unit_same_where_read(one, moved));
    assert_false(ir_unit_same_where_read(one, other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_only_what_was_read_counts),
        cmocka_unit_test(test_every_truncation_is_refused),
        cmocka_unit_test(test_flipped_bytes_do_no_harm),
    };

    return cmocka_run_group_tests_name("ir", tests, NULL, NULL);
}
