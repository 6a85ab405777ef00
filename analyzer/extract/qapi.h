/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * QAPI schema → C declarations.
 *
 * QEMU generates qapi-types-*.h and friends from its *.json schema with a
 * Python script.  A patch under test is hostile, so nothing of the tree is
 * run: this reads the schema itself and writes what scripts/qapi/types.py
 * would declare (enums with their enumerators, structs with their members,
 * unions, alternates, list types, QEnumLookup tables).
 */
#ifndef QCOMPAT_EXTRACT_QAPI_H
#define QCOMPAT_EXTRACT_QAPI_H

#include <glib.h>
#include <stdbool.h>

/* Content of PATH in the tree under test, to be unreferenced by the caller;
 * NULL where there is none. */
typedef GBytes *(*qapi_read_fn)(const char *path, void *opaque);

/* The synthetic unit among the output that defines every QEnumLookup. */
#define QAPI_ENUMS_C "qapi/qapi-enums.c"

struct qapi_file {
    char *path;      /* "qapi/qapi-types-block-core.h" */
    char *text;
};

struct qapi_output {
    GPtrArray *files;    /* struct qapi_file *, by path */
    GPtrArray *gaps;     /* char *: "qapi/x.json:12: …" */
};

/*
 * Reads qapi/qapi-schema.json (or, before v2.12, qapi-schema.json) and what
 * it includes; the text of scripts/qapi/ tells how names are spelt at that
 * age.  Writes the headers that QEMU's sources include and one translation
 * unit, qapi/qapi-enums.c, that defines the table of names of every enum.
 * Never fails: what is not understood is a gap; a tree without a schema has
 * no files and no gaps.  Free with qapi_output_free().
 */
struct qapi_output *qapi_generate(qapi_read_fn read, void *opaque);
void qapi_output_free(struct qapi_output *output);

#endif
