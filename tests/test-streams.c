/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conditions of migration streams, and what is on the wire. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "check/condition.h"
#include "check/wire.h"

static const char *str(const char *text)
{
    return g_intern_string(text);
}

/* --- Conditions ------------------------------------------------------------- */

static struct property *add_property(struct facts *facts,
                                     struct qom_type *type, const char *name,
                                     const char *field, int bit,
                                     struct value def)
{
    struct property *p = qom_type_add_property(type, str(name));

    p->kind = facts_add_kind(facts, str(def.kind == VALUE_BOOL ? "bool"
                                                               : "uint32"),
                             NULL, def.kind == VALUE_BOOL ? SYNTAX_BOOL
                                                          : SYNTAX_UINT,
                             32, NULL);
    p->record = str("Demo");
    p->field = str(field);
    p->bit = bit;
    p->def = def;
    return p;
}

/* demo on demo-1.0, whose entries switch "new" off and "size" to 7. */
static struct facts *new_facts(void)
{
    struct facts *facts = facts_new();
    struct qom_type *type = facts_add_type(facts, str("demo"));
    struct compat_array *array = facts_add_array(facts, str("compat_1_0"));
    struct machine *machine = facts_add_machine(facts, str("demo-1.0"));

    facts_add_type(facts, str("device"));
    type->parent = str("device");
    add_property(facts, type, "new", "conf.is_new", -1, value_bool(true));
    add_property(facts, type, "size", "size", -1, value_uint(3));
    add_property(facts, type, "bit", "flags", 4, value_bool(true));
    *compat_array_add_entry(array) = (struct compat_entry){
        str("demo"), str("new"), str("off"), false, { NULL, 0, 0 },
    };
    *compat_array_add_entry(array) = (struct compat_entry){
        str("demo"), str("size"), str("7"), false, { NULL, 0, 0 },
    };
    g_ptr_array_add(machine->compat, array);
    machine_set_field(machine, str("DemoMachineClass.old"), str("1"), true,
                      (struct location){ NULL, 0, 0 });
    facts_seal(facts);
    return facts;
}

/* The value of TEXT, or -99 where it is not known. */
static int64_t value_of(const struct facts *facts, const char *text)
{
    struct situation at = {
        facts, facts_machine(facts, str("demo-1.0"), 0),
        facts_type(facts, str("demo"), 0), 2,
    };
    int64_t value;

    return condition_value(&at, text, &value) ? value : -99;
}

static void test_operators(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        { "7", 7 }, { "-1", -1 }, { "v", 2 }, { "?", -99 }, { "", -99 },
        { "x", -99 }, { "(> v 1)", 1 }, { "(< v 1)", 0 }, { "(! v)", 0 },
        { "(&& ? 0)", 0 }, { "(&& ? 1)", -99 }, { "(|| 1 ?)", 1 },
        { "(|| ? 0)", -99 }, { "(&& 4 2)", 1 }, { "(& 6 3)", 2 },
        { "(<< 1 70)", 0 }, { "(if ? 1 1)", 1 }, { "(if ? 1 0)", -99 },
        { "(if (== v 2) 5 ?)", 5 }, { "(~ 0)", -1 }, { "(- 3)", -3 },
        { "(- 3 1)", 2 }, { "(what 1 2)", -99 }, { "(== 1", -99 },
        { "(! (! (! 0)))", 1 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (value_of(facts, cases[i].text) != cases[i].value) {
            fail_msg("%s is %d", cases[i].text,
                     (int)value_of(facts, cases[i].text));
        }
    }
}

static void test_fields(void **state)
{
    g_autoptr(Facts) facts = new_facts();

    assert_int_equal(value_of(facts, "(field Demo.conf.is_new)"), 0);
    /* The record inside, and a typedef of the same struct. */
    assert_int_equal(value_of(facts, "(field Demo_st.x Conf.is_new)"), 0);
    assert_int_equal(value_of(facts, "(== (field Demo.size) 7)"), 1);
    assert_int_equal(value_of(facts, "(& (field Demo.flags) 16)"), 16);
    assert_int_equal(value_of(facts, "(& (field Demo.flags) 24)"), -99);
    assert_int_equal(value_of(facts, "(field Demo.flags)"), -99);
    assert_int_equal(value_of(facts, "(field Demo.ize)"), -99);
    assert_int_equal(value_of(facts, "(field DemoMachineClass.old)"), 1);
    /* A class struct starts zeroed. */
    assert_int_equal(value_of(facts, "(field DemoMachineClass.other)"), 0);
    assert_int_equal(value_of(facts, "(field OtherClass.old)"), -99);
}

