/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What has to be parsed of several sources: units, each with the key that
 * names everything which decides its IR.
 *
 * A source that differs little from one before it shares that one's tables;
 * only units that see a file which differs are looked at again.
 */
#ifndef QCOMPAT_EXTRACT_PLAN_H
#define QCOMPAT_EXTRACT_PLAN_H

#include "extract/extract.h"
#include "extract/parse.h"
#include "extract/manifest.h"
#include "ir/ir.h"

/* A unit of some source; several sources may point to one. */
struct unit {
    struct parse_unit parse;
    char *key;
    struct ir_unit *ir;          /* borrowed from whoever keeps it; NULL: it
                                    is to be parsed, or could not be */
    char *failure;
};

struct planner;

/* IR (struct ir_unit *) gets what the cache knows; OPTIONS are borrowed. */
struct planner *planner_new(const struct extract_options *options,
                            GPtrArray *ir);
void planner_free(struct planner *planner);

/*
 * The units of SOURCE by path, struct unit *; borrowed.  MANIFEST is that of
 * SOURCE or of one that it comes from, or NULL.  *RET_TREE may outlive nothing
 * but the planner, and is NULL where MANIFEST was enough.  NULL where single
 * PATHS are asked for that the manifest does not have like that.
 */
GPtrArray *planner_add(struct planner *planner, struct source *source,
                       const struct manifest *manifest, struct tree **ret_tree);
/* What there is to keep of the I-th source, whose IR is complete; NULL where
 * it is not. */
struct manifest_builder *planner_draft(struct planner *planner, guint i);
/* Forgets how headers are cut: no source will follow. */
void planner_trim(struct planner *planner);
/* Where the units' prefixes are kept, borrowed. */
struct prefix_store *planner_prefixes(struct planner *planner);
/* Those of all sources so far that have no IR, each once. */
GPtrArray *planner_unknown(struct planner *planner);

/* Takes what was parsed; false where BYTES are no unit. */
bool planner_learn(struct planner *planner, struct unit *unit, GBytes *bytes);

#endif
