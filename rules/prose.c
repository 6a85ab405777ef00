/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/rule.h"

#include <string.h>

struct section {
    const char *title;
    const char *text;
    bool code;
};

#define N_SECTIONS 4

static void sections_of(const struct rule *rule,
                        struct section ret[N_SECTIONS])
{
    ret[0] = (struct section){ "Why it matters", rule->rationale, false };
    ret[1] = (struct section){ "Example", rule->example, true };
    ret[2] = (struct section){ "How to fix", rule->remedy, false };
    ret[3] = (struct section){ "Known limits", rule->limits, false };
}

char *rule_to_markdown(const struct rule *rule)
{
    GString *out = g_string_new(NULL);
    struct section sections[N_SECTIONS];

    sections_of(rule, sections);
    g_string_append_printf(out, "# %s\n\n%s.\n\nLevel: %s. Confidence: %s.\n",
                           rule->id, rule->title,
                           severity_name(rule->severity),
                           confidence_name(rule->confidence));
    for (gsize i = 0; i < N_SECTIONS; i++) {
        const char *fence = sections[i].code ? "```\n" : "";

        g_string_append_printf(out, "\n## %s\n\n%s%s\n%s", sections[i].title,
                               fence, sections[i].text, fence);
    }
    return g_string_free(out, FALSE);
}

static void append_indented(GString *out, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (gsize i = 0; lines[i]; i++) {
        g_string_append_printf(out, *lines[i] ? "    %s\n" : "%s\n",
                               lines[i]);
    }
}

char *rule_to_text(const struct rule *rule)
{
    GString *out = g_string_new(NULL);
    struct section sections[N_SECTIONS];

    sections_of(rule, sections);
    g_string_append_printf(out, "%s: %s (%s, %s confidence)\n", rule->id,
                           rule->title, severity_name(rule->severity),
                           confidence_name(rule->confidence));
    for (gsize i = 0; i < N_SECTIONS; i++) {
        g_string_append_printf(out, "\n%s\n\n", sections[i].title);
        append_indented(out, sections[i].text);
    }
    return g_string_free(out, FALSE);
}
