/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/rule.h"

#include <string.h>

static const struct rule *const rules[] = {
#define RULE(name) &rule_##name,
#include "rules/rules.list"
#undef RULE
    NULL,
};

const struct rule *const *rules_all(void)
{
    return rules;
}

const struct rule *rule_find(const char *id)
{
    for (gsize i = 0; rules[i]; i++) {
        if (strcmp(rules[i]->id, id) == 0) {
            return rules[i];
        }
    }
    return NULL;
}
