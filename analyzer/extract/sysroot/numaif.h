/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define MPOL_DEFAULT 0
#define MPOL_PREFERRED 1
#define MPOL_BIND 2
#define MPOL_INTERLEAVE 3
#define MPOL_LOCAL 4
#define MPOL_PREFERRED_MANY 5
#define MPOL_MF_STRICT 1
#define MPOL_MF_MOVE 2
#define MPOL_F_STATIC_NODES 32768
