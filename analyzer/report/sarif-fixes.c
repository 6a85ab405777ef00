/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unified diff as SARIF wants it: regions that go and text that comes.
 */
#include "report/sarif.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "snapshot/snapshot.h"

/* A run of changed lines that is being read. */
struct run {
    json_t *replacements;    /* of the current file, borrowed */
    int line;                /* of the old file, the next one */
    int first, removed;      /* where the run starts, how much goes */
    GString *inserted;
};

static json_t *region(int first, int n)
{
    return json_pack("{s:i, s:i, s:i, s:i}",
                     "startLine", first, "startColumn", 1,
                     "endLine", first + n, "endColumn", 1);
}

static void end_run(struct run *run)
{
    if (run->replacements && (run->removed || run->inserted->len)) {
        json_t *replacement = json_pack("{s:o}", "deletedRegion",
                                        region(run->first, run->removed));

        if (run->inserted->len) {
            json_object_set_new(replacement, "insertedContent",
                                json_pack("{s:o}", "text",
                                          text_to_json(run->inserted->str)));
        }
        json_array_append_new(run->replacements, replacement);
    }
    run->removed = 0;
    g_string_truncate(run->inserted, 0);
}

static void start_file(struct run *run, json_t *changes, const char *path)
{
    json_t *change = json_pack("{s:o, s:[]}", "artifactLocation",
                               sarif_artifact(path), "replacements");

    end_run(run);
    run->replacements = json_object_get(change, "replacements");
    json_array_append_new(changes, change);
}

static void start_hunk(struct run *run, const char *line)
{
    int first = 0, n = 1;

    end_run(run);
    if (sscanf(line, "@@ -%d,%d", &first, &n) >= 1) {
        run->line = n ? first : first + 1;
    }
}

static void read_line(struct run *run, json_t *changes, const char *line)
{
    if (g_str_has_prefix(line, "--- ")) {
        end_run(run);
    } else if (g_str_has_prefix(line, "+++ b/")) {
        start_file(run, changes, line + strlen("+++ b/"));
    } else if (g_str_has_prefix(line, "@@ ")) {
        start_hunk(run, line);
    } else if (*line == '-' || *line == '+') {
        if (!run->removed && !run->inserted->len) {
            run->first = run->line;
        }
        if (*line == '-') {
            run->removed++;
            run->line++;
        } else {
            g_string_append_printf(run->inserted, "%s\n", line + 1);
        }
    } else if (*line == ' ') {
        end_run(run);
        run->line++;
    }
}

json_t *sarif_fixes(const char *diff)
{
    g_autoptr(GString) inserted = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(diff, "\n", -1);
    struct run run = { .inserted = inserted };
    json_t *changes = json_array();

    for (char **line = lines; *line; line++) {
        read_line(&run, changes, *line);
    }
    end_run(&run);
    return json_pack("[{s:{s:s}, s:o}]", "description", "text",
                     "Write what is missing", "artifactChanges", changes);
}
