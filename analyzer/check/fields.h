/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Class fields of machine types on one side.
 */
#ifndef QCOMPAT_CHECK_FIELDS_H
#define QCOMPAT_CHECK_FIELDS_H

#include "rules/changes.h"

void field_change_free(struct field_change *change);

#endif
