/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `rules` and `explain`: the prose that the rules carry. */
#include "base/error.h"
#include "base/nearest.h"
#include "command.h"
#include "output.h"
#include "rules/rule.h"

#include <string.h>

static void list_rules(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        g_string_append_printf(text, "%-26s %-8s %s\n", (*rule)->id,
                               severity_name((*rule)->severity),
                               (*rule)->title);
    }
    output_stdout(text->str, text->len);
}

static void set_unknown_rule(const char *id, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        g_ptr_array_add(ids, (gpointer)(gintptr)(*rule)->id);
    }
    const char *near =
        nearest_word(id, (const char *const *)ids->pdata, ids->len);
    g_autofree char *meant =
        near ? g_strdup_printf("; did you mean '%s'?", near) : NULL;
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "no rule is called '%s'%s\n'qcompat rules' lists them", id,
                meant ? meant : "");
}

static const struct rule *require_rule(const char *id, GError **error)
{
    const struct rule *rule = rule_find(id);
    if (!rule) {
        set_unknown_rule(id, error);
    }
    return rule;
}

static void print_and_free(char *text)
{
    output_stdout(text, strlen(text));
    g_free(text);
}

static void print_pages(void)
{
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        print_and_free(rule_to_markdown(*rule));
    }
}

enum status cmd_rules(const struct options *options, GError **error)
{
    const char *page = options->markdown;
    if (!page) {
        list_rules();
        return STATUS_CLEAN;
    }
    if (g_str_equal(page, "all")) {
        print_pages();
        return STATUS_CLEAN;
    }
    const struct rule *rule = require_rule(page, error);
    if (!rule) {
        return STATUS_ERROR;
    }
    print_and_free(rule_to_markdown(rule));
    return STATUS_CLEAN;
}

enum status cmd_explain(const struct options *options, GError **error)
{
    const char *id = options->operands[0];
    if (!id) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "explain needs a rule\n'qcompat rules' lists them");
        return STATUS_ERROR;
    }
    const struct rule *rule = require_rule(id, error);
    if (!rule) {
        return STATUS_ERROR;
    }
    print_and_free(rule_to_text(rule));
    return STATUS_CLEAN;
}
