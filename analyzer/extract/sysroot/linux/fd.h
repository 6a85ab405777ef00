/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define FDEJECT 0x025a
#define FDSETPRM 0x40200242
