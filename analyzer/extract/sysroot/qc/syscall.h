/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
#define __NR_ioctl 16
#define __NR_madvise 28
#define __NR_getpid 39
#define __NR_gettid 186
#define __NR_futex 202
#define __NR_keyctl 250
#define __NR_add_key 248
#define __NR_io_setup 206
#define __NR_sync_file_range 277
#define __NR_mbind 237
#define __NR_signalfd 282
#define __NR_eventfd 284
#define __NR_userfaultfd 323
#define __NR_membarrier 324
#define __NR_memfd_create 319
#define __NR_seccomp 317
#define __NR_pidfd_open 434
#define __NR_io_uring_setup 425
#define __NR_copy_file_range 326
#define SYS_gettid 186
#define SYS_futex 202
#define SYS_arch_prctl 158
#define SYS_ioctl 16
