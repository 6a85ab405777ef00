/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything a parser may see of one revision, in memory: the files of the
 * tree, the headers that QEMU's build would generate, and the sysroot.
 *
 * Paths are virtual and absolute: TREE_ROOT for the tree's own files,
 * TREE_GEN for generated ones, TREE_SYSROOT.  Nothing of them exists
 * on disk.
 */
#ifndef QCOMPAT_EXTRACT_TREE_H
#define QCOMPAT_EXTRACT_TREE_H

#include "source/source.h"

#include "extract/sysroot.h"

#define TREE_ROOT SYSROOT_ROOT "/src/"
#define TREE_GEN SYSROOT_ROOT "/gen/"
#define TREE_SYSROOT SYSROOT_ROOT "/sysroot/"

/* What a file says, by content: shared by all trees of a run. */
struct tree_content {
    const char *id;          /* blob id, or a hash of a generated text */
    GBytes *bytes;
    GPtrArray *includes;     /* const char *: "name" or <name>, with their
                                delimiters; NULL until scanned */
    int relevant;            /* -1 not known yet, else whether a unit with
                                this content may hold facts */
};

struct tree_file {
    const char *path;        /* virtual, interned */
    const struct source_file *blob;   /* NULL: generated or sysroot */
    struct tree_content *content;     /* NULL until read */
    bool unreadable;
};

/* Contents by id; outlives the trees that use it. */
struct tree_store;

struct tree_store *tree_store_new(void);
void tree_store_free(struct tree_store *store);
typedef struct tree_store TreeStore;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TreeStore, tree_store_free)

struct tree;

/* The source must outlive the tree.  Files are read on first use. */
struct tree *tree_new(struct tree_store *store, struct source *source);
void tree_free(struct tree *tree);

/*
 * A tree that says in some files something else than MODEL does and is alike
 * otherwise: what does not depend on those files is MODEL's.  NULL where too
 * much differs: files come or go, or generated headers depend on them.  MODEL
 * must outlive the tree.  *ret_changed, free the array only, are the files
 * (struct tree_file *, the new tree's own) whose content differs.
 */
struct tree *tree_derive(struct tree *model, struct source *source,
                         GPtrArray **ret_changed);
/* What stands in TREE at the place of FILE, which is TREE's or that of a tree
 * that TREE comes from. */
struct tree_file *tree_own(const struct tree *tree, struct tree_file *file);

/* One compile configuration: QEMU's target and its include path. */
struct tree_config {
    const char *target;      /* "x86_64" */
    char **arguments;        /* of the compiler, all but the file */
    GPtrArray *dirs;         /* const char *: include path, virtual, with a
                                trailing slash */
    GPtrArray *always;       /* struct tree_file *: generated headers of the
                                target, included through macros */
    GHashTable *resolved;    /* name → struct tree_file *, outside of the
                                including file's directory */
};

/* The configuration that a unit is parsed with; *ret_targets are the targets
 * its facts belong to (0 = common).  NULL where TREE is derived and its model
 * has no such configuration. */
struct tree_config *tree_config_for(struct tree *tree,
                                    const struct tree_file *file,
                                    target_set *ret_targets);

/* The one of that target, made where it is not there yet; NULL: TREE is derived
 * and its model has none, or there is no such target. */
struct tree_config *tree_config(struct tree *tree, const char *target);

/* Units that may hold facts: struct tree_file *, by path. */
GPtrArray *tree_candidates(struct tree *tree);
bool tree_is_candidate(struct tree_file *file);

/* By virtual path; NULL where there is none.  Content is read. */
struct tree_file *tree_find(struct tree *tree, const char *path);

/*
 * The include closure of FILE under CONFIG, FILE first: every file the parser
 * can ask for, whatever the preprocessor's conditions say.  struct tree_file *
 * with content; free the array only.
 */
GPtrArray *tree_closure(struct tree *tree, struct tree_config *config,
                        struct tree_file *file);

/* Names of its #include directives, delimiters kept; scanned once. */
GPtrArray *tree_includes(struct tree_file *file);

bool tree_same_includes(struct tree_file *a, struct tree_file *b);

/* Whether PATH (relative) is in a place where no source is: such files may
 * come and go. */
bool tree_is_bystander(const char *path);

/* The file that NAME (with delimiters) in FROM means, NULL = not known. */
struct tree_file *tree_resolve(struct tree *tree, struct tree_config *config,
                               const struct tree_file *from,
                               const char *name);

/* A generated file that is not QEMU's: a prefix header. */
struct tree_file *tree_add_text(struct tree *tree, const char *path,
                                const char *text);

/* What could not be read or generated: char *, "path: reason". */
GPtrArray *tree_gaps(struct tree *tree);

#endif
