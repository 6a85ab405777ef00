/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/streams.h"

#include "base/borrow.h"
#include "base/error.h"

#include <stdarg.h>
#include <string.h>

#define MAX_DEPTH 64

struct judge {
    const struct facts *facts;
    target_set targets;
    const char *device;          /* whose section is being compared */
    GHashTable *states;          /* id or name → GINT: 1 = equal so far */
    GHashTable *known;           /* "state\ntext" → difference */
    struct stream_comparison *out;
};

static void difference_free(void *data)
{
    struct stream_difference *d = data;

    g_free(d->text);
    g_ptr_array_unref(d->devices);
    g_free(d);
}

void stream_comparison_free(struct stream_comparison *comparison)
{
    if (comparison) {
        g_ptr_array_unref(comparison->differences);
        g_free(comparison);
    }
}

/* --- What is found -------------------------------------------------------- */

static struct location state_location(const struct vmstate *vmstate)
{
    return vmstate ? (struct location){ vmstate->file, vmstate->line,
                                        vmstate->column }
                   : (struct location){ NULL, 0, 0 };
}

G_GNUC_PRINTF(4, 5)
static void differ(struct judge *j, const struct vmstate *vmstate,
                   const char *state, const char *format, ...)
{
    g_autofree char *text = NULL;
    g_autofree char *key = NULL;
    struct stream_difference *d;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    key = g_strconcat(state, "\n", text, NULL);
    d = g_hash_table_lookup(j->known, key);
    if (!d) {
        d = g_new0(struct stream_difference, 1);
        d->text = g_steal_pointer(&text);
        d->state = g_intern_string(state);
        d->loc = state_location(vmstate);
        d->devices = g_ptr_array_new();
        g_ptr_array_add(j->out->differences, d);
        g_hash_table_insert(j->known, g_steal_pointer(&key), d);
    }
    if (!g_ptr_array_find(d->devices, j->device, NULL)) {
        g_ptr_array_add(d->devices, borrow(j->device));
    }
    g_hash_table_insert(j->states,
                        borrow(vmstate ? vmstate->id : g_intern_string(state)),
                        GINT_TO_POINTER(vmstate ? 2 : 3));
}

/* --- Comparing ------------------------------------------------------------ */

static void compare_state(struct judge *j, const struct vmstate *vmstate,
                          const json_t *theirs, int depth);

static int number(const json_t *object, const char *key)
{
    return (int)json_integer_value(json_object_get(object, key));
}

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value ? value : "";
}

/* The sizes of structs are those of the host's headers. */
static bool has_own_size(const struct vmstate_field *field)
{
    return !field->nested && field->size != STREAM_UNKNOWN;
}

static void compare_field(struct judge *j, const struct vmstate *vmstate,
                          const struct vmstate_field *field,
                          const json_t *theirs, int depth)
{
    const json_t *nested = json_object_get(theirs, "Description");
    const char *name = text(theirs, "field");
    bool tested = json_is_true(json_object_get(theirs, "field_exists"));
    const json_t *num = json_object_get(theirs, "num");

    j->out->n_fields++;
    if (g_strcmp0(field->name, name)) {
        differ(j, vmstate, vmstate->name, "field '%s' in the facts is '%s'",
               field->name ? field->name : "?", name);
    } else if (field->version_id != number(theirs, "version_id")) {
        differ(j, vmstate, vmstate->name, "field '%s' has version %d in the "
               "facts, %d in QEMU", name, field->version_id,
               number(theirs, "version_id"));
    } else if ((field->test != NULL) != tested) {
        differ(j, vmstate, vmstate->name, "field '%s' has %s test in the "
               "facts", name, tested ? "no" : "a");
    } else if (has_own_size(field) &&
               field->size != json_integer_value(
                   json_object_get(theirs, "size"))) {
        differ(j, vmstate, vmstate->name, "field '%s' has %" G_GINT64_FORMAT
               " bytes in the facts, %" JSON_INTEGER_FORMAT " in QEMU", name,
               field->size,
               json_integer_value(json_object_get(theirs, "size")));
    } else if (num && field->num != json_integer_value(num)) {
        differ(j, vmstate, vmstate->name, "field '%s' has another number of "
               "elements: %" JSON_INTEGER_FORMAT " in QEMU", name,
               json_integer_value(num));
    } else if (nested) {
        compare_state(j, facts_vmstate(j->facts, field->nested), nested,
                      depth + 1);
    }
}

