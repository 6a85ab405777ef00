/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/types.h>
typedef uint64_t eventfd_t;
#define EFD_SEMAPHORE 1
#define EFD_CLOEXEC 02000000
#define EFD_NONBLOCK 04000
