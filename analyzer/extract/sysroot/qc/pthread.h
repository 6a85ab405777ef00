/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <qc/types.h>

typedef unsigned long pthread_t;
typedef struct { long opaque[5]; } pthread_mutex_t;
typedef struct { long opaque[6]; } pthread_cond_t;
typedef struct { long opaque[7]; } pthread_rwlock_t;
typedef struct { long opaque[7]; } pthread_attr_t;
typedef struct { long opaque[4]; } pthread_barrier_t;
typedef struct { long opaque[4]; } sem_t;
typedef int pthread_spinlock_t;
typedef int pthread_mutexattr_t;
typedef int pthread_condattr_t;
typedef int pthread_barrierattr_t;
typedef unsigned int pthread_key_t;
typedef int pthread_once_t;
typedef struct { unsigned long bits[16]; } cpu_set_t;
struct sched_param { int sched_priority; };
#define PTHREAD_MUTEX_INITIALIZER { { 0 } }
#define PTHREAD_COND_INITIALIZER { { 0 } }
#define PTHREAD_ONCE_INIT 0
#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_MUTEX_ERRORCHECK 2
#define PTHREAD_CREATE_JOINABLE 0
#define PTHREAD_CREATE_DETACHED 1
#define PTHREAD_STACK_MIN 16384
#define SCHED_OTHER 0
#define SCHED_FIFO 1
#define SCHED_RR 2
#define CPU_SETSIZE 1024
#define CLONE_FS 0x200
#define CLONE_NEWNS 0x20000
#define CPU_ZERO(s) ((s)->bits[0] = 0)
#define CPU_SET(n, s) ((s)->bits[(n) / 64] |= 1UL << (n) % 64)
#define CPU_ISSET(n, s) ((s)->bits[(n) / 64] & 1UL << (n) % 64)
pthread_t pthread_self(void);
void *pthread_getspecific(pthread_key_t key);