/* QEMU does not print what only validates. */
static GPtrArray *printed_fields(const struct vmstate *vmstate)
{
    GPtrArray *fields = g_ptr_array_new();

    for (guint i = 0; i < vmstate->fields->len; i++) {
        struct vmstate_field *field = g_ptr_array_index(vmstate->fields, i);

        if (!(field->flags & STREAM_MUST_EXIST)) {
            g_ptr_array_add(fields, field);
        }
    }
    return fields;
}

static void compare_fields(struct judge *j, const struct vmstate *vmstate,
                           const json_t *theirs, int depth)
{
    g_autoptr(GPtrArray) fields = printed_fields(vmstate);
    const json_t *list = json_object_get(theirs, "Fields");

    if (fields->len != json_array_size(list)) {
        differ(j, vmstate, vmstate->name, "%u fields in the facts, %zu in "
               "QEMU", fields->len, json_array_size(list));
        return;
    }
    for (guint i = 0; i < fields->len; i++) {
        compare_field(j, vmstate, g_ptr_array_index(fields, i),
                      json_array_get(list, i), depth);
    }
}

static void compare_parts(struct judge *j, const struct vmstate *vmstate,
                          const json_t *theirs, int depth)
{
    const json_t *list = json_object_get(theirs, "Subsections");

    if (vmstate->subsections->len != json_array_size(list)) {
        differ(j, vmstate, vmstate->name, "%u subsections in the facts, %zu "
               "in QEMU", vmstate->subsections->len, json_array_size(list));
        return;
    }
    for (guint i = 0; i < vmstate->subsections->len; i++) {
        compare_state(j, facts_vmstate(j->facts,
                                       g_ptr_array_index(
                                           vmstate->subsections, i)),
                      json_array_get(list, i), depth + 1);
    }
}

static void compare_state(struct judge *j, const struct vmstate *vmstate,
                          const json_t *theirs, int depth)
{
    const char *name = text(theirs, "name");
    int version = number(theirs, "version_id");
    int minimum = number(theirs, "minimum_version_id");

    if (depth >= MAX_DEPTH) {
        return;
    }
    if (!vmstate || !vmstate->name) {
        differ(j, NULL, name, "not in the facts");
        return;
    }
    if (!g_hash_table_contains(j->states, vmstate->id)) {
        g_hash_table_insert(j->states, borrow(vmstate->id),
                            GINT_TO_POINTER(1));
    }
    if (strcmp(vmstate->name, name)) {
        differ(j, vmstate, vmstate->name, "called '%s' in QEMU", name);
        return;
    }
    if (vmstate->version_id != version ||
        vmstate->minimum_version_id != minimum) {
        differ(j, vmstate, name, "version %d, minimum %d in the facts, %d "
               "and %d in QEMU", vmstate->version_id,
               vmstate->minimum_version_id, version, minimum);
    }
    compare_fields(j, vmstate, theirs, depth);
    compare_parts(j, vmstate, theirs, depth);
}

/* --- Devices -------------------------------------------------------------- */

static const struct vmstate *section_of(const struct judge *j,
                                        const char *device)
{
    const struct qom_type *type = facts_type(j->facts, device, j->targets);

    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        for (guint i = 0; i < type->vmstates->len; i++) {
            const struct vmstate_use *use =
                g_ptr_array_index(type->vmstates, i);

            if (!strcmp(use->member, "DeviceClass.vmsd")) {
                return facts_vmstate(j->facts, use->id);
            }
        }
        type = facts_parent(j->facts, type);
    }
    return NULL;
}

static void count(struct judge *j)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, j->states);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        j->out->n_states++;
        j->out->n_found += GPOINTER_TO_INT(value) < 3;
        j->out->n_equal += GPOINTER_TO_INT(value) == 1;
    }
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int compare_differences(const void *p, const void *q)
{
    const struct stream_difference *a =
        *(const struct stream_difference *const *)p;
    const struct stream_difference *b =
        *(const struct stream_difference *const *)q;
    int order = strcmp(a->state, b->state);

    return order ? order : strcmp(a->text, b->text);
}

