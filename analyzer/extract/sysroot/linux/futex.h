/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define FUTEX_WAIT 0
#define FUTEX_WAKE 1
