/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "effects/field.h"

#include <string.h>

/* ArchCPU is what code calls the CPU of the target at hand. */
static bool is_one_record(const char *a, const char *b)
{
    return !strcmp(a, b) ||
           (!strcmp(a, "ArchCPU") && g_str_has_suffix(b, "CPU")) ||
           (!strcmp(b, "ArchCPU") && g_str_has_suffix(a, "CPU"));
}

/* LENGTH characters of MEMBER; what stands before its last dot is the struct
 * inside that holds it. */
static bool matches(const struct ir_node *node, const char *record,
                    const char *member, gsize length)
{
    const char *dot = memrchr(member, '.', length);
    const char *name = dot ? dot + 1 : member;
    gsize n = length - (gsize)(name - member);

    if (!node || node->kind != IR_MEMBER || !node->str ||
        strlen(node->str) != n || memcmp(node->str, name, n)) {
        return false;
    }
    return dot ? matches(ir_kid(node, 0), record, member,
                         (gsize)(dot - member))
               : node->str2 && is_one_record(node->str2, record);
}

bool field_is(const struct ir_node *node, const char *record,
              const char *member)
{
    return record && member && matches(node, record, member, strlen(member));
}

const char *field_last_name(const char *member)
{
    const char *dot = strrchr(member, '.');

    return dot ? dot + 1 : member;
}
