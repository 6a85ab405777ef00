/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Taking JSON apart without believing it, for analyzer/snapshot only: every
 * function returns false and sets the reader's error (QC_ERROR_CONFIG) where
 * the document is not what it should be.
 */
#ifndef QCOMPAT_SNAPSHOT_READER_H
#define QCOMPAT_SNAPSHOT_READER_H

#include "model/facts.h"
#include "snapshot/parse.h"

struct reader {
    struct facts *facts;
    GHashTable *arrays;      /* id -> struct compat_array * */
    GPtrArray *kinds;        /* by their number in the file */
    GHashTable *moves;       /* of facts_from_text_moved(), or NULL */
    GError **error;
};

/* "'KEY' is not EXPECTED"; always false. */
bool reader_refuse(struct reader *reader, const char *key,
                   const char *expected);

/* Interned text, or NULL where the key is absent or null. */
bool reader_text(struct reader *reader, struct jvalue *object,
                 const char *key, const char **ret);
bool reader_need_text(struct reader *reader, struct jvalue *object,
                      const char *key, const char **ret);
/* Zero and up; ABSENT where there is no such key. */
bool reader_int(struct reader *reader, struct jvalue *object,
                const char *key, int absent, int *ret);
bool reader_bool(struct reader *reader, struct jvalue *object,
                 const char *key, bool *ret);
bool reader_location(struct reader *reader, struct jvalue *object,
                     struct location *ret);
/* *LINE, of FILE, becomes what it is now. */
bool reader_move(struct reader *reader, const char *file, int *line);
bool reader_targets(struct reader *reader, struct jvalue *object,
                    target_set *ret);
bool reader_version(struct reader *reader, struct jvalue *object,
                    bool *ret_known, struct version *ret);

/* Calls READ with every item of a list, which must be there. */
typedef bool (*reader_item)(struct reader *reader, struct jvalue *item,
                            void *owner);
bool reader_list(struct reader *reader, struct jvalue *object,
                 const char *key, reader_item read, void *owner);
/* The same for a list of objects only. */
bool reader_objects(struct reader *reader, struct jvalue *object,
                    const char *key, reader_item read, void *owner);
/* A reader_item that adds a string to the GPtrArray OWNER. */
bool reader_name(struct reader *reader, struct jvalue *item, void *owner);

/* read.c: RET stays what it is where nothing is said. */
bool reader_boards(struct reader *reader, struct jvalue *item,
                   uint64_t *ret);

/* read-stream.c: what classes and the tree say of migration streams; older
 * snapshots say nothing. */
bool reader_vmstate_uses(struct reader *reader, struct jvalue *item,
                         struct qom_type *type);
bool reader_vmstates(struct reader *reader, struct jvalue *root);
/* read-cpu.c: the same for CPU models. */
bool reader_cpu_models(struct reader *reader, struct jvalue *root);

/* facts_from_text(), taking TEXT, which has a NUL behind LENGTH bytes. */
struct facts *facts_from_own_text(char *text, size_t length, GHashTable *moves,
                                  GError **error);

const char *syntax_name(enum value_syntax syntax);
bool syntax_parse(const char *text, enum value_syntax *ret);

#endif
