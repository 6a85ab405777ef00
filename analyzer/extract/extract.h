/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From sources to units of IR: finds the translation units that may hold
 * facts, parses them with libclang in confined workers, each with its target's
 * configuration, and lowers them.  Units that sources share (same file, same
 * files included) are parsed once.
 */
#ifndef QCOMPAT_EXTRACT_EXTRACT_H
#define QCOMPAT_EXTRACT_EXTRACT_H

#include "cache/cache.h"
#include "extract/manifest.h"
#include "ir/ir.h"
#include "source/source.h"

/* What files say and how they are cut, by content: for extractions that come
 * one after the other and read nearly the same. */
struct extract_memory;

struct extract_memory *extract_memory_new(void);
void extract_memory_free(struct extract_memory *memory);
/* Content of SOURCE's FILE, a new reference; from MEMORY (or NULL) where it has
 * been read before.  NULL where it cannot be read. */
GBytes *extract_memory_read(struct extract_memory *memory,
                            struct source *source,
                            const struct source_file *file);

struct extract_options {
    const struct pool_progress *progress;    /* pool.h; may be NULL */
    unsigned jobs;               /* workers; 0 = one per processor */
    struct cache *cache;         /* of units, or NULL */
    GHashTable *bodies;          /* NULL: facts.  Else the files to parse,
                                    interned path → set of the functions of
                                    it to lower (bodies_select()) */
    struct manifest *const *manifests;       /* of the sources, or of ones that
                                    they come from: what a manifest says is not
                                    looked for.  NULL where there is none */
    const GPtrArray *paths;      /* NULL: all units.  Else of these alone
                                    (const char *), as the manifests know them */
    GHashTable *changed;         /* near_new()'s, of the only source, or NULL */
    bool resolve;                /* files include others than the manifests
                                    say */
    bool draft;                  /* manifests are wanted, as far as units are
                                    found without one */
    struct extract_memory *memory;       /* or NULL */
    bool more;                   /* extractions will follow that have to cut
                                    much the same headers */
};

/* What could not be parsed at all, or read. */
struct extract_gap {
    const char *file;
    char *reason;
};

struct extract_source {
    GPtrArray *units;            /* struct ir_unit *, by path; shared between
                                    sources, owned by the extraction */
    GPtrArray *keys;             /* const char *, interned: of these in the cache */
    GArray *gaps;                /* struct extract_gap */
    struct manifest_builder *draft;    /* NULL: there is nothing to keep */
};

struct extraction {
    struct extract_source *sources;
    guint n_sources;
    GPtrArray *units;            /* struct ir_unit *, every one once */
    guint parsed;                /* units parsed */
    bool confined;               /* see pool_run() */
    const char *confinement;
    double read_seconds, parse_seconds;
};

/* Whether a file at PATH that says BYTES may hold facts, as a unit of its
 * own. */
bool extract_is_unit(const char *path, GBytes *bytes);

/* Names this extractor and its parser: what decides a unit besides its
 * files. */
const char *extract_version(void);

/* NULL and an error only where nothing can be parsed at all (no worker
 * starts); NULL without one where PATHS are not as the manifests have them. */
struct extraction *extract_sources(struct source *const *sources, guint n,
                                   const struct extract_options *options,
                                   GError **error);
void extraction_free(struct extraction *extraction);
typedef struct extraction Extraction;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Extraction, extraction_free)

#endif