static void test_hostile_text(void **state)
{
    g_autoptr(Facts) facts = new_facts();
    g_autoptr(GString) deep = g_string_new(NULL);

    for (int i = 0; i < 100000; i++) {
        g_string_append(deep, "(! ");
    }
    assert_int_equal(value_of(facts, deep->str), -99);
    assert_int_equal(value_of(facts, "(field"), -99);
    assert_int_equal(value_of(facts, "(& 1 2 3 4 5)"), -99);
    assert_int_equal(value_of(facts, ")))"), -99);
}

/* --- The wire ------------------------------------------------------------------- */

struct world {
    struct facts *facts;
    struct vmstate *a, *b, *inner_a, *inner_b;
};

static struct vmstate *add_state(struct world *w, const char *id)
{
    struct vmstate *state = facts_add_vmstate(w->facts, str(id));

    state->name = str("state");
    return state;
}

static struct world new_world(void)
{
    struct world w = { .facts = facts_new() };

    w.a = add_state(&w, "a");
    w.b = add_state(&w, "b");
    w.inner_a = add_state(&w, "inner_a");
    w.inner_b = add_state(&w, "inner_b");
    return w;
}

static struct vmstate_field *add(struct vmstate *state, const char *name,
                                 const char *info, int64_t size)
{
    struct vmstate_field *field = vmstate_add_field(state);

    field->name = str(name);
    field->info = info ? str(info) : NULL;
    field->size = size;
    field->num = 0;
    return field;
}

static struct vmstate_field *add_u32(struct vmstate *state, const char *name)
{
    return add(state, name, "vmstate_info_uint32", 4);
}

static struct vmstate_field *add_structs(struct vmstate *state,
                                         const char *name,
                                         const struct vmstate *nested,
                                         int64_t number)
{
    struct vmstate_field *field = add(state, name, NULL, 100);

    field->flags = STREAM_STRUCT | STREAM_ARRAY;
    field->nested = nested->id;
    field->num = number;
    return field;
}

static bool nothing_is_paired(void *opaque, const struct vmstate *a,
                              const struct vmstate *b)
{
    return false;
}

/* Releases the world. */
static enum wire_verdict compare(struct world *w)
{
    struct wire_difference d;

    facts_seal(w->facts);
    struct wire_side a = { { w->facts, NULL, NULL, 2 }, w->a };
    struct wire_side b = { { w->facts, NULL, NULL, 2 }, w->b };
    enum wire_verdict verdict = wire_compare(&a, &b, nothing_is_paired, NULL,
                                             &d);

    facts_free(w->facts);
    return verdict;
}

static void test_bytes(void **state)
{
    struct world w = new_world();

    /* Two fields of two bytes are as good as one of four. */
    add_u32(w.a, "x");
    add(w.b, "low", "vmstate_info_uint16", 2);
    add(w.b, "high", "vmstate_info_uint16", 2);
    assert_int_equal(compare(&w), WIRE_SAME);
    w = new_world();
    add_u32(w.a, "x");
    add_u32(w.b, "x")->version_id = 3;
    assert_int_equal(compare(&w), WIRE_DIFFERS);
    w = new_world();
    add_u32(w.a, "x");
    add_u32(w.b, "x");
    add(w.b, "buffer", "vmstate_info_buffer", 0);
    assert_int_equal(compare(&w), WIRE_SAME);
    w = new_world();
    add_u32(w.a, "x");
    add_u32(w.a, "y");
    add_u32(w.b, "y");
    add_u32(w.b, "x");
    assert_int_equal(compare(&w), WIRE_DIFFERS);
}

/* What only some guests send on one side may make up for a difference. */
static bool is_unsure(struct world *w)
{
    struct wire_difference d = { .unsure = false };

    facts_seal(w->facts);
    struct wire_side a = { { w->facts, NULL, NULL, 2 }, w->a };
    struct wire_side b = { { w->facts, NULL, NULL, 2 }, w->b };

    assert_int_equal(wire_compare(&a, &b, nothing_is_paired, NULL, &d),
                     WIRE_DIFFERS);
    facts_free(w->facts);
    return d.unsure;
}