static void sort(struct stream_comparison *out)
{
    g_ptr_array_sort(out->differences, compare_differences);
    for (guint i = 0; i < out->differences->len; i++) {
        struct stream_difference *d = g_ptr_array_index(out->differences, i);

        g_ptr_array_sort(d->devices, compare_texts);
    }
}

static void compare_devices(struct judge *j, const json_t *dump)
{
    const char *device;
    json_t *theirs;

    json_object_foreach((json_t *)(uintptr_t)dump, device, theirs) {
        const json_t *state = json_object_get(theirs, "Description");

        if (!state) {
            continue;            /* the machine type itself */
        }
        j->device = g_intern_string(device);
        j->out->n_devices++;
        compare_state(j, section_of(j, j->device), state, 0);
    }
}

struct stream_comparison *stream_comparison_new(const struct facts *facts,
                                                const json_t *dump,
                                                GError **error)
{
    const char *machine = json_string_value(json_object_get(
        json_object_get(dump, "vmschkmachine"), "Name"));
    const struct machine *found = machine
        ? facts_machine(facts, g_intern_string(machine), 0) : NULL;
    struct judge j = { .facts = facts };

    if (!machine) {
        g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                    "QEMU wrote no description of migration streams");
        return NULL;
    }
    if (!found) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "no machine type '%s' in the facts", machine);
        return NULL;
    }
    j.targets = found->targets;
    j.states = g_hash_table_new(NULL, NULL);
    j.known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    j.out = g_new0(struct stream_comparison, 1);
    j.out->machine = found->name;
    j.out->differences = g_ptr_array_new_with_free_func(difference_free);
    compare_devices(&j, dump);
    count(&j);
    sort(j.out);
    g_hash_table_unref(j.states);
    g_hash_table_unref(j.known);
    return j.out;
}

/* --- Printing ------------------------------------------------------------- */

/* So many devices show that a difference is not about one. */
#define SHOWN 5

void stream_comparison_to_text(const struct stream_comparison *comparison,
                               bool verbose, GString *out)
{
    for (guint i = 0; i < comparison->differences->len; i++) {
        const struct stream_difference *d =
            g_ptr_array_index(comparison->differences, i);
        guint n = verbose ? d->devices->len : MIN(d->devices->len, SHOWN);

        if (d->loc.file) {
            g_string_append_printf(out, "%s:%d: ", d->loc.file, d->loc.line);
        }
        g_string_append_printf(out, "%s: %s [vmstate]\n    in %u: ", d->state,
                               d->text, d->devices->len);
        for (guint k = 0; k < n; k++) {
            g_string_append_printf(out, "%s%s", k ? ", " : "",
                                   (const char *)d->devices->pdata[k]);
        }
        if (n < d->devices->len) {
            g_string_append_printf(out, " and %u more (-v)",
                                   d->devices->len - n);
        }
        g_string_append_c(out, '\n');
    }
}

static json_t *difference_to_json(const struct stream_difference *d)
{
    json_t *devices = json_array();

    for (guint i = 0; i < d->devices->len; i++) {
        json_array_append_new(devices, json_string(d->devices->pdata[i]));
    }
    return json_pack("{s:s, s:s, s:s?, s:i, s:o}", "vmstate", d->state,
                     "message", d->text, "file", d->loc.file, "line",
                     d->loc.line, "devices", devices);
}

void stream_comparison_to_json(const struct stream_comparison *comparison,
                               const char *version, GString *out)
{
    json_t *differences = json_array();
    json_t *root;
    g_autofree char *dump = NULL;

    for (guint i = 0; i < comparison->differences->len; i++) {
        json_array_append_new(differences, difference_to_json(
            g_ptr_array_index(comparison->differences, i)));
    }
    root = json_pack(
        "{s:i, s:{s:s, s:s}, s:s, s:{s:i, s:i, s:i, s:i, s:i}, s:o}",
        "schema", 1, "tool", "name", "qcompat", "version", version,
        "machine", comparison->machine, "summary", "devices", comparison->n_devices,
        "vmstates", comparison->n_states, "found", comparison->n_found,
        "equal", comparison->n_equal, "fields", comparison->n_fields,
        "differences", differences);
    dump = json_dumps(root, JSON_INDENT(2));
    g_string_append_printf(out, "%s\n", dump);
    json_decref(root);
}
