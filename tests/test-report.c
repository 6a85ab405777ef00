/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/facts.h"
#include "report/machines.h"
#include "report/report.h"
#include "report/sanitize.h"
#include "report/wrap.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct style plain = { 0 };
static const struct style colored = { .color = true };

static void add_property(struct facts *facts, const char *type_name,
                         const char *name, struct value def)
{
    const struct property_kind *kind =
        facts_add_kind(facts, g_intern_string("uint16"), NULL, SYNTAX_UINT,
                       16, NULL);
    struct qom_type *type = facts_add_type(facts, g_intern_string(type_name));
    struct property *property =
        qom_type_add_property(type, g_intern_string(name));
    property->kind = kind;
    property->def = def;
    property->bit = -1;
    property->spelling = g_intern_string("A + 1");
    property->loc = (struct location) { g_intern_string("hw/a.c"), 7, 5 };
}

static struct facts *make_facts(struct value def)
{
    static const char *const machines[] = {
        "none", "pc-q35-6.2", "pc-q35-7.0", "pc-q35-7.1", "pc-q35-7.2",
        "virt-7.0", "virt-7.1",
    };
    struct facts *facts = facts_new();
    facts->revision.rev = g_intern_string("HEAD");
    facts->revision.commit = g_intern_string("1234567890abcdef");
    add_property(facts, "a-device", "queues", def);
    for (guint i = 0; i < G_N_ELEMENTS(machines); i++) {
        facts_add_machine(facts, g_intern_string(machines[i]));
    }
    static const char *const arm_and_m68k[] = { "aarch64", "m68k" };
    for (guint i = 0; i < G_N_ELEMENTS(arm_and_m68k); i++) {
        struct machine *machine =
            facts_add_machine(facts, g_intern_string("virt-6.0"));
        machine->targets = target_bit(arm_and_m68k[i]);
    }
    facts_seal(facts);
    return facts;
}

static void affect(struct finding *finding, const struct facts *facts,
                   const char *name)
{
    const struct machine *machine =
        facts_machine(facts, g_intern_string(name), 0);
    assert_non_null(machine);
    g_ptr_array_add(finding->machines, (gpointer)(gintptr)machine);
}

/* A finding that has everything. */
static struct finding *make_finding(const struct facts *facts)
{
    struct finding *finding = finding_new("default-changed");
    finding->severity = SEVERITY_ERROR;
    finding->confidence = CONFIDENCE_HIGH;
    finding->subject = g_intern_string("a-device.queues");
    finding->driver = g_intern_string("a-device");
    finding->property = g_intern_string("queues");
    finding->old_value = value_uint(1);
    finding->new_value = value_uint(65535);
    finding->message = g_strdup("default of 'queues' changed");
    finding->loc = (struct location) { g_intern_string("hw/a.c"), 2, 5 };
    finding->needed_array = g_intern_string("hw_compat_7_1");
    g_ptr_array_add(finding->devices, (gpointer)(gintptr)"a-pci");
    affect(finding, facts, "pc-q35-7.1");
    affect(finding, facts, "pc-q35-7.0");
    affect(finding, facts, "pc-q35-6.2");
    finding_add_related(finding, finding->loc, "was %d here", 1);
    finding_seal(finding);
    return finding;
}

static GBytes *read_text(void *opaque, const char *path)
{
    const char *text = opaque;
    return g_str_equal(path, "hw/a.c") ? g_bytes_new(text, strlen(text))
                                       : NULL;
}

struct fixture {
    struct facts *facts;
    struct finding *finding;
    struct gap gap;
    struct report report;
    GString *out;
};