static void test_unsure(void **state)
{
    struct world w = new_world();

    add_u32(w.a, "x");
    add_u32(w.b, "x");
    add_u32(w.b, "new");
    assert_false(is_unsure(&w));
    w = new_world();
    add_u32(w.a, "x");
    add_u32(w.a, "old")->test = str("?");
    add_u32(w.b, "x");
    add_u32(w.b, "new");
    assert_true(is_unsure(&w));
    /* The same tests on both sides have the same answer. */
    for (int same = 0; same < 2; same++) {
        struct vmstate_field *a, *b;

        w = new_world();
        a = add_u32(w.a, "old");
        b = add_u32(w.b, "old");
        add_u32(w.b, "new");
        a->test = b->test = str("?");
        a->test_name = str("test");
        b->test_name = str(same ? "test" : "other");
        assert_int_equal(is_unsure(&w), !same);
    }
}

/* A field that is there only sometimes is taken for what fits. */
static void test_sometimes(void **state)
{
    struct world w = new_world();

    add_u32(w.a, "x");
    add_u32(w.b, "x")->test = str("?");
    assert_int_equal(compare(&w), WIRE_SAME);
    w = new_world();
    add_u32(w.a, "x");
    add_u32(w.b, "new")->test = str("?");
    add_u32(w.b, "x");
    assert_int_equal(compare(&w), WIRE_SAME);
    w = new_world();
    add_u32(w.a, "x");
    add_u32(w.b, "new")->test = str("(>= v 2)");
    add_u32(w.b, "x");
    assert_int_equal(compare(&w), WIRE_DIFFERS);
}

static void test_structs(void **state)
{
    struct world w = new_world();

    /* Under another name, in an array of any length. */
    add_u32(w.inner_a, "x");
    add_u32(w.inner_b, "y");
    add_structs(w.a, "list", w.inner_a, 1000);
    add_structs(w.b, "list", w.inner_b, 1000);
    assert_int_equal(compare(&w), WIRE_SAME);
    w = new_world();
    add_u32(w.inner_a, "x");
    add_structs(w.a, "list", w.inner_a, 2);
    add_u32(w.b, "one");
    add_u32(w.b, "two");
    assert_int_equal(compare(&w), WIRE_SAME);
    w = new_world();
    add_u32(w.inner_a, "x");
    add_structs(w.a, "list", w.inner_a, 2);
    add_structs(w.b, "list", w.inner_a, 3);
    assert_int_equal(compare(&w), WIRE_DIFFERS);
    /* With the version that the field gives, not its own. */
    w = new_world();
    w.inner_b->version_id = 2;
    add_u32(w.inner_b, "x");
    add_u32(w.inner_b, "new")->version_id = 2;
    add_u32(w.a, "x");
    struct vmstate_field *field = add_structs(w.b, "list", w.inner_b, 1);
    field->flags = STREAM_VSTRUCT | STREAM_ARRAY;
    field->struct_version_id = 1;
    assert_int_equal(compare(&w), WIRE_SAME);
}

static void test_what_is_not_known(void **state)
{
    struct world w = new_world();

    add(w.a, "x", "vmstate_info_own", 8);
    add(w.b, "x", "vmstate_info_uint64", 8);
    assert_int_equal(compare(&w), WIRE_UNKNOWN);
    /* Something more is more, whoever writes it. */
    w = new_world();
    add_u32(w.a, "x");
    add(w.b, "own", "vmstate_info_own", 8);
    add_u32(w.b, "x");
    assert_int_equal(compare(&w), WIRE_DIFFERS);
    w = new_world();
    w.b->unknown = true;
    add_u32(w.a, "x");
    assert_int_equal(compare(&w), WIRE_UNKNOWN);
    /* It is in itself. */
    w = new_world();
    add_structs(w.a, "me", w.a, 1);
    add_u32(w.b, "x");
    assert_int_equal(compare(&w), WIRE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operators),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_hostile_text),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_sometimes),
        cmocka_unit_test(test_unsure),
        cmocka_unit_test(test_structs),
        cmocka_unit_test(test_what_is_not_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
