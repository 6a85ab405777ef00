/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_GRANT_TABLE_H__
#define __XEN_PUBLIC_GRANT_TABLE_H__
#include <xen/xen.h>
typedef uint32_t grant_ref_t;
enum { GNTST_okay = 0, GNTST_general_error = -1 };
#define GNTCOPY_source_gref 1
#define GNTCOPY_dest_gref 2
#endif
