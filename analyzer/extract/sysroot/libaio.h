/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef struct io_context *io_context_t;
struct iocb { void *data; unsigned key; short aio_lio_opcode, aio_reqprio;
              int aio_fildes; };
struct io_event { void *data; struct iocb *obj; unsigned long res, res2; };
