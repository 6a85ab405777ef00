/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `matrix`: which revision can take over a guest from which. */
#include "base/error.h"
#include "bodies.h"
#include "cache/cache.h"
#include "command.h"
#include "document.h"
#include "model/cpus.h"
#include "matrix-id.h"
#include "registers.h"
#include "report/matrix-keep.h"
#include "report/matrix.h"
#include "report/similar.h"
#include "session.h"
#include "verdict-id.h"

#include <string.h>

/* A snapshot is called by its file, the rest as the user did. */
static const char *name_of(const struct side *side)
{
    g_autofree char *base = NULL;

    if (side->source) {
        return side->name;
    }
    base = g_path_get_basename(side->name);
    base[strlen(base) - strlen(".json")] = '\0';
    return g_intern_string(base);
}

/* Revisions, and the code that was looked at to compare them. */
struct stations {
    struct session *session;
    struct cache *cache;         /* NULL: none */
    const char *machine;         /* the full name; */
    const char *target;          /* or NULL */
    bool incomplete;             /* some code could not be read: for now */
    struct side **sides;         /* borrowed from the session */
    GPtrArray *bodies;           /* struct bodies * */
    GError *error;               /* the first, of loading bodies */
};
typedef struct stations Stations;

static void stations_clear(struct stations *stations)
{
    g_free(stations->sides);
    g_ptr_array_unref(stations->bodies);
    g_clear_error(&stations->error);
    cache_close(stations->cache);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stations, stations_clear)

static void free_bodies(void *bodies)
{
    bodies_free(bodies);
}

/* A matrix_bodies_fn; snapshots have no code. */
static const struct check_bodies *load_bodies(void *opaque, guint older,
                                              guint newer,
                                              const GPtrArray *properties)
{
    struct stations *stations = opaque;
    const struct side *old = stations->sides[older];
    const struct side *new = stations->sides[newer];

    stations->incomplete = false;
    if (!old->source || !new->source || stations->error) {
        return NULL;
    }
    g_autoptr(GPtrArray) paths = bodies_changed_paths(old->source,
                                                      new->source);
    const struct bodies_sides sides = {
        .released = old->source, .base = old->source, .head = new->source,
        .released_facts = old->facts, .head_facts = new->facts,
        .paths = paths, .properties = properties,
    };
    struct bodies *bodies = bodies_load(stations->session->loader, &sides,
                                        &stations->error);

    if (bodies) {
        const struct check_bodies *check = bodies_for_check(bodies);

        g_ptr_array_add(stations->bodies, bodies);
        stations->incomplete = check->gaps && check->gaps->len;
    }
    return bodies_for_check(bodies);
}

/* A matrix_more_fn. */
static void compare_registers(void *opaque, guint older, guint newer,
                              struct matrix_hop *forward,
                              struct matrix_hop *backward)
{
    struct stations *stations = opaque;
    const struct side *old = stations->sides[older];
    const struct side *new = stations->sides[newer];
    const struct machine *machine = facts_machine(
        new->facts, stations->machine,
        stations->target ? target_bit(stations->target) : 0);

    if (machine && old->source && new->source &&
        machine->targets & (target_bit("arm") | target_bit("aarch64"))) {
        registers_compare(old->source, new->source, forward, backward);
    }
}

/* --- What was found before -------------------------------------------------- */

#define KIND "matrix"

/* NULL for what has no name that lasts. */
static char *pair_key(const struct stations *stations, guint older,
                      guint newer)
{
    const struct side *old = stations->sides[older];
    const struct side *new = stations->sides[newer];
    const char *before =
        old->source ? source_revision(old->source)->tree : NULL;
    const char *after =
        new->source ? source_revision(new->source)->tree : NULL;
    const char *parts[] = {
        MATRIX_ID, VERDICT_ID, loader_facts_id(), before, after,
        stations->machine, stations->target ? stations->target : "",
    };

    return before && after ? cache_key(parts, G_N_ELEMENTS(parts)) : NULL;
}