static int setup(void **state)
{
    struct fixture *f = g_new0(struct fixture, 1);
    f->facts = make_facts(value_uint(65535));
    f->finding = make_finding(f->facts);
    f->gap = (struct gap) { .file = "hw/b.c", .line = 9,
                            .reason = "unknown registrar",
                            .touches_change = true };
    f->report = (struct report) {
        .tool_version = "1.2.3",
        .base_name = "BASE",
        .head_name = "HEAD",
        .base = f->facts,
        .head = f->facts,
        .released = f->facts,
        .released_name = "v7.1.0",
        .released_version = { 7, 1, -1 },
        .findings = g_ptr_array_new(),
        .gaps = g_ptr_array_new(),
        .suppressed = 3,
        .read = read_text,
        .opaque = (void *)(gintptr)"first\n\tx = 65535,\nlast\n",
    };
    g_ptr_array_add(f->report.findings, f->finding);
    g_ptr_array_add(f->report.gaps, &f->gap);
    f->out = g_string_new(NULL);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    g_ptr_array_unref(f->report.findings);
    g_ptr_array_unref(f->report.gaps);
    finding_free(f->finding);
    facts_free(f->facts);
    g_string_free(f->out, TRUE);
    g_free(f);
    return 0;
}

static void test_sanitize(void **state)
{
    static const struct {
        const char *in;
        enum sanitize_mode mode;
        const char *out;
    } cases[] = {
        { "plain", SANITIZE_WORD, "plain" },
        { "\033[31mred", SANITIZE_WORD, "\\x1b[31mred" },
        { "a\nb\tc", SANITIZE_WORD, "a\\x0ab\\x09c" },
        { "a\nb\tc\r", SANITIZE_LINES, "a\nb\tc\\x0d" },
        { "\xc2\x9b" "31m", SANITIZE_WORD, "\\x9b31m" },
        { "\xff\xc3", SANITIZE_WORD, "\\xff\\xc3" },
        { "caf\xc3\xa9", SANITIZE_WORD, "caf\xc3\xa9" },
        { "a\xe2\x80\xae" "b", SANITIZE_WORD, "a\\u{202e}b" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        sanitize_append(out, cases[i].in, cases[i].mode);
        assert_string_equal(out->str, cases[i].out);
    }
}

static void test_text(void **state)
{
    struct fixture *f = *state;
    report_text(&f->report, &plain, f->out);
    g_autofree char *expected = g_strdup_printf(
        "hw/a.c:2:5: error: default of 'queues' changed [default-changed]\n"
        "    2 | \tx = 65535,\n"
        "      | \t   ^\n"
        "hw/a.c:2:5: note: was 1 here\n"
        "  affected: 3 machine types (pc-q35-7.1 and older)\n"
        "  pc-q35-7.1 on QEMU 7.1: queues=1     "
        "on this tree: queues=65535\n"
        "  devices: a-pci\n"
        "  why: qcompat explain default-changed     accept: qcompat accept "
        "%.12s --reason \"...\"\n",
        f->finding->fingerprint);
    assert_string_equal(f->out->str, expected);
}

/* An entry that is wrong does not do what it says. */
static void test_text_of_entry(void **state)
{
    struct fixture *f = *state;

    f->finding->found_array = f->finding->needed_array;
    f->finding->needed_array = NULL;
    f->finding->old_value = value_absent();
    report_text(&f->report, &plain, f->out);
    assert_non_null(strstr(f->out->str, "  affected: 3 machine types"));
    assert_null(strstr(f->out->str, "on this tree"));
}

static void test_text_colors(void **state)
{
    struct fixture *f = *state;
    report_text(&f->report, &colored, f->out);
    assert_non_null(strstr(f->out->str, "\033[1;31merror\033[0m"));
    assert_non_null(strstr(f->out->str, "\033[1;32m^\033[0m"));
}

static void test_text_is_harmless(void **state)
{
    struct fixture *f = *state;
    g_free(f->finding->message);
    f->finding->message = g_strdup("evil \033]0;title\007");
    f->finding->loc.file = g_intern_string("hw/\033[2J.c");
    f->finding->fix = g_strdup("+\033[2J\n");
    f->report.opaque = (void *)(gintptr)"\n\033[2J\n";
    report_text(&f->report, &plain, f->out);
    assert_null(strchr(f->out->str, '\033'));
    assert_null(strchr(f->out->str, '\007'));
}

/* A line of a megabyte is shown as a window around the column. */
static void test_long_line(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GString) text = g_string_new("\n");
    for (guint i = 0; i < 100000; i++) {
        g_string_append(text, "0123456789");
    }
    text->str[1 + 500000] = '#';
    f->report.opaque = text->str;
    f->finding->loc.column = 500001;
    report_text(&f->report, &plain, f->out);
    assert_true(f->out->len < 2000);

    g_auto(GStrv) lines = g_strsplit(f->out->str, "\n", -1);
    const char *hash = strchr(lines[1], '#');
    const char *caret = strchr(lines[2], '^');
    assert_non_null(hash);
    assert_non_null(caret);
    assert_int_equal(hash - lines[1], caret - lines[2]);
}

