/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arrays that are not there yet, and the calls that apply arrays.
 */
#ifndef QCOMPAT_FIX_CHAIN_H
#define QCOMPAT_FIX_CHAIN_H

#include "fix/edit.h"

/* The generic array of the newest version before that in NAME, which a new
 * one is modelled on; NULL where there is none. */
const struct compat_array *chain_model(const struct facts *head,
                                       const char *name);

/*
 * Writes the array NAME with the entries LINES before MODEL, its declaration
 * before that of MODEL, and its application by all machine types of the
 * version in NAME.
 */
bool chain_create(struct patch *patch, const struct facts *head,
                  const struct compat_array *model, const char *name,
                  const char *lines);

/* Applies the array NAME where MACHINE's family sets the options of the
 * version in NAME.  True where it is applied there already. */
bool chain_apply(struct patch *patch, const struct facts *head,
                 const struct machine *machine, const char *name);

#endif
