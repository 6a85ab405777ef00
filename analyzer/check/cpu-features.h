/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an argument of -cpu gives a guest, as tables and entries say. */
#ifndef QCOMPAT_CHECK_CPU_FEATURES_H
#define QCOMPAT_CHECK_CPU_FEATURES_H

#include "model/facts.h"

/*
 * Names (interned) of the features that `-cpu TEXT` has on MACHINE of FACTS:
 * "Haswell", "Haswell-v2", "Haswell,+stibp,pcid=off".  NULL: no table of
 * FACTS describes the model.  A set; free with g_hash_table_unref().
 */
GHashTable *cpu_features(const struct facts *facts,
                         const struct machine *machine, const char *text);

#endif
