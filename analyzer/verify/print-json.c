/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/print.h"

#include "snapshot/snapshot.h"

static json_t *location_to_json(const struct location *loc)
{
    return loc->file ? json_pack("{s:o,s:i}", "file",
                                 text_to_json(loc->file), "line", loc->line)
                     : json_null();
}

static json_t *difference_to_json(const struct difference *d)
{
    json_t *where = json_array();

    for (guint i = 0; i < d->where->len; i++) {
        json_array_append_new(where, text_to_json(d->where->pdata[i]));
    }
    return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:o}",
                     "kind", difference_kind_name(d->kind),
                     "subject", text_to_json(d->subject),
                     "property", text_to_json(d->property),
                     "facts", text_to_json(d->ours),
                     "qemu", text_to_json(d->theirs),
                     "location", location_to_json(&d->loc),
                     "where", where);
}

static json_t *differences_to_json(const struct comparison *comparison)
{
    json_t *array = json_array();

    for (guint i = 0; i < comparison->differences->len; i++) {
        json_array_append_new(
            array, difference_to_json(comparison->differences->pdata[i]));
    }
    return array;
}

static json_t *silence_to_json(const struct answers *answers)
{
    json_t *array = json_array();

    for (guint i = 0; i < answers->types->len; i++) {
        const struct answer_type *type = answers->types->pdata[i];
        if (type->silence) {
            json_array_append_new(
                array, json_pack("{s:o,s:o}",
                                 "type", text_to_json(type->name),
                                 "reason", text_to_json(type->silence)));
        }
    }
    return array;
}

static json_t *binary_to_json(const struct answers *answers)
{
    return json_pack("{s:o,s:o,s:o,s:o,s:b,s:b}",
                     "path", text_to_json(answers->binary),
                     "target", text_to_json(answers->target),
                     "version", text_to_json(answers->version),
                     "package", text_to_json(answers->package),
                     "tells_defaults", answers->tells_defaults,
                     "tells_compat", answers->tells_compat);
}

static json_t *counts_to_json(const struct comparison *comparison)
{
    return json_pack("{s:i,s:i,s:i,s:i,s:i}",
                     "types", comparison->n_types,
                     "properties", comparison->n_properties,
                     "defaults", comparison->n_defaults,
                     "machines", comparison->n_machines,
                     "chains", comparison->n_chains);
}

void comparison_to_json(const struct comparison *comparison,
                        const struct facts *facts,
                        const struct answers *answers,
                        const char *tool_version, GString *out)
{
    const struct revision *revision = &facts->revision;
    json_t *root = json_pack(
        "{s:i,s:{s:s,s:s},s:{s:o,s:o,s:o},s:o,s:o,s:o,s:o}",
        "schema", 1,
        "tool", "name", "qcompat", "version", tool_version,
        "revision", "rev", text_to_json(revision->rev),
        "commit", text_to_json(revision->commit),
        "version", text_to_json(revision->version),
        "qemu", binary_to_json(answers),
        "compared", counts_to_json(comparison),
        "differences", differences_to_json(comparison),
        "unanswered", silence_to_json(answers));
    g_autofree char *text = exact_json_dump(root, JSON_COMPACT);

    g_string_append_printf(out, "%s\n", text);
    json_decref(root);
}
