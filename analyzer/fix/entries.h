/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compat entries as text.
 */
#ifndef QCOMPAT_FIX_ENTRIES_H
#define QCOMPAT_FIX_ENTRIES_H

#include "fix/edit.h"

/* How the entries of an array look. */
struct entry_style {
    char *indent;
    bool opening_blank, closing_blank;   /* "{ x }" or "{x}" */
    bool macros;             /* drivers are mostly spelled TYPE_X */
};
void entry_style_clear(struct entry_style *style);
typedef struct entry_style EntryStyle;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(EntryStyle, entry_style_clear)

/* The style of ARRAY in FILE; of its neighbours where it is empty. */
void entries_style(const struct edited_file *file, const struct facts *head,
                   const struct compat_array *array,
                   struct entry_style *ret);

/* "    { TYPE_X, \"property\", \"value\" },\n" for an add REPAIR. */
void entries_append(GString *out, struct patch *patch,
                    const struct edited_file *file,
                    const struct entry_style *style,
                    const struct repair *repair);

/* The brackets of ARRAY in FILE; false where it is not written out there. */
bool entries_find(const struct edited_file *file,
                  const struct compat_array *array, gssize *ret_open,
                  gssize *ret_close);

/* Adds LINES behind the last entry of ARRAY. */
bool entries_insert(struct edited_file *file,
                    const struct compat_array *array, const char *lines);

/* A replace or remove REPAIR; done already counts as done. */
bool entries_change(struct patch *patch, const struct facts *head,
                    const struct repair *repair);

#endif
