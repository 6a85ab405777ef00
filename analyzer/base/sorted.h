/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names in the order of strcmp(), whatever a hash table makes of them. */
#ifndef QCOMPAT_BASE_SORTED_H
#define QCOMPAT_BASE_SORTED_H

#include <glib.h>

/* For g_ptr_array_sort() of a list of const char *. */
gint sorted_compare(gconstpointer a, gconstpointer b);

/* The keys of SET, const char *, in order; free the array only. */
GPtrArray *sorted_keys(GHashTable *set);

#endif
