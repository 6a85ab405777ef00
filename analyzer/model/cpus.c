/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/cpus.h"

#include <string.h>

static void version_free(gpointer data)
{
    struct cpu_version *version = data;

    g_ptr_array_unref(version->props);
    g_free(version);
}

void cpu_model_free(struct cpu_model *model)
{
    g_ptr_array_unref(model->values);
    g_ptr_array_unref(model->versions);
    g_ptr_array_unref(model->limits);
    g_free(model);
}

struct cpu_model *facts_add_cpu_model(struct facts *facts, const char *name,
                                      const char *type)
{
    struct cpu_model *model = g_new0(struct cpu_model, 1);

    model->name = name;
    model->type = type;
    model->values = g_ptr_array_new_with_free_func(g_free);
    model->versions = g_ptr_array_new_with_free_func(version_free);
    model->limits = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(facts->cpu_models, model);
    return model;
}

void cpu_values_add(GPtrArray *values, const char *name, const char *value)
{
    struct cpu_value *added = g_new(struct cpu_value, 1);

    *added = (struct cpu_value){ name, value };
    g_ptr_array_add(values, added);
}

struct cpu_version *cpu_model_add_version(struct cpu_model *model,
                                          int version)
{
    struct cpu_version *added = g_new0(struct cpu_version, 1);

    added->version = version;
    added->props = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(model->versions, added);
    return added;
}

static struct cpu_limit *find_limit(const struct cpu_model *model,
                                    const char *feature)
{
    for (guint i = 0; i < model->limits->len; i++) {
        struct cpu_limit *limit = g_ptr_array_index(model->limits, i);

        if (limit->feature == feature) {
            return limit;
        }
    }
    return NULL;
}

void cpu_model_add_limit(struct cpu_model *model,
                         const struct version *version, const char *feature)
{
    struct cpu_limit *limit = find_limit(model, feature);

    if (!limit) {
        limit = g_new(struct cpu_limit, 1);
        *limit = (struct cpu_limit){ *version, feature };
        g_ptr_array_add(model->limits, limit);
    } else if (version_compare(version, &limit->version) > 0) {
        limit->version = *version;
    }
}

const struct version *cpu_model_limit(const struct cpu_model *model,
                                      const char *feature)
{
    const struct cpu_limit *limit = find_limit(model, feature);

    return limit ? &limit->version : NULL;
}

bool cpu_model_is_limited(const struct cpu_model *model,
                          const struct machine *machine, const char *feature)
{
    const struct version *limit = cpu_model_limit(model, feature);

    return limit && machine->versioned &&
           version_compare(&machine->version, limit) <= 0;
}

const struct cpu_model *facts_cpu_model(const struct facts *facts,
                                        const char *type)
{
    for (guint i = 0; i < facts->cpu_models->len; i++) {
        const struct cpu_model *model =
            g_ptr_array_index(facts->cpu_models, i);

        if (model->type == type) {
            return model;
        }
    }
    return NULL;
}

/* "EPYC-v2-x86_64-cpu" is a version of "EPYC-x86_64-cpu". */
static bool is_version_of(const char *type, const struct cpu_model *model)
{
    gsize length = strlen(model->name);

    if (strncmp(type, model->name, length) != 0 ||
        strncmp(type + length, "-v", 2) != 0) {
        return false;
    }
    type += length + 2;
    type += strspn(type, "0123456789");
    return strcmp(type, model->type + length) == 0;
}

bool facts_cpu_table_tells(const struct facts *facts, const char *type,
                           const char *name)
{
    if (g_str_has_prefix(name, "min-")) {
        name = g_intern_string(name + strlen("min-"));
    }
    for (guint i = 0; i < facts->cpu_models->len; i++) {
        const struct cpu_model *model =
            g_ptr_array_index(facts->cpu_models, i);

        if (model->type == type || is_version_of(type, model)) {
            return cpu_values_get(model->values, name) != NULL;
        }
    }
    return false;
}

const struct cpu_version *cpu_model_version(const struct cpu_model *model,
                                            int version)
{
    for (guint i = 0; i < model->versions->len; i++) {
        const struct cpu_version *at = g_ptr_array_index(model->versions, i);

        if (at->version == version) {
            return at;
        }
    }
    return NULL;
}

const char *cpu_values_get(const GPtrArray *values, const char *name)
{
    for (guint i = values->len; i > 0; i--) {
        const struct cpu_value *value = g_ptr_array_index(values, i - 1);

        if (value->name == name) {
            return value->value;
        }
    }
    return NULL;
}
