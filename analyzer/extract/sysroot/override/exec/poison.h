/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
/* Target macros may be used everywhere: each file is parsed for one target. */
