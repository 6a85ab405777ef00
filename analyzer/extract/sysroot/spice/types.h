/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
#define SPICE_GNUC_DEPRECATED
#define SPICE_GNUC_VISIBLE
#define SPICE_BEGIN_DECLS
#define SPICE_END_DECLS
