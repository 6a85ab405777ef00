/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/needed.h"

#include <string.h>

bool array_is_generic(const struct compat_array *array)
{
    return array->has_version &&
           g_ascii_strncasecmp(array->id, "hw_compat_",
                               strlen("hw_compat_")) == 0;
}

bool array_reaches(const struct compat_array *array,
                   const GPtrArray *machines)
{
    for (guint i = 0; i < machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(machines, i);

        if (!g_ptr_array_find(machine->compat, array, NULL)) {
            return false;
        }
    }
    return true;
}

static guint count_machines(const struct facts *head,
                            const struct compat_array *array)
{
    guint n = 0;

    for (guint i = 0; i < head->machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(head->machines, i);

        n += g_ptr_array_find(machine->compat, array, NULL);
    }
    return n;
}

/* The newest of a downstream's arrays that all of MACHINES apply: the one
 * that most machine types do. */
static const struct compat_array *
downstream_array(const struct facts *head, const GPtrArray *machines)
{
    const struct compat_array *best = NULL;

    for (guint i = 0; machines->len && i < head->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(head->arrays, i);

        if (array->downstream && array_reaches(array, machines) &&
            (!best ||
             count_machines(head, array) > count_machines(head, best))) {
            best = array;
        }
    }
    return best;
}

/* The generic array's name, spelled as this tree spells its others: old
 * trees have HW_COMPAT_2_12. */
static const char *generic_name(const struct facts *head,
                                const struct version *version)
{
    const char *prefix = "hw_compat_";
    g_autofree char *name = NULL;

    for (guint i = 0; i < head->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(head->arrays, i);

        if (array_is_generic(array)) {
            prefix = g_ascii_isupper(array->id[0]) ? "HW_COMPAT_"
                                                   : "hw_compat_";
        }
    }
    name = g_strdup_printf("%s%d_%d", prefix, version->major, version->minor);
    return g_intern_string(name);
}

const char *needed_array(const struct facts *head,
                         const struct version *version,
                         const GPtrArray *machines,
                         const struct compat_array **ret_array)
{
    const char *name = generic_name(head, version);
    const struct compat_array *generic = facts_array(head, name);

    *ret_array = generic;
    if (!generic || array_reaches(generic, machines)) {
        return name;
    }
    if (downstream_array(head, machines)) {
        *ret_array = downstream_array(head, machines);
        return (*ret_array)->id;
    }
    for (guint i = 0; i < head->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(head->arrays, i);

        if (array->has_version && array->version.major == version->major &&
            array->version.minor == version->minor &&
            array_reaches(array, machines)) {
            *ret_array = array;
            return array->id;
        }
    }
    return name;
}
