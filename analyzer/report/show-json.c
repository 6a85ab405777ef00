/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/show.h"

#include "report/ranges.h"
#include "snapshot/snapshot.h"

static json_t *place_to_json(const struct location *loc)
{
    return loc->file ? json_pack("{s:o,s:i}", "file", text_to_json(loc->file),
                                 "line", loc->line)
                     : json_null();
}

static json_t *targets_to_json(target_set targets)
{
    json_t *array = targets ? json_array() : json_null();

    for (; targets; targets &= targets - 1) {
        json_array_append_new(array, json_string(target_first(targets)));
    }
    return array;
}

static json_t *entry_to_json(const struct effective *effective)
{
    const struct compat_entry *entry = effective->entry;

    return entry ? json_pack("{s:o,s:o,s:o,s:o,s:b,s:o}",
                             "array", text_to_json(effective->array->id),
                             "driver", text_to_json(entry->driver),
                             "property", text_to_json(entry->property),
                             "value", text_to_json(entry->value),
                             "parses", !effective->bad_value,
                             "location", place_to_json(&entry->loc))
                 : json_null();
}

static json_t *range_to_json(const struct value_range *range)
{
    const struct machine *first = range->machines->pdata[0];
    json_t *names = json_array();

    for (guint i = 0; i < range->machines->len; i++) {
        const struct machine *machine = range->machines->pdata[i];
        json_array_append_new(names, text_to_json(machine->name));
    }
    return json_pack("{s:o,s:o,s:o,s:o,s:o}",
                     "family", text_to_json(first->family),
                     "targets", targets_to_json(first->targets),
                     "machines", names,
                     "value", value_to_json(&range->effective.value),
                     "entry", entry_to_json(&range->effective));
}

static json_t *property_to_json(const struct show *show, const char *name)
{
    const struct qom_type *owner;
    const struct property *property =
        facts_property(show->facts, show->type, name, &owner);
    g_autoptr(GPtrArray) ranges =
        value_ranges(show->facts, show->type, name, show->machine);
    json_t *values = json_array();

    for (guint i = 0; i < ranges->len; i++) {
        json_array_append_new(values, range_to_json(ranges->pdata[i]));
    }
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}",
                     "name", text_to_json(name),
                     "kind", text_to_json(property->kind->name),
                     "declared_by", text_to_json(owner->name),
                     "default", value_to_json(&property->def),
                     "location", place_to_json(&property->loc),
                     "values", values);
}

void show_to_json(const struct show *show, const char *tool_version,
                  GString *out)
{
    const struct revision *revision = &show->facts->revision;
    json_t *properties = json_array();
    json_t *reasons = json_array();

    for (guint i = 0; i < show->reasons->len; i++) {
        json_array_append_new(reasons,
                              text_to_json(show->reasons->pdata[i]));
    }
    for (guint i = 0; i < show->n_properties; i++) {
        json_array_append_new(properties,
                              property_to_json(show, show->properties[i]));
    }
    json_t *root = json_pack(
        "{s:i,s:{s:s,s:s},s:{s:o,s:o,s:o},s:o,"
        "s:{s:b,s:s,s:o},s:o}", "schema", 1,
        "tool", "name", "qcompat", "version", tool_version,
        "revision", "rev", text_to_json(revision->rev),
        "commit", text_to_json(revision->commit),
        "version", text_to_json(revision->version),
        "device", text_to_json(show->type->name),
        "migration_stable", "stable", show->stable,
        "verdict", show->stability, "reasons", reasons,
        "properties", properties);
    g_autofree char *text = exact_json_dump(root, JSON_COMPACT);
    g_string_append_printf(out, "%s\n", text);
    json_decref(root);
}
