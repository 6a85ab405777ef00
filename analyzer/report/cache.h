/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_REPORT_CACHE_H
#define QCOMPAT_REPORT_CACHE_H

#include "cache/cache.h"

/* What the cache holds, or, where CLEARED, what was removed. */
void report_cache_text(const struct cache_info *info, bool cleared,
                       GString *out);
void report_cache_json(const struct cache_info *info, bool cleared,
                       GString *out);

#endif
