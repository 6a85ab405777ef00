/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CPU models. */
#include "model/cpus.h"
#include "snapshot/reader.h"

static bool read_cpu_values(struct reader *reader, struct jvalue *item,
                            const char *key, GPtrArray *values)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();

    if (!reader_list(reader, item, key, reader_name, texts)) {
        return false;
    }
    if (texts->len % 2) {
        return reader_refuse(reader, key, "pairs of name and value");
    }
    for (guint i = 0; i < texts->len; i += 2) {
        cpu_values_add(values, texts->pdata[i], texts->pdata[i + 1]);
    }
    return true;
}

static bool read_cpu_version(struct reader *reader, struct jvalue *item,
                             void *owner)
{
    int version;

    return reader_int(reader, item, "version", 0, &version)
           && read_cpu_values(reader, item, "props",
                              cpu_model_add_version(owner, version)->props);
}

static bool read_cpu_limit(struct reader *reader, struct jvalue *item,
                           void *owner)
{
    struct version version = { .micro = -1 };
    const char *feature;

    if (!reader_int(reader, item, "major", 0, &version.major)
        || !reader_int(reader, item, "minor", 0, &version.minor)
        || !reader_need_text(reader, item, "feature", &feature)) {
        return false;
    }
    cpu_model_add_limit(owner, &version, feature);
    return true;
}

static bool read_cpu_model(struct reader *reader, struct jvalue *item,
                           void *owner)
{
    const char *name, *type;

    if (!reader_need_text(reader, item, "name", &name)
        || !reader_need_text(reader, item, "type", &type)) {
        return false;
    }
    struct cpu_model *model =
        facts_add_cpu_model(reader->facts, name, type);
    return reader_location(reader, item, &model->loc)
           && read_cpu_values(reader, item, "values", model->values)
           && reader_objects(reader, item, "versions", read_cpu_version,
                             model)
           && (!jvalue_get(item, "limits")
               || reader_objects(reader, item, "limits", read_cpu_limit,
                                 model));
}

bool reader_cpu_models(struct reader *reader, struct jvalue *root)
{
    return !jvalue_get(root, "cpu_models")
           || reader_objects(reader, root, "cpu_models", read_cpu_model,
                             NULL);
}