static void test_excerpt_of_what_is_not_there(void **state)
{
    struct fixture *f = *state;
    f->finding->loc.line = 4;
    report_text(&f->report, &plain, f->out);
    assert_null(strstr(f->out->str, " | "));
}

static void test_terse(void **state)
{
    struct fixture *f = *state;
    report_terse(&f->report, &plain, f->out);
    assert_string_equal(
        f->out->str,
        "hw/a.c:2:5: error: default of 'queues' changed [default-changed]\n");
}

static void check_summary(struct fixture *f, const char *const *names,
                          const char *expected)
{
    g_autoptr(GPtrArray) machines = g_ptr_array_new();
    for (; *names; names++) {
        const struct machine *machine =
            facts_machine(f->facts, g_intern_string(*names), 0);
        g_ptr_array_add(machines, (gpointer)(gintptr)machine);
    }
    g_autofree char *text = machines_summary(machines, f->facts);
    assert_string_equal(text, expected);
}

static void test_machines_summary(void **state)
{
    struct fixture *f = *state;
    check_summary(f, (const char *const[]) { "none", NULL },
                  "1 machine type (none)");
    check_summary(f, (const char *const[]) {
        "pc-q35-7.0", "pc-q35-6.2", NULL },
        "2 machine types (pc-q35-7.0 and older)");
    check_summary(f, (const char *const[]) {
        "virt-7.1", "pc-q35-6.2", "virt-7.0", NULL },
        "3 machine types (pc-q35-6.2, virt-7.1 back to virt-7.0)");
    check_summary(f, (const char *const[]) {
        "pc-q35-7.0", "pc-q35-7.2", "pc-q35-7.1", NULL },
        "3 machine types (pc-q35-7.2 back to pc-q35-7.0)");
    check_summary(f, (const char *const[]) { "virt-6.0", NULL },
                  "1 machine type (virt-6.0 of aarch64)");
    check_summary(f, (const char *const[]) {
        "pc-q35-7.2", "pc-q35-7.0", NULL },
        "2 machine types (pc-q35-7.2 and 1 older down to pc-q35-7.0)");
}

/* The contract: every key, and its type ('?' also null). */
static void check_keys(const json_t *object, const char *const *keys)
{
    for (; *keys; keys++) {
        const char *type = *keys;
        const char *name = strchr(type, ' ') + 1;
        const json_t *value = json_object_get(object, name);
        if (!value) {
            fail_msg("no key '%s'", name);
        }
        bool ok = (type[1] == '?' && json_is_null(value)) ||
                  (type[0] == 's' && json_is_string(value)) ||
                  (type[0] == 'i' && json_is_integer(value)) ||
                  (type[0] == 'b' && json_is_boolean(value)) ||
                  (type[0] == 'a' && json_is_array(value)) ||
                  (type[0] == 'o' && json_is_object(value)) ||
                  type[0] == 'v';
        if (!ok) {
            fail_msg("'%s' has the wrong type", name);
        }
    }
}

static json_t *render_json(struct fixture *f)
{
    g_string_truncate(f->out, 0);
    report_json(&f->report, &plain, f->out);
    json_t *json = json_loads(f->out->str, 0, NULL);
    assert_non_null(json);
    return json;
}