/* A matrix_recall_fn. */
static bool recall(void *opaque, guint older, guint newer,
                   struct matrix_hop *forward, struct matrix_hop *backward)
{
    struct stations *stations = opaque;
    g_autofree char *key = pair_key(stations, older, newer);
    g_autoptr(GBytes) bytes = key ? cache_get(stations->cache, KIND, key)
                                  : NULL;
    gsize length;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    return text && matrix_hops_from_text(text, length, forward, backward);
}

/* A matrix_keep_fn. */
static void keep(void *opaque, guint older, guint newer,
                 const struct matrix_hop *forward,
                 const struct matrix_hop *backward)
{
    struct stations *stations = opaque;
    g_autofree char *key = pair_key(stations, older, newer);

    if (key && !stations->error && !stations->incomplete) {
        g_autoptr(GString) text = g_string_new(NULL);

        matrix_hops_to_text(forward, backward, text);
        cache_put(stations->cache, KIND, key, text->str, text->len);
    }
}

static bool open_revisions(struct stations *stations,
                           struct matrix_revision *revisions, guint n,
                           GError **error)
{
    struct session *session = stations->session;
    struct side **sides = stations->sides;

    for (guint i = 0; i < n; i++) {
        sides[i] = session_open(session, session->options->operands[i], NULL,
                                error);
        if (!sides[i]) {
            return false;
        }
    }
    if (!session_load(session, error)) {
        return false;
    }
    for (guint i = 0; i < n; i++) {
        revisions[i] = (struct matrix_revision){
            .name = name_of(sides[i]), .facts = sides[i]->facts,
        };
    }
    return true;
}

/* The full name of a machine type that a user may have called by its alias;
 * NULL where no revision has it. */
static const char *find_machine(const struct matrix_revision *revisions,
                                guint n, const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = n; i-- > 0;) {
        const GPtrArray *machines = revisions[i].facts->machines;

        for (guint m = 0; m < machines->len; m++) {
            const struct machine *machine = machines->pdata[m];

            if (g_str_equal(machine->name, name) ||
                g_strcmp0(machine->alias, name) == 0) {
                return machine->name;
            }
            g_ptr_array_add(names, (gpointer)(uintptr_t)machine->name);
        }
    }
    g_autofree char *hint = similar_hint(name, names);

    g_set_error(error, QC_ERROR, QC_ERROR_USAGE, "no machine type '%s'%s",
                name, hint);
    return NULL;
}

static bool has_type(const struct matrix_revision *revisions, guint n,
                     const char *name)
{
    for (guint i = 0; i < n; i++) {
        if (facts_type(revisions[i].facts, g_intern_string(name), 0)) {
            return true;
        }
    }
    return false;
}

/* A device that no revision has is a slip of the pen. */
static bool check_devices(const struct matrix_revision *revisions, guint n,
                          char *const *devices, GError **error)
{
    for (guint i = 0; devices && devices[i]; i++) {
        if (has_type(revisions, n, devices[i])) {
            continue;
        }
        const struct facts *facts = revisions[n - 1].facts;
        g_autoptr(GPtrArray) names = g_ptr_array_new();

        for (guint t = 0; t < facts->types->len; t++) {
            g_ptr_array_add(names, (gpointer)(uintptr_t)
                            facts_type_at(facts, t)->name);
        }
        g_autofree char *hint = similar_hint(devices[i], names);

        g_set_error(error, QC_ERROR, QC_ERROR_USAGE, "no device '%s'%s",
                    devices[i], hint);
        return false;
    }
    return true;
}

static bool has_cpu(const struct matrix_revision *revisions, guint n,
                    const char *cpu)
{
    g_autofree char *plain = g_strndup(cpu, strcspn(cpu, ","));

    for (guint i = 0; i < n; i++) {
        const GPtrArray *models = revisions[i].facts->cpu_models;

        for (guint m = 0; m < models->len; m++) {
            const struct cpu_model *model = models->pdata[m];
            size_t length = strlen(model->name);

            if (g_str_has_prefix(plain, model->name) &&
                (!plain[length] || g_str_has_prefix(plain + length, "-v"))) {
                return true;
            }
        }
    }
    return false;
}

