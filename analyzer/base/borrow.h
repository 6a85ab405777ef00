/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_BASE_BORROW_H
#define QCOMPAT_BASE_BORROW_H

#include <glib.h>
#include <stdint.h>

/* GLib's containers take plain pointers; what they hold here stays const for
 * everyone who takes it out. */
static inline gpointer borrow(gconstpointer p)
{
    return (gpointer)(uintptr_t)p;
}

#endif
