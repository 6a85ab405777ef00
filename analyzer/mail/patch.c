/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mail/part.h"

#include <stdio.h>
#include <string.h>

void mail_patch_free(struct mail_patch *patch)
{
    if (patch) {
        g_free(patch->subject);
        g_free(patch->message);
        g_free(patch->diff);
        g_free(patch);
    }
}

/* What stands in the brackets: "PATCH v2 03/12", "RFC,v3,1/2". */
static void read_tag(struct mail_patch *patch, const char *tag)
{
    g_auto(GStrv) words = g_strsplit_set(tag, " ,", -1);

    for (char **word = words; *word; word++) {
        unsigned a, b;
        char end;

        if (sscanf(*word, "%u/%u%c", &a, &b, &end) == 2) {
            patch->number = a;
            patch->total = b;
        } else if (sscanf(*word, "v%u%c", &a, &end) == 1 ||
                   sscanf(*word, "V%u%c", &a, &end) == 1) {
            patch->version = MAX(a, 1);
        }
    }
}

static void read_subject(struct mail_patch *patch, const char *subject)
{
    g_autofree char *text = g_strdup(subject);
    char *at = g_strstrip(g_strdelimit(text, "\r\n\t", ' '));

    while (*at == '[' && strchr(at, ']')) {
        char *end = strchr(at, ']');

        *end = '\0';
        read_tag(patch, at + 1);
        at = g_strchug(end + 1);
    }
    patch->subject = g_strdup(at);
}

/* --- The diff in the body --------------------------------------------------- */

/* "--- a/x" followed by "+++ b/x" and a hunk: a diff without git's header. */
static bool is_plain_header(char *const *line)
{
    return g_str_has_prefix(line[0], "--- ") && line[1] &&
           g_str_has_prefix(line[1], "+++ ") && line[2] &&
           g_str_has_prefix(line[2], "@@ -");
}

/* The name in "--- a/x\t2020-01-01", without its first component. */
static char *plain_name(const char *line)
{
    gsize length = strcspn(line + 4, "\t");
    g_autofree char *name = g_strndup(line + 4, length);
    const char *slash = strchr(name, '/');

    return g_strdup(!strcmp(name, "/dev/null") || !slash ? name : slash + 1);
}

/* Writes the header that git would have written for lines 0 and 1. */
static void append_header(GString *diff, char *const *line)
{
    g_autofree char *old = plain_name(line[0]);
    g_autofree char *new = plain_name(line[1]);
    bool created = !strcmp(old, "/dev/null");
    bool deleted = !strcmp(new, "/dev/null");
    const char *name = created ? new : old;

    g_string_append_printf(diff, "diff --git a/%s b/%s\n", name,
                           deleted ? old : new);
    if (created || deleted) {
        g_string_append_printf(diff, "%s file mode 100644\n",
                               created ? "new" : "deleted");
    }
    g_string_append_printf(diff, "--- %s%s\n+++ %s%s\n",
                           created ? "" : "a/", old, deleted ? "" : "b/", new);
}

/* Lines of a hunk, by its header; 0 where it is none. */
static unsigned hunk_length(const char *line)
{
    unsigned old = 1, new = 1;
    int at = 0;
    const char *plus = strchr(line, '+');

    if (!g_str_has_prefix(line, "@@ -") || !plus) {
        return 0;
    }
    if (sscanf(line, "@@ -%*u,%u%n", &old, &at) < 1) {
        old = 1;
    }
    if (sscanf(plus, "+%*u,%u", &new) < 1) {
        new = 1;
    }
    return MIN(old, 1u << 20) + MIN(new, 1u << 20);
}

/* Copies a hunk that starts at LINE; returns the line behind it. */
static char **append_hunk(GString *diff, char **line)
{
    unsigned left = hunk_length(*line);

    g_string_append_printf(diff, "%s\n", *line++);
    while (*line && left) {
        const char *text = *line;

        /* Mailers cut the blank of an empty context line. */
        left -= MIN(left, *text == '+' || *text == '-' ? 1u : 2u);
        g_string_append_printf(diff, "%s%s\n", *text ? "" : " ", text);
        line++;
    }
    while (*line && **line == '\\') {
        g_string_append_printf(diff, "%s\n", *line++);
    }
    return line;
}

static char *read_diff(char **line)
{
    GString *diff = g_string_new(NULL);
    bool has_header = false;

    while (*line) {
        if (g_str_has_prefix(*line, "diff --git ")) {
            has_header = true;
            g_string_append_printf(diff, "%s\n", *line++);
        } else if (is_plain_header(line) && !has_header) {
            append_header(diff, line);
            line += 2;
        } else if (diff->len && hunk_length(*line)) {
            line = append_hunk(diff, line);
            /* Without a line of git's the next file may have none either. */
            has_header = has_header && *line &&
                         g_str_has_prefix(*line, "@@ -");
        } else if (has_header) {
            g_string_append_printf(diff, "%s\n", *line++);
        } else {
            line++;
        }
    }
    return g_string_free(diff, FALSE);
}

/* --- The message ------------------------------------------------------------- */

static bool ends_message(char *const *line)
{
    return !strcmp(line[0], "---") || is_plain_header(line) ||
           g_str_has_prefix(line[0], "diff --git ");
}

static char *read_message(const char *subject, char *const *lines)
{
    GString *message = g_string_new(subject);

    g_string_append(message, "\n\n");
    for (; *lines && !ends_message(lines); lines++) {
        g_string_append_printf(message, "%s\n", *lines);
    }
    return g_string_free(message, FALSE);
}

struct mail_patch *mail_patch_new(const char *subject, const char *body)
{
    struct mail_patch *patch = g_new0(struct mail_patch, 1);
    g_auto(GStrv) lines = g_strsplit(body, "\n", -1);

    for (char **line = lines; *line; line++) {
        gsize length = strlen(*line);

        if (length && (*line)[length - 1] == '\r') {
            (*line)[length - 1] = '\0';
        }
    }
    patch->version = 1;
    read_subject(patch, subject);
    patch->message = read_message(patch->subject, lines);
    patch->diff = read_diff(lines);
    if (!*patch->diff) {
        mail_patch_free(patch);
        return NULL;
    }
    return patch;
}
