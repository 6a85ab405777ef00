/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small repositories for one test each, made with the git command line.
 */
#ifndef QCOMPAT_TESTS_GIT_FIXTURE_H
#define QCOMPAT_TESTS_GIT_FIXTURE_H

#include "base/error.h"
#include "source/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
    char *top;       /* removed afterwards */
    char *repo;      /* TOP/repo, an empty repository */
};

/* To be called once, before anything looks at the environment: nothing of
 * the caller's git configuration may reach a test. */
void fixture_isolate(void);

int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Runs a shell command in DIR below the fixture; what it prints, to free. */
char *sh(const struct fixture *f, const char *dir, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* The same for its effect. */
void make(const struct fixture *f, const char *dir, const char *command);

struct repository *open_repo(const struct fixture *f, const char *dir);
void assert_error(const GError *error, enum qc_error code, const char *part);

/* A history that releases like QEMU does, in the order of its commits. */
struct release_step {
    const char *name;        /* branch that is left at this commit */
    const char *from;        /* NULL: the line above */
    const char *merge;
    const char *version;     /* content of VERSION, "" = no such file */
    const char *tag;
};
#define N_RELEASE_STEPS 22
extern const struct release_step release_steps[N_RELEASE_STEPS];

void make_releases(const struct fixture *f, bool tags);
/* Full id of a commit, to free. */
char *id_of(const struct fixture *f, const char *rev);

#define fixture_test(fn) \
    cmocka_unit_test_setup_teardown(fn, fixture_setup, fixture_teardown)

#endif
