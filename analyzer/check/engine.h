/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the engine share during one run.
 */
#ifndef QCOMPAT_CHECK_ENGINE_H
#define QCOMPAT_CHECK_ENGINE_H

#include "check/check.h"
#include "check/side.h"
#include "check/track.h"
#include "rules/changes.h"

/* A released machine type: its index on each side, -1 = not there. */
struct machine_pair {
    guint old, new;
    int base;
};

struct engine {
    const struct check_input *input;
    struct version released_version;
    struct side *old;            /* the released side; NULL: audit */
    struct side *base;           /* what is subtracted; NULL: nothing is */
    struct side *prior;          /* what entries are compared with: BASE's
                                    side, or NULL: all entries are judged */
    struct side *new;            /* HEAD */
    GArray *pairs;               /* struct machine_pair */
    GHashTable *dirty;           /* names of properties worth a look */
    GHashTable *added;           /* entries of HEAD that the released arrays
                                    of the same id lack */
    GHashTable *groups;          /* key → struct compat_break * */
    struct change_set changes;
};

/* A device that was released, on both sides. */
struct device_pair {
    const struct qom_type *old, *new;
    const struct qom_type *base;         /* NULL: nothing to subtract */
};

/* scope.c: what has to be looked at. */
void engine_find_machines(struct engine *engine);
void engine_find_dirty(struct engine *engine);
bool engine_find_device(const struct engine *engine,
                        const struct qom_type *type, struct device_pair *ret);
/* Property names of DEVICE to examine, sorted; const char *. */
GPtrArray *engine_candidates(const struct engine *engine,
                             const struct device_pair *device);
const struct machine *engine_machine(const struct engine *engine,
                                     const struct machine_pair *pair);

/* breaks.c: the equation. */
void engine_find_breaks(struct engine *engine);

/* entries.c, narrow.c, dead.c: what is wrong with entries as such. */
void engine_find_entry_issues(struct engine *engine);
void engine_find_narrow_entries(struct engine *engine);
void engine_find_dead_entries(struct engine *engine);
bool engine_entry_is_new(const struct engine *engine,
                         const struct compat_array *array,
                         const struct compat_entry *entry);
struct entry_issue *engine_add_issue(struct engine *engine,
                                     enum entry_issue_kind kind,
                                     const struct compat_array *array,
                                     const struct compat_entry *entry);

/* chains.c: what is wrong with the lists of arrays. */
void engine_find_chain_issues(struct engine *engine);
/* Whether MACHINE ought to apply ARRAY and does not. */
bool engine_owes(const struct facts *facts, const struct machine *machine,
                 const struct compat_array *array);

/* fields.c: class fields of machine types. */
void engine_find_field_changes(struct engine *engine);

/* cpus.c: CPU models. */
void engine_find_cpu_changes(struct engine *engine);

/* guest.c: what a guest sees and no property guards. */
void engine_find_guest_changes(struct engine *engine);
void guest_change_free(struct guest_change *change);

/* redeclared.c */
void engine_find_redeclared(struct engine *engine);

/* kinds.c */
void engine_find_kind_changes(struct engine *engine);

/* streams.c */
void engine_find_stream_changes(struct engine *engine);

/* Whether a Fixes: trailer says that an entry in an array of VERSION repairs
 * what a release after it broke. */
bool engine_is_late_fix(const struct engine *engine,
                        const struct version *version);
/* The same of what is new, whose author may have let releases have it that
 * came with the mistake: the array is older than two of them. */
bool engine_is_repair(const struct engine *engine,
                      const struct version *version);
/* How many releases there are after VERSION, up to the newest. */
unsigned engine_releases_after(const struct engine *engine,
                               const struct version *version);

/* Two versions of one release: X.Y equal. */
static inline bool same_release(const struct version *a,
                                const struct version *b)
{
    return a->major == b->major && a->minor == b->minor;
}

static inline int compare_release(const struct version *a,
                                  const struct version *b)
{
    return a->major != b->major ? a->major - b->major : a->minor - b->minor;
}

#endif
