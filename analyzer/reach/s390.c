/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/s390.h"

#include <stdlib.h>
#include <string.h>

#include "base/borrow.h"
#include "base/sorted.h"
#include "model/cpus.h"
#include "reach/s390-lists.h"

#define FEATURE "S390_FEAT_"
#define QEMU_LIST "S390_FEAT_LIST_QEMU_"

static const char lists_path[] = "target/s390x/gen-features.c";
static const char models_path[] = "target/s390x/cpu_models.c";
static const char machine_path[] = "hw/s390x/s390-virtio-ccw.c";
static const char *const names_paths[] = {
    "target/s390x/cpu_features_def.h.inc",
    "target/s390x/cpu_features_def.inc.h",
};

struct builder {
    struct facts *facts;
    const struct s390_lists *lists;
    GHashTable *names;           /* "S390_FEAT_ZPCI" → "stfl/…:zpci" */
    const struct tokens *machine;
};

bool s390_is_source(const char *path)
{
    return !strcmp(path, lists_path) || !strcmp(path, models_path) ||
           !strcmp(path, machine_path) || !strcmp(path, names_paths[0]) ||
           !strcmp(path, names_paths[1]);
}

/* --- Names ---------------------------------------------------------------- */

/* What a string token says. */
static const char *unquoted(const char *token)
{
    return *token == '"' ? token + 1 : token;
}

/* DEF_FEAT(ZPCI, "zpci", MISC, 0, "…"): features of that type have no bit. */
static GHashTable *read_names(const struct tokens *t)
{
    GHashTable *names = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i + 8 < t->list->len; i++) {
        const char *name = unquoted(token_at(t, i + 4));
        const char *type = token_at(t, i + 6);

        if (strcmp(token_at(t, i), "DEF_FEAT")) {
            continue;
        }
        g_autofree char *key = g_strconcat(FEATURE, token_at(t, i + 2), NULL);
        g_autofree char *text = g_strdup_printf(
            "%s/%s:%s", type, strcmp(type, "MISC") ? token_at(t, i + 8) : name,
            name);

        g_hash_table_insert(names, borrow(g_intern_string(key)),
                            borrow(g_intern_string(text)));
    }
    return names;
}

static const char *name_of(const struct builder *b, const char *feature)
{
    const char *text = g_hash_table_lookup(b->names, feature);

    return text ? g_intern_string(strchr(text, ':') + 1) : NULL;
}

/* In order, as model/cpus.h has them. */
static const char *features_text(const struct builder *b, GHashTable *set)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    GHashTableIter iter;
    gpointer feature;

    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &feature, NULL)) {
        gpointer text = g_hash_table_lookup(b->names, feature);

        g_ptr_array_add(words, text ? text : feature);
    }
    g_ptr_array_sort(words, sorted_compare);
    g_ptr_array_add(words, NULL);
    g_autofree char *text = g_strjoinv(" ", (char **)words->pdata);

    return g_intern_string(text);
}

/* --- What machine types take away ------------------------------------------ */

/* A generation of hardware, as s390_cpudef_featoff…() counts. */
struct hardware {
    int generation, ga;
};

static bool is_options(const struct tokens *t, guint i,
                       struct version *version)
{
    const char *name = token_at(t, i);

    return g_str_has_prefix(name, "ccw_machine_") &&
           g_str_has_suffix(name, "_instance_options") &&
           *token_at(t, i + 1) == '(' &&
           !strcmp(token_at(t, i + 2), "MachineState") &&
           version_in_name(name, version);
}

/* Behind the brace that closes the one at I, or the first after it. */
static guint end_of_block(const struct tokens *t, guint i)
{
    int depth = 0;

    for (; i < t->list->len; i++) {
        depth += *token_at(t, i) == '{';
        depth -= *token_at(t, i) == '}';
        if ((*token_at(t, i) == '}' && depth <= 0) ||
            (*token_at(t, i) == ';' && !depth)) {
            return i + 1;
        }
    }
    return i;
}

static bool is_older(const struct hardware *a, int generation, int ga)
{
    return a->generation < generation ||
           (a->generation == generation && a->ga < ga);
}

/* s390_cpudef_featoff…(GENERATION, GA, FEATURE) at I */
static void read_off(const struct builder *b, struct cpu_model *model,
                     const struct hardware *hardware,
                     const struct version *version, guint i)
{
    const struct tokens *t = b->machine;
    bool greater = g_str_has_suffix(token_at(t, i), "_greater");
    int generation = atoi(token_at(t, i + 2)), ga = atoi(token_at(t, i + 4));
    const char *name = name_of(b, token_at(t, i + 6));

    if (name && (greater ? !is_older(hardware, generation, ga)
                         : hardware->generation == generation &&
                           hardware->ga == ga)) {
        cpu_model_add_limit(model, version, name);
    }
}

/* The "qemu" model of machine types of VERSION has what is in LIST. */
static void limit_to(const struct builder *b, struct cpu_model *model,
                     const struct s390_list *all,
                     const struct version *version,
                     const struct s390_list *list)
{
    g_autoptr(GPtrArray) features = sorted_keys(all->features);

    for (guint i = 0; list && i < features->len; i++) {
        const char *feature = features->pdata[i];
        const char *name = name_of(b, feature);

        if (name && !g_hash_table_contains(list->features, feature)) {
            cpu_model_add_limit(model, version, name);
        }
    }
}

