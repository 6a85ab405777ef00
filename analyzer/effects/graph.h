/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who ends up calling whom; private to this directory. */
#ifndef QCOMPAT_EFFECTS_GRAPH_H
#define QCOMPAT_EFFECTS_GRAPH_H

#include "effects/effects.h"

struct graph;

/* WORLD must outlive it, and be complete. */
struct graph *graph_new(const struct code *world);
void graph_free(struct graph *graph);

bool graph_shows(const struct graph *graph,
                 const struct code_function *function);
bool graph_sets(const struct graph *graph,
                const struct code_function *function);
const GPtrArray *graph_setters(const struct graph *graph, const char *name);
bool graph_is_called(const struct graph *graph,
                     const struct code_function *function);
/* Whether one of ENTRIES is FUNCTION or ends up calling it. */
bool graph_calls(struct graph *graph, const GPtrArray *entries,
                 const struct code_function *function);
bool graph_reaches(const struct graph *graph, const GPtrArray *entries,
                   const char *member);

#endif
