/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What qemu/osdep.h and its friends expect of the C library. */
#include <qc/types.h>
#include <stdarg.h>
#include <stdbool.h>
#include <qc/errno.h>

struct tm;

/* stdio */
typedef struct qc_file FILE;
typedef long fpos_t;
extern FILE *stdin, *stdout, *stderr;
#define EOF (-1)
#define BUFSIZ 8192
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define SEEK_DATA 3
#define SEEK_HOLE 4
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
#define FILENAME_MAX 4096
FILE *fopen(const char *path, const char *mode);
FILE *fdopen(int fd, const char *mode);
FILE *popen(const char *command, const char *mode);
FILE *tmpfile(void);
FILE *freopen(const char *path, const char *mode, FILE *f);
FILE *open_memstream(char **buf, size_t *size);
char *fgets(char *buf, int size, FILE *f);
size_t fread(void *buf, size_t size, size_t n, FILE *f);
size_t fwrite(const void *buf, size_t size, size_t n, FILE *f);
long ftell(FILE *f);
off_t ftello(FILE *f);
ssize_t getline(char **line, size_t *n, FILE *f);

/* stdlib */
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647
typedef struct { int quot, rem; } div_t;
typedef struct { long quot, rem; } ldiv_t;
typedef struct { long long quot, rem; } lldiv_t;
void *malloc(size_t n);
void *calloc(size_t n, size_t size);
void *realloc(void *p, size_t n);
void *memalign(size_t align, size_t n);
void *valloc(size_t n);
void *aligned_alloc(size_t align, size_t n);
void free(void *p);
void abort(void) __attribute__((noreturn));
void exit(int status) __attribute__((noreturn));
void _exit(int status) __attribute__((noreturn));
char *getenv(const char *name);
char *secure_getenv(const char *name);
char *realpath(const char *path, char *out);
char *mkdtemp(char *templ);
char *ptsname(int fd);
char *canonicalize_file_name(const char *path);
double strtod(const char *s, char **end);
float strtof(const char *s, char **end);
double atof(const char *s);
long strtol(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);
long long strtoll(const char *s, char **end, int base);
unsigned long long strtoull(const char *s, char **end, int base);
intmax_t strtoimax(const char *s, char **end, int base);
uintmax_t strtoumax(const char *s, char **end, int base);
long atol(const char *s);
long long atoll(const char *s);
long labs(long n);
long long llabs(long long n);
long random(void);
div_t div(int a, int b);
ldiv_t ldiv(long a, long b);
void *bsearch(const void *key, const void *base, size_t n, size_t size,
              int (*cmp)(const void *, const void *));
#define alloca(n) __builtin_alloca(n)
#define MB_CUR_MAX 6

/* string */
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
size_t strspn(const char *s, const char *set);
size_t strcspn(const char *s, const char *set);
size_t strftime(char *s, size_t n, const char *fmt, const struct tm *tm);
char *strptime(const char *s, const char *fmt, struct tm *tm);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strchrnul(const char *s, int c);
char *strstr(const char *s, const char *part);
char *strcasestr(const char *s, const char *part);
char *strpbrk(const char *s, const char *set);
char *strdup(const char *s);
char *strndup(const char *s, size_t n);
char *strtok(char *s, const char *sep);
char *strtok_r(char *s, const char *sep, char **state);
char *strsep(char **s, const char *sep);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t n);
char *stpcpy(char *to, const char *from);
char *strerror(int err);
char *strsignal(int sig);
const char *sigabbrev_np(int sig);
void *memcpy(void *to, const void *from, size_t n);
void *mempcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);
void *memchr(const void *p, int c, size_t n);
void *memrchr(const void *p, int c, size_t n);
void *rawmemchr(const void *p, int c);
void *memmem(const void *p, size_t n, const void *part, size_t m);
char *dirname(char *path);
char *basename(const char *path);
char *setlocale(int category, const char *locale);

/* inttypes */
#define PRId8 "d"
#define PRId16 "d"
#define PRId32 "d"
#define PRId64 "ld"
#define PRIi8 "i"
#define PRIi16 "i"
#define PRIi32 "i"
#define PRIi64 "li"
#define PRIo8 "o"
#define PRIo16 "o"
#define PRIo32 "o"
#define PRIo64 "lo"
#define PRIu8 "u"
#define PRIu16 "u"
#define PRIu32 "u"
#define PRIu64 "lu"
#define PRIx8 "x"
#define PRIx16 "x"
#define PRIx32 "x"
#define PRIx64 "lx"
#define PRIX8 "X"
#define PRIX16 "X"
#define PRIX32 "X"
#define PRIX64 "lX"
#define PRIdMAX "ld"
#define PRIuMAX "lu"
#define PRIxMAX "lx"
#define PRIXMAX "lX"
#define PRIdPTR "ld"
#define PRIuPTR "lu"
#define PRIxPTR "lx"
#define PRIXPTR "lX"
#define SCNd8 "hhd"
#define SCNd16 "hd"
#define SCNd32 "d"
#define SCNd64 "ld"
#define SCNi64 "li"
#define SCNu8 "hhu"
#define SCNu16 "hu"
#define SCNu32 "u"
#define SCNu64 "lu"
#define SCNx8 "hhx"
#define SCNx16 "hx"
#define SCNx32 "x"
#define SCNx64 "lx"
#define SCNxPTR "lx"
#define SCNdPTR "ld"

/* time */
struct timespec { time_t tv_sec; long tv_nsec; };
struct timeval { time_t tv_sec; suseconds_t tv_usec; };
struct timezone { int tz_minuteswest, tz_dsttime; };
struct itimerspec { struct timespec it_interval, it_value; };
struct itimerval { struct timeval it_interval, it_value; };
struct tm {
    int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday;
    int tm_isdst;
    long tm_gmtoff;
    const char *tm_zone;
};
extern long timezone;
#define CLOCKS_PER_SEC 1000000L
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define CLOCK_MONOTONIC_RAW 4
#define CLOCK_BOOTTIME 7
#define TIMER_ABSTIME 1
#define ITIMER_REAL 0
time_t time(time_t *t);
time_t mktime(struct tm *tm);
time_t timegm(struct tm *tm);
clock_t clock(void);
double difftime(time_t a, time_t b);
struct tm *gmtime(const time_t *t);
struct tm *localtime(const time_t *t);
struct tm *gmtime_r(const time_t *t, struct tm *tm);
struct tm *localtime_r(const time_t *t, struct tm *tm);
char *asctime(const struct tm *tm);
char *ctime(const time_t *t);
#define timeradd(a, b, r) ((r)->tv_sec = (a)->tv_sec + (b)->tv_sec)
#define timersub(a, b, r) ((r)->tv_sec = (a)->tv_sec - (b)->tv_sec)
#define timercmp(a, b, op) ((a)->tv_sec op (b)->tv_sec)
#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)

/* setjmp */
typedef long jmp_buf[25];
typedef long sigjmp_buf[25];
#define sigsetjmp(env, save) __sigsetjmp(env, save)

/* assert: the condition stays visible, nothing depends on it */
#undef assert
#define assert(e) ((void)(e))
#define static_assert _Static_assert

#include <qc/files.h>
#include <qc/signal.h>