/* The options of a version call those of the next newer one.  ALL: of the
 * "qemu" model, else HARDWARE is that of the model. */
static void add_limits(const struct builder *b, struct cpu_model *model,
                       const struct hardware *hardware,
                       const struct s390_list *all)
{
    const struct tokens *t = b->machine;
    struct version version;

    for (guint i = 0; t && i < t->list->len; i++) {
        if (!is_options(t, i, &version)) {
            continue;
        }
        for (guint end = end_of_block(t, i); i < end; i++) {
            const char *at = token_at(t, i);

            if (hardware && g_str_has_prefix(at, "s390_cpudef_featoff")) {
                read_off(b, model, hardware, &version, i);
            } else if (all && g_str_has_prefix(at, QEMU_LIST)) {
                limit_to(b, model, all, &version,
                         s390_list_find(b->lists->qemu,
                                        at + strlen(QEMU_LIST)));
            }
        }
        i--;
    }
}

/* --- Models --------------------------------------------------------------- */

static struct cpu_model *add_model(const struct builder *b, const char *name,
                                   const char *suffix, int line,
                                   GHashTable *features)
{
    g_autofree char *full = g_strconcat(name, suffix, NULL);
    g_autofree char *type = g_strconcat(full, "-s390x-cpu", NULL);
    struct cpu_model *model = facts_add_cpu_model(
        b->facts, g_intern_string(full), g_intern_string(type));

    model->loc = (struct location) {
        .file = g_intern_static_string(lists_path), .line = line, .column = 1,
    };
    cpu_values_add(model->values, g_intern_static_string("features"),
                   features_text(b, features));
    return model;
}

/* CPUDEF_INIT(0x2064, 7, 1, 38, 0x00000000U, "z900", …) at I */
static void add_models(const struct builder *b, const struct tokens *t,
                       guint i)
{
    struct hardware hardware = {
        atoi(token_at(t, i + 4)), atoi(token_at(t, i + 6)),
    };
    const char *name = unquoted(token_at(t, i + 12));
    g_autofree char *key = g_strdup_printf("GEN%d_GA%d", hardware.generation,
                                           hardware.ga);
    const struct s390_list *list = s390_list_find(b->lists->generations, key);

    if (!list || *token_at(t, i + 12) != '"') {
        return;
    }
    add_limits(b, add_model(b, name, "", list->line, list->features),
               &hardware, NULL);
    add_model(b, name, "-base", list->line, list->base);
}

/* What the newest machine type gives the "qemu" model. */
static void add_qemu(const struct builder *b)
{
    const struct s390_list *all = s390_list_find(b->lists->qemu, "LATEST");

    all = all ? all : s390_list_find(b->lists->qemu, "MAX");
    if (all) {
        add_limits(b, add_model(b, "qemu", "", all->line, all->features),
                   NULL, all);
    }
}

static struct tokens *read_tokens(const struct reach_tree *tree,
                                  const char *path)
{
    g_autofree char *text = tree_text(tree, path);

    return text ? tokens_new(text) : NULL;
}

static void build(struct builder *b, const struct tokens *models)
{
    for (guint i = 0; i < models->list->len; i++) {
        if (!strcmp(token_at(models, i), "CPUDEF_INIT")) {
            add_models(b, models, i);
        }
    }
    add_qemu(b);
}

void s390_add_models(struct facts *facts, const struct reach_tree *tree)
{
    g_autofree char *text = tree_text(tree, lists_path);
    g_autoptr(Tokens) models = text ? read_tokens(tree, models_path) : NULL;
    g_autoptr(Tokens) machine = text ? read_tokens(tree, machine_path) : NULL;
    g_autoptr(Tokens) defs = NULL;

    for (gsize i = 0; models && !defs && i < G_N_ELEMENTS(names_paths); i++) {
        defs = read_tokens(tree, names_paths[i]);
    }
    if (!defs) {
        return;
    }
    g_autoptr(S390Lists) lists = s390_lists_new(text);
    g_autoptr(GHashTable) names = read_names(defs);
    struct builder b = { facts, lists, names, machine };

    if (lists) {
        build(&b, models);
    } else {
        facts_add_gap(facts, g_intern_static_string(lists_path), 0,
                      g_intern_static_string("the lists of features of "
                                             "s390x could not be read"));
    }
}

/* --- Sums ------------------------------------------------------------------ */

void s390_sum(const char *path, const char *text, GChecksum *sum)
{
    g_autoptr(Tokens) t = NULL;
    struct version version;

    if (strcmp(path, machine_path)) {
        g_checksum_update(sum, (const guchar *)text, -1);
        return;
    }
    t = tokens_new(text);
    for (guint i = 0; i < t->list->len; i++) {
        if (!is_options(t, i, &version)) {
            continue;
        }
        for (guint end = end_of_block(t, i); i < end; i++) {
            g_checksum_update(sum, (const guchar *)token_at(t, i), -1);
            g_checksum_update(sum, (const guchar *)"\n", 1);
        }
        i--;
    }
}
