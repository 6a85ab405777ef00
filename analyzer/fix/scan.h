/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * C text as far as it takes to add a line in the right place: comments,
 * literals and brackets.  All offsets are bytes; -1 = not found.
 */
#ifndef QCOMPAT_FIX_SCAN_H
#define QCOMPAT_FIX_SCAN_H

#include "model/facts.h"

struct text {
    const char *data;        /* not terminated */
    gssize length;
};

/* Offset of LOC, -1 where TEXT has no such place. */
gssize scan_offset(struct text text, const struct location *loc);
/* Past a comment, literal or preprocessor line that starts at AT, else the
 * next byte. */
gssize scan_skip(struct text text, gssize at);
/* The bracket that closes the one at OPEN. */
gssize scan_match(struct text text, gssize open);
/* The next C that is code, from AT on and before END. */
gssize scan_find(struct text text, gssize at, gssize end, char c);
/* The last byte in [AT, END) that is code and no blank. */
gssize scan_last(struct text text, gssize at, gssize end);

gssize scan_line_start(struct text text, gssize at);
gssize scan_line_end(struct text text, gssize at);   /* past the newline */
/* Length of the blanks that AT's line starts with. */
gssize scan_indent(struct text text, gssize at);
/* Whether [AT, END) is blanks and comments. */
bool scan_is_blank(struct text text, gssize at, gssize end);

/* WORD as a whole identifier, from AT on and before END. */
gssize scan_word(struct text text, gssize at, gssize end, const char *word);
/* The identifier at AT, empty where there is none; free it. */
char *scan_identifier(struct text text, gssize at);

#endif
