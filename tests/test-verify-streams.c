/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Descriptions of migration streams against what QEMU dumps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "verify/answers.h"
#include "verify/streams.h"

static const char *str(const char *text)
{
    return g_intern_string(text);
}

static struct vmstate_field *add_field(struct vmstate *vmstate,
                                       const char *name, int64_t size)
{
    struct vmstate_field *field = vmstate_add_field(vmstate);

    field->name = str(name);
    field->size = size;
    field->num = 0;
    return field;
}

/* What the fake's a-device has, up to what a test changes. */
struct world {
    struct facts *facts;
    struct vmstate *state, *part;
    struct vmstate_field *head, *ring;
};

static struct world new_world(void)
{
    struct world w = { .facts = facts_new() };
    struct qom_type *type = facts_add_type(w.facts, str("a-device"));
    struct machine *machine = facts_add_machine(w.facts, str("pc-2.0"));

    machine->targets = target_bit("x86_64");
    qom_type_add_vmstate(type, str("DeviceClass.vmsd"), str("vmstate_a"));
    w.state = facts_add_vmstate(w.facts, str("vmstate_a"));
    w.state->name = str("a-state");
    w.state->file = str("hw/a.c");
    w.state->line = 7;
    w.state->version_id = 2;
    w.state->minimum_version_id = 1;
    w.head = add_field(w.state, "head", 4);
    w.head->test = str("?");
    /* QEMU does not print what only validates. */
    add_field(w.state, "head < tail", 0)->flags = STREAM_MUST_EXIST;
    w.ring = add_field(w.state, "ring", 99);
    w.ring->nested = str("vmstate_ring");
    w.part = facts_add_vmstate(w.facts, str("vmstate_part"));
    w.part->name = str("a-state/part");
    g_ptr_array_add(w.state->subsections, (gpointer)(uintptr_t)w.part->id);
    struct vmstate *ring = facts_add_vmstate(w.facts, str("vmstate_ring"));
    ring->name = str("ring");
    add_field(ring, "slot", 2)->version_id = 1;
    return w;
}

static json_t *dump(void)
{
    g_autoptr(GError) error = NULL;
    json_t *json = answers_dump_vmstate(FAKE_QEMU_PATH, "pc", &error);

    if (!json) {
        fail_msg("%s", error->message);
    }
    return json;
}

static struct stream_comparison *compare(struct world *w)
{
    json_t *json = dump();

    facts_seal(w->facts);
    struct stream_comparison *c = stream_comparison_new(w->facts, json, NULL);
    json_decref(json);
    assert_non_null(c);
    return c;
}

static void test_equal(void **state)
{
    struct world w = new_world();
    g_autoptr(StreamComparison) c = compare(&w);

    assert_int_equal(c->differences->len, 0);
    assert_int_equal(c->n_devices, 1);
    assert_int_equal(c->n_states, 3);
    assert_int_equal(c->n_equal, 3);
    assert_int_equal(c->n_fields, 3);
    facts_free(w.facts);
}

/* The text of the one difference. */
static void expect(struct world *w, const char *text)
{
    g_autoptr(StreamComparison) c = compare(w);
    g_autoptr(GString) out = g_string_new(NULL);

    assert_int_equal(c->differences->len, 1);
    stream_comparison_to_text(c, false, out);
    if (!strstr(out->str, text) || !strstr(out->str, "a-device")) {
        fail_msg("%s", out->str);
    }
    assert_true(c->n_equal < c->n_states);
    facts_free(w->facts);
}

static void test_every_difference_is_seen(void **state)
{
    struct world w = new_world();

    w.state->version_id = 3;
    expect(&w, "hw/a.c:7: a-state: version 3, minimum 1 in the facts, 2 and "
               "1 in QEMU");
    w = new_world();
    w.head->name = str("tail");
    expect(&w, "field 'tail' in the facts is 'head'");
    w = new_world();
    w.head->test = NULL;
    expect(&w, "field 'head' has no test in the facts");
    w = new_world();
    w.head->size = 8;
    expect(&w, "field 'head' has 8 bytes in the facts, 4 in QEMU");
    w = new_world();
    w.ring->version_id = 2;
    expect(&w, "field 'ring' has version 2 in the facts, 0 in QEMU");
    w = new_world();
    w.ring->nested = NULL;
    w.ring->size = STREAM_UNKNOWN;
    expect(&w, "ring: not in the facts");
    w = new_world();
    w.part->name = str("a-state/parts");
    expect(&w, "called 'a-state/part' in QEMU");
    w = new_world();
    add_field(w.part, "more", 1);
    expect(&w, "1 fields in the facts, 0 in QEMU");
    w = new_world();
    g_ptr_array_set_size(w.state->subsections, 0);
    expect(&w, "0 subsections in the facts, 1 in QEMU");
}

static void test_what_cannot_be_compared(void **state)
{
    struct facts *empty = facts_new();
    g_autoptr(GError) error = NULL, other = NULL, third = NULL;
    json_t *json = dump(), *nothing = json_object();

    facts_seal(empty);
    assert_null(stream_comparison_new(empty, json, &error));
    assert_non_null(strstr(error->message, "no machine type 'pc-2.0'"));
    assert_null(stream_comparison_new(empty, nothing, &other));
    assert_non_null(strstr(other->message, "no description"));
    assert_null(answers_dump_vmstate("/bin/true", "pc-2.0", &third));
    assert_non_null(strstr(third->message, "wrote no streams"));
    json_decref(json);
    json_decref(nothing);
    facts_free(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_every_difference_is_seen),
        cmocka_unit_test(test_what_cannot_be_compared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
