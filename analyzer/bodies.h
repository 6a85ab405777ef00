/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bodies of functions that a range changes: what they do that a guest can
 * see is compared by the check engine.
 */
#ifndef QCOMPAT_BODIES_H
#define QCOMPAT_BODIES_H

#include "check/bodies.h"
#include "load.h"

/* The sides of a comparison; RELEASED may be BASE. */
struct bodies_sides {
    struct source *released, *base, *head;
    const struct facts *released_facts, *head_facts;
    const GPtrArray *paths;      /* const char *: BASE and HEAD differ there */
    const GPtrArray *properties; /* const struct property *: what reads them
                                    is worth a look; may be NULL */
};

struct bodies;

/* Paths that differ, const char * interned; free with g_ptr_array_unref(). */
GPtrArray *bodies_changed_paths(const struct source *old,
                                const struct source *new);

/* What the facts of two trees say of which bodies are worth a look. */
struct bodies_scope;

/* Of RELEASED_FACTS, HEAD_FACTS and PROPERTIES. */
struct bodies_scope *bodies_scope_new(const struct bodies_sides *sides);
void bodies_scope_free(struct bodies_scope *scope);
typedef struct bodies_scope BodiesScope;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BodiesScope, bodies_scope_free)

/* For the cache; free it. */
char *bodies_scope_text(const struct bodies_scope *scope);
struct bodies_scope *bodies_scope_from_text(const char *text, gsize length);

/* Whether bodies_load() would find something; facts are not needed. */
bool bodies_has_any(struct loader *loader, const struct bodies_sides *sides,
                    const struct bodies_scope *scope);

/* NULL and no error where nothing that a guest sees can have changed. */
struct bodies *bodies_load(struct loader *loader,
                           const struct bodies_sides *sides, GError **error);
void bodies_free(struct bodies *bodies);
typedef struct bodies Bodies;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bodies, bodies_free)

/* Borrowed; for struct check_input. */
const struct check_bodies *bodies_for_check(const struct bodies *bodies);

#endif
