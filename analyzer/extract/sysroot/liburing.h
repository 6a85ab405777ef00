/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/types.h>
struct io_uring_sqe {
    __u8 opcode, flags;
    __u16 ioprio;
    __s32 fd;
    __u64 off, addr;
    __u32 len, rw_flags;
    __u64 user_data, pad[3];
};
struct io_uring_cqe { __u64 user_data; __s32 res; __u32 flags; };
struct io_uring { void *sq[13], *cq[13]; unsigned flags; int ring_fd;
                  unsigned pad[4]; };
struct io_uring_params { __u32 sq_entries, cq_entries, flags, pad[27]; };
struct __kernel_timespec { __s64 tv_sec; long long tv_nsec; };
enum { IORING_OP_NOP, IORING_OP_READV, IORING_OP_WRITEV, IORING_OP_FSYNC,
       IORING_OP_POLL_ADD = 6, IORING_OP_POLL_REMOVE, IORING_OP_TIMEOUT = 11 };
#define IORING_FSYNC_DATASYNC 1
#define IORING_SETUP_SQPOLL 2
#define IORING_SETUP_SUBMIT_ALL 128
#define IORING_SETUP_SINGLE_ISSUER 4096
#define IORING_SETUP_COOP_TASKRUN 256
struct io_uring_sqe *io_uring_get_sqe(struct io_uring *ring);
void *io_uring_cqe_get_data(const struct io_uring_cqe *cqe);
#define io_uring_for_each_cqe(ring, head, cqe) \
    for (head = 0; (cqe = NULL); head++)