static void test_json_contract(void **state)
{
    struct fixture *f = *state;
    json_t *json = render_json(f);
    check_keys(json, (const char *const[]) {
        "i schema", "o tool", "o base", "o head", "o? released", "o summary",
        "a findings", "a gaps", NULL });
    check_keys(json_object_get(json, "tool"), (const char *const[]) {
        "s name", "s version", NULL });
    check_keys(json_object_get(json, "base"), (const char *const[]) {
        "s rev", "s? commit", NULL });
    check_keys(json_object_get(json, "released"), (const char *const[]) {
        "s rev", "s version", "s? commit", NULL });
    check_keys(json_object_get(json, "summary"), (const char *const[]) {
        "i errors", "i warnings", "i notes", "i suppressed", "i gaps",
        NULL });

    const json_t *finding =
        json_array_get(json_object_get(json, "findings"), 0);
    check_keys(finding, (const char *const[]) {
        "s fingerprint", "s rule", "s severity", "s confidence", "s subject",
        "s? driver", "s? property", "a devices", "v old", "v new",
        "s message", "o location", "a related", "s? needed_array",
        "s? found_array", "a machines", "s? introduced_by", "s? fix", NULL });
    check_keys(json_object_get(finding, "location"), (const char *const[]) {
        "s file", "i line", "i column", NULL });
    check_keys(json_array_get(json_object_get(finding, "related"), 0),
               (const char *const[]) {
        "s file", "i line", "i column", "s message", NULL });
    check_keys(json_array_get(json_object_get(json, "gaps"), 0),
               (const char *const[]) {
        "s file", "i line", "s reason", "b touches_change", NULL });
    json_decref(json);
}

static void test_json_values(void **state)
{
    struct fixture *f = *state;
    json_t *json = render_json(f);
    const json_t *summary = json_object_get(json, "summary");
    const json_t *finding =
        json_array_get(json_object_get(json, "findings"), 0);
    const json_t *machines = json_object_get(finding, "machines");
    const json_t *released = json_object_get(json, "released");
#define NUMBER(object, key) json_integer_value(json_object_get(object, key))
#define TEXT(object, key) json_string_value(json_object_get(object, key))
    assert_int_equal(NUMBER(json, "schema"), 1);
    assert_string_equal(TEXT(released, "version"), "7.1");
    assert_string_equal(TEXT(released, "rev"), "v7.1.0");
    assert_int_equal(NUMBER(summary, "errors"), 1);
    assert_int_equal(NUMBER(summary, "warnings"), 0);
    assert_int_equal(NUMBER(summary, "suppressed"), 3);
    assert_int_equal(NUMBER(summary, "gaps"), 1);
    assert_int_equal(NUMBER(finding, "old"), 1);
    assert_int_equal(NUMBER(finding, "new"), 65535);
    assert_string_equal(TEXT(finding, "severity"), "error");
    assert_string_equal(TEXT(finding, "confidence"), "high");
    assert_int_equal(strlen(TEXT(finding, "fingerprint")), 64);
    assert_int_equal(json_array_size(machines), 3);
#undef NUMBER
#undef TEXT
    json_decref(json);
}

/* What is absent is null, an empty list is [], no release is null. */
static void test_json_of_little(void **state)
{
    struct fixture *f = *state;
    struct finding *bare = finding_new("default-changed");
    bare->subject = g_intern_string("x");
    bare->message = g_strdup("odd \xff byte");
    finding_seal(bare);
    f->report.findings->pdata[0] = bare;
    f->report.released = NULL;
    json_t *json = render_json(f);
    const json_t *finding =
        json_array_get(json_object_get(json, "findings"), 0);
    assert_true(json_is_null(json_object_get(json, "released")));
    assert_true(json_is_null(json_object_get(finding, "old")));
    assert_true(json_is_null(json_object_get(finding, "driver")));
    assert_true(json_is_null(json_object_get(finding, "fix")));
    assert_int_equal(
        json_array_size(json_object_get(finding, "machines")), 0);
    assert_true(json_is_array(json_object_get(finding, "related")));
    json_decref(json);
    finding_free(bare);
}

static void test_json_without_findings(void **state)
{
    struct fixture *f = *state;
    g_ptr_array_set_size(f->report.findings, 0);
    g_ptr_array_set_size(f->report.gaps, 0);
    json_t *json = render_json(f);
    const json_t *findings = json_object_get(json, "findings");
    assert_true(json_is_array(findings));
    assert_int_equal(json_array_size(findings), 0);
    assert_true(json_is_array(json_object_get(json, "gaps")));
    json_decref(json);
}

