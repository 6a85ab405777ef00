/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/show.h"

#include "report/ranges.h"
#include "report/sanitize.h"
#include "snapshot/snapshot.h"

/* --- Text --------------------------------------------------------------- */

static void append_value(GString *out, const struct value *value)
{
    g_autofree char *text = value_to_text(value);

    switch (value->kind) {
    case VALUE_ABSENT:
        g_string_append(out, "none");
        return;
    case VALUE_UNEVALUATED:
        g_string_append(out, "not evaluated: ");
        break;
    case VALUE_STRING:
        if (!*value->string) {
            g_string_append(out, "\"\"");
        }
        break;
    default:
        break;
    }
    sanitize_append(out, text, SANITIZE_WORD);
}

static void append_place(GString *out, const struct location *loc)
{
    if (loc->file) {
        g_string_append_printf(out, "%s:%d", loc->file, loc->line);
    } else {
        g_string_append(out, "unknown place");
    }
}

static void append_head(GString *out, const struct show *show,
                        const char *name, const struct property *property,
                        const struct qom_type *owner)
{
    sanitize_append(out, show->type->name, SANITIZE_WORD);
    g_string_append_c(out, '.');
    sanitize_append(out, name, SANITIZE_WORD);
    g_string_append(out, ": ");
    sanitize_append(out, property->kind->name, SANITIZE_WORD);
    g_string_append(out, ", default ");
    append_value(out, &property->def);
    g_string_append(out, " (");
    append_place(out, &property->loc);
    if (owner != show->type) {
        g_string_append(out, ", declared by ");
        sanitize_append(out, owner->name, SANITIZE_WORD);
        if (property->name != name) {
            g_string_append_c(out, '.');
            sanitize_append(out, property->name, SANITIZE_WORD);
        }
    }
    g_string_append(out, ")\n");
}

static void append_range(GString *out, const struct show *show,
                         const struct value_range *range)
{
    const struct effective *effective = &range->effective;
    g_autofree char *name = value_range_name(range, show->facts);

    g_string_append_printf(out, "  %s: ", name);
    append_value(out, &effective->value);
    g_string_append(out, " (");
    if (effective->entry) {
        sanitize_append(out, effective->array->id, SANITIZE_WORD);
        g_string_append(out, ", ");
        append_place(out, &effective->entry->loc);
    } else {
        g_string_append(out, "default");
    }
    g_string_append(out, effective->bad_value
                         ? "; does not parse, QEMU aborts)\n" : ")\n");
}

/* A family that knows nothing but the default. */
static bool is_untouched(const struct value_range *range)
{
    return !range->effective.entry && range->from_newest && range->to_oldest;
}

static void append_untouched(GString *out, const struct show *show,
                             const GPtrArray *ranges)
{
    bool any = false;

    for (guint i = 0; i < ranges->len; i++) {
        const struct value_range *range = ranges->pdata[i];
        if (is_untouched(range)) {
            g_autofree char *name = value_range_name(range, show->facts);
            g_string_append_printf(out, "%s%s", any ? ", " : "  default on ",
                                   name);
            any = true;
        }
    }
    g_string_append(out, any ? "\n" : "");
}

static void append_ranges(GString *out, const struct show *show,
                          const GPtrArray *ranges)
{
    for (guint i = 0; i < ranges->len; i++) {
        const struct value_range *range = ranges->pdata[i];
        bool left_out = show->changes_only ? !range->effective.entry
                        : !show->machine && is_untouched(range);
        if (!left_out) {
            append_range(out, show, range);
        }
    }
    if (!show->changes_only && !show->machine) {
        append_untouched(out, show, ranges);
    }
}

void show_to_text(const struct show *show, GString *out)
{
    for (guint i = 0; i < show->n_properties; i++) {
        const char *name = show->properties[i];
        const struct qom_type *owner;
        const struct property *property =
            facts_property(show->facts, show->type, name, &owner);
        g_autoptr(GPtrArray) ranges =
            value_ranges(show->facts, show->type, name, show->machine);
        append_head(out, show, name, property, owner);
        append_ranges(out, show, ranges);
    }
}

/* --- JSON --------------------------------------------------------------- */

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

    for (guint i = 0; i < show->n_properties; i++) {
        json_array_append_new(properties,
                              property_to_json(show, show->properties[i]));
    }
    json_t *root = json_pack(
        "{s:i,s:{s:s,s:s},s:{s:o,s:o,s:o},s:o,s:o}", "schema", 1,
        "tool", "name", "qcompat", "version", tool_version,
        "revision", "rev", text_to_json(revision->rev),
        "commit", text_to_json(revision->commit),
        "version", text_to_json(revision->version),
        "device", text_to_json(show->type->name),
        "properties", properties);
    g_autofree char *text = exact_json_dump(root, JSON_COMPACT);
    g_string_append_printf(out, "%s\n", text);
    json_decref(root);
}
