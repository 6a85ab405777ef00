/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * It counts where the other side's walk began in the same place: it came by,
 * and did not do it.  Where it did not, code has moved.
 */
#include "check/guest-doubt.h"

#include <string.h>

bool guest_is_nameless(const struct effect *effect)
{
    return effect->kind == EFFECT_BYTE && effect->relative &&
           strchr(effect->base, '~');
}

/* Whether FILE has code that guests see something of and that the walk did
 * not come by: that of another object. */
static bool is_done_elsewhere(const struct effects *effects,
                              const char *file)
{
    const GPtrArray *functions = code_functions(effects->world);

    for (guint i = 0; i < functions->len; i++) {
        const struct code_function *function =
            g_ptr_array_index(functions, i);

        if (!g_strcmp0(function->file, file) &&
            !g_hash_table_contains(effects->visited, function) &&
            code_shows(effects->world, function)) {
            return true;
        }
    }
    return false;
}

enum guest_doubt guest_doubt(const struct effect *effect,
                             const struct effects *other)
{
    if (!*effect->entry ||
        g_hash_table_contains(other->entries, effect->entry)) {
        return guest_is_nameless(effect) ? GUEST_MOVED : GUEST_SURE;
    }
    return code_find(other->world, effect->entry, effect->loc.file) ||
           is_done_elsewhere(other, effect->loc.file)
           ? GUEST_LOST : GUEST_MOVED;
}
