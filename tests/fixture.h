/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The format of fixtures: overlays of directories, and expectations in
 * comments.  Failures of the file system fail the running program.
 */
#ifndef QCOMPAT_TESTS_FIXTURE_H
#define QCOMPAT_TESTS_FIXTURE_H

#include <glib.h>
#include <stdbool.h>

/* Copies tree BELOW to OUT, then DIR/NAME (if there) over it; an empty
 * PATH.removed takes PATH away. */
void fixture_overlay(const char *below, const char *dir, const char *name,
                     const char *out);
/* Removes a tree. */
void fixture_remove(const char *dir);

/* Names of the directories in DIR, sorted. */
GPtrArray *fixture_list(const char *dir);
/* Names of the files in DIR that end in SUFFIX, without it, sorted. */
GPtrArray *fixture_files(const char *dir, const char *suffix);

/* A comment: expect, ok or todo. */
struct fixture_mark {
    char *word;
    char *rule;
    char *pattern;           /* PCRE2 over "level: message"; may be empty */
    char *file;              /* path in the tree */
    int line;
    bool gone;               /* its line is in before/ only */
    bool used;
};

/* The marks in tree HEAD, and those of CASE_DIR/before in files that
 * CASE_DIR/after replaces or removes. */
GPtrArray *fixture_marks(const char *head, const char *case_dir);
bool fixture_pattern_matches(const char *pattern, const char *text);

#endif