/* So is a CPU model. */
static bool check_cpus(const struct matrix_revision *revisions, guint n,
                       char *const *cpus, GError **error)
{
    for (guint i = 0; cpus && cpus[i]; i++) {
        if (has_cpu(revisions, n, cpus[i])) {
            continue;
        }
        const GPtrArray *models = revisions[n - 1].facts->cpu_models;
        g_autoptr(GPtrArray) names = g_ptr_array_new();

        for (guint m = 0; m < models->len; m++) {
            const struct cpu_model *model = models->pdata[m];

            g_ptr_array_add(names, (gpointer)(uintptr_t)model->name);
        }
        g_autofree char *hint = similar_hint(cpus[i], names);

        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "no table describes the CPU model '%s'%s", cpus[i], hint);
        return false;
    }
    return true;
}

static bool check_request(const struct options *options, guint n,
                          GError **error)
{
    if (!options->machine) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "matrix needs a machine type: qcompat matrix -M MACHINE "
                    "REV REV...");
        return false;
    }
    if (options->cpus && g_strv_length(options->cpus) != 1 &&
        g_strv_length(options->cpus) != n) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "matrix needs one --cpu, or one for each of the %u "
                    "revisions", n);
        return false;
    }
    if (n < 2) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "matrix needs two revisions or more");
        return false;
    }
    return true;
}

/* Some hop that was asked for may fail. */
static bool is_broken(const struct matrix *matrix, bool chain)
{
    for (guint i = 0; i < matrix->hops->len; i++) {
        const struct matrix_hop *hop = matrix->hops->pdata[i];

        if ((!chain || hop->from < hop->to) &&
            hop->verdict >= MATRIX_MAY_FAIL) {
            return true;
        }
    }
    return false;
}

static void write_chain(const void *matrix, GString *out)
{
    matrix_to_json(matrix, true, QCOMPAT_VERSION, out);
}

static void write_matrix(const void *matrix, GString *out)
{
    matrix_to_json(matrix, false, QCOMPAT_VERSION, out);
}

enum status cmd_matrix(const struct options *options, GError **error)
{
    guint n = g_strv_length(options->operands);
    g_autofree struct matrix_revision *revisions =
        g_new0(struct matrix_revision, n + 1);
    g_autoptr(GArray) outputs = document_outputs(options, error);
    g_autoptr(Session) session = session_new(options);

    g_auto(Stations) stations = {
        .session = session, .sides = g_new0(struct side *, n + 1),
        .cache = options->no_cache ? NULL : cache_open(CACHE_LIMIT),
        .bodies = g_ptr_array_new_with_free_func(free_bodies),
    };

    if (!outputs || !check_request(options, n, error) ||
        !open_revisions(&stations, revisions, n, error)) {
        return STATUS_ERROR;
    }
    struct matrix_request request = {
        .machine = find_machine(revisions, n, options->machine, error),
        .target = options->target,
        .devices = (const char *const *)options->devices,
        .cpus = (const char *const *)options->cpus,
        .revisions = revisions, .n = n,
        .bodies = load_bodies, .more = compare_registers, .recall = recall, .keep = keep,
        .opaque = &stations,
    };
    if (!request.machine ||
        !check_devices(revisions, n, options->devices, error) ||
        !check_cpus(revisions, n, options->cpus, error)) {
        return STATUS_ERROR;
    }
    stations.machine = request.machine;
    stations.target = request.target;
    g_autoptr(Matrix) matrix = matrix_new(&request);
    g_autoptr(Doc) doc = matrix_to_doc(matrix, options->chain);

    if (stations.error) {
        g_propagate_error(error, g_steal_pointer(&stations.error));
        return STATUS_ERROR;
    }

    if (!document_write(options, outputs, doc,
                        options->chain ? write_chain : write_matrix, matrix,
                        error)) {
        return STATUS_ERROR;
    }
    return is_broken(matrix, options->chain) ? STATUS_FINDINGS
                                             : STATUS_CLEAN;
}