static void test_facts_text(void **state)
{
    struct fixture *f = *state;
    facts_to_text(f->facts, f->out);
    assert_non_null(strstr(
        f->out->str,
        "\nproperty a-device.queues kind=uint16 default=65535 "
        "spelling=\"A + 1\" at hw/a.c:7\n"));
    assert_non_null(strstr(f->out->str, "machine pc-q35-7.1\n"));

    g_auto(GStrv) lines = g_strsplit(f->out->str, "\n", -1);
    for (guint i = 1; lines[i] && *lines[i]; i++) {
        assert_true(strcmp(lines[i - 1], lines[i]) < 0);
    }
}

static void test_diff_of_equal(void **state)
{
    struct fixture *f = *state;
    diff_to_text(f->facts, f->facts, &plain, f->out);
    assert_string_equal(f->out->str, "");
}

static void test_diff_text(void **state)
{
    struct fixture *f = *state;
    g_autoptr(Facts) old = make_facts(value_uint(1));
    g_autoptr(Facts) bare = facts_new();
    facts_seal(bare);
    diff_to_text(old, f->facts, &plain, f->out);
    assert_string_equal(
        f->out->str,
        "~ property a-device.queues default: 1 -> 65535\n");

    g_string_truncate(f->out, 0);
    diff_to_text(old, bare, &plain, f->out);
    assert_non_null(strstr(
        f->out->str,
        "- property a-device.queues kind=uint16 default=1\n"));

    g_string_truncate(f->out, 0);
    diff_to_text(bare, old, &plain, f->out);
    assert_non_null(strstr(f->out->str, "+ machine pc-q35-7.1\n"));
}

static void test_diff_json(void **state)
{
    struct fixture *f = *state;
    g_autoptr(Facts) old = make_facts(value_absent());
    diff_to_json(old, f->facts, "1.2.3", f->out);
    json_t *json = json_loads(f->out->str, 0, NULL);
    const json_t *changes = json_object_get(json, "changes");
    assert_int_equal(json_array_size(changes), 1);
    const json_t *change = json_array_get(changes, 0);
    assert_string_equal(
        json_string_value(json_object_get(change, "change")), "changed");
    assert_null(json_object_get(json_object_get(change, "old"), "default"));
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(change, "new"),
                                           "default")), 65535);
    json_decref(json);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* --- Breaking lines ------------------------------------------------------ */

static void assert_wrapped(const char *text, guint width, const char *wanted)
{
    g_autoptr(GString) out = g_string_new(NULL);
    wrap_append(out, text, width, 2);
    assert_string_equal(out->str, wanted);
}

static void test_wrap(void **state)
{
    assert_wrapped("a line of words\n", 0, "a line of words\n");
    assert_wrapped("a line of words\n", 15, "a line of words\n");
    assert_wrapped("a line of words\n", 9, "a line of\n  words\n");
    assert_wrapped("aaaaaaaaaaaa b\n", 5, "aaaaaaaaaaaa\n  b\n");
    assert_wrapped("  a    b\n", 6, "  a\n  b\n");
    assert_wrapped("\033[1;31mred\033[0m and\n", 7,
                   "\033[1;31mred\033[0m and\n");
    assert_wrapped("\344\270\255\344\270\255 x\n", 5,
                   "\344\270\255\344\270\255\n  x\n");
    assert_wrapped("", 5, "");
    assert_wrapped("\n", 5, "\n");
    assert_wrapped("\033[1", 5, "\033[1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sanitize),
        TEST(test_text),
        TEST(test_text_of_entry),
        TEST(test_text_colors),
        TEST(test_text_is_harmless),
        TEST(test_long_line),
        TEST(test_excerpt_of_what_is_not_there),
        TEST(test_terse),
        TEST(test_machines_summary),
        TEST(test_json_contract),
        TEST(test_json_values),
        TEST(test_json_of_little),
        TEST(test_json_without_findings),
        TEST(test_facts_text),
        TEST(test_diff_of_equal),
        TEST(test_diff_text),
        TEST(test_diff_json),
        cmocka_unit_test(test_wrap),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
