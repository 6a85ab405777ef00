/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Effects that hang on a condition which is not known. */
#ifndef QCOMPAT_CHECK_GUEST_CONDITIONS_H
#define QCOMPAT_CHECK_GUEST_CONDITIONS_H

#include "effects/effects.h"

/* By which the sides' effects find each other.  Free with g_free(). */
char *guest_effect_key(enum effect_kind kind, const char *place,
                       const char *value, unsigned number);

/*
 * What both sides do on the same condition, once, compares as what they do
 * without one: adds it to OLD and NEW, key → struct effect *.  OLD_PLACES and
 * NEW_PLACES: place → GPtrArray of the effects with a condition.
 */
void guest_add_same_conditions(GHashTable *old, GHashTable *old_places,
                               GHashTable *new, GHashTable *new_places);

#endif
