/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/verdict.h"

#include "snapshot/reader.h"
#include "snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>

struct kept_verdict *kept_verdict_new(void)
{
    struct kept_verdict *verdict = g_new0(struct kept_verdict, 1);

    verdict->findings =
        g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    verdict->repaired =
        g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    verdict->gaps = g_ptr_array_new_with_free_func(g_free);
    return verdict;
}

void kept_verdict_free(struct kept_verdict *verdict)
{
    if (verdict) {
        g_ptr_array_unref(verdict->findings);
        g_ptr_array_unref(verdict->repaired);
        g_ptr_array_unref(verdict->gaps);
        facts_free(verdict->machines);
        g_free(verdict);
    }
}

/* --- Writing ---------------------------------------------------------------- */

/* The kind is part of it: a value_to_json() has forgotten its sign. */
static json_t *value_out(const struct value *value)
{
    g_autofree char *text = NULL;

    switch (value->kind) {
    case VALUE_ABSENT:
        return json_null();
    case VALUE_BOOL:
        return json_string(value->boolean ? "b1" : "b0");
    case VALUE_INT:
        text = g_strdup_printf("i%" G_GINT64_FORMAT, value->integer);
        break;
    case VALUE_UINT:
        text = g_strdup_printf("u%" G_GUINT64_FORMAT, value->uinteger);
        break;
    case VALUE_STRING:
        text = g_strconcat("s", value->string, NULL);
        break;
    case VALUE_LIST:
        return json_string("l");
    case VALUE_UNEVALUATED:
        text = g_strconcat("x", value->string, NULL);
        break;
    }
    return text_to_json(text);
}

static json_t *location_out(const struct location *loc)
{
    return json_pack("{s:o, s:i, s:i}", "file", text_to_json(loc->file),
                     "line", loc->line, "column", loc->column);
}

static json_t *related_out(const GPtrArray *related)
{
    json_t *array = json_array();

    for (guint i = 0; i < related->len; i++) {
        const struct related *r = g_ptr_array_index(related, i);
        json_t *object = location_out(&r->loc);

        json_object_set_new(object, "message", text_to_json(r->message));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *names_out(const GPtrArray *names)
{
    json_t *array = json_array();

    for (guint i = 0; i < names->len; i++) {
        json_array_append_new(array, text_to_json(names->pdata[i]));
    }
    return array;
}

static json_t *machines_out(const GPtrArray *machines, GHashTable *numbers)
{
    json_t *array = json_array();

    for (guint i = 0; i < machines->len; i++) {
        gpointer number = g_hash_table_lookup(numbers, machines->pdata[i]);

        if (number) {
            json_array_append_new(array, json_integer(
                GPOINTER_TO_INT(number) - 1));
        }
    }
    return array;
}

static json_t *finding_out(const struct finding *f, GHashTable *numbers)
{
    json_t *object = location_out(&f->loc);

    json_object_update_new(object, json_pack(
        "{s:o, s:i, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o,"
        " s:s, s:o, s:o, s:o}",
        "rule", text_to_json(f->rule),
        "severity", (int)f->severity, "confidence", (int)f->confidence,
        "subject", text_to_json(f->subject),
        "driver", text_to_json(f->driver),
        "property", text_to_json(f->property),
        "old", value_out(&f->old_value), "new", value_out(&f->new_value),
        "message", text_to_json(f->message),
        "needed_array", text_to_json(f->needed_array),
        "found_array", text_to_json(f->found_array),
        "fix", text_to_json(f->fix), "reason", text_to_json(f->reason),
        "fingerprint", f->fingerprint,
        "devices", names_out(f->devices),
        "machines", machines_out(f->machines, numbers),
        "related", related_out(f->related)));
    return object;
}

static json_t *findings_out(const GPtrArray *findings, GHashTable *numbers)
{
    json_t *array = json_array();

    for (guint i = 0; i < findings->len; i++) {
        json_array_append_new(array, finding_out(findings->pdata[i],
                                                 numbers));
    }
    return array;
}

static json_t *gaps_out(const GPtrArray *gaps)
{
    json_t *array = json_array();

    for (guint i = 0; i < gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(gaps, i);

        json_array_append_new(array, json_pack(
            "{s:o, s:i, s:o, s:b}", "file", text_to_json(gap->file),
            "line", gap->line, "reason", text_to_json(gap->reason),
            "touches", gap->touches_change));
    }
    return array;
}

/* Machine types, each with its number + 1 in NUMBERS. */
static json_t *all_machines(const struct facts *facts, GHashTable *numbers)
{
    json_t *array = json_array();

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *m = g_ptr_array_index(facts->machines, i);
        g_autofree char *targets = g_strdup_printf("%" G_GUINT64_FORMAT,
                                                   (guint64)m->targets);

        json_array_append_new(array, json_pack(
            "{s:o, s:o, s:s}", "name", text_to_json(m->name),
            "type", text_to_json(m->type), "targets", targets));
        g_hash_table_insert(numbers, (gpointer)(uintptr_t)m,
                            GINT_TO_POINTER((int)i + 1));
    }
    return array;
}

void kept_verdict_append(const struct kept_verdict *verdict,
                         const struct facts *machines, GString *out)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    json_t *list = verdict->findings->len ? all_machines(machines, numbers)
                                          : json_array();
    json_t *json = json_pack(
        "{s:i, s:i, s:i, s:i, s:o, s:o, s:o, s:o}",
        "files", (int)verdict->counts.files,
        "n_types", (int)verdict->counts.types,
        "n_properties", (int)verdict->counts.properties,
        "n_machines", (int)verdict->counts.machines, "machines", list,
        "findings", findings_out(verdict->findings, numbers),
        "repaired", findings_out(verdict->repaired, numbers),
        "gaps", gaps_out(verdict->gaps));
    char *text = json_dumps(json, JSON_COMPACT);

    g_string_append(out, text);
    free(text);
    json_decref(json);
}

/* --- Reading ---------------------------------------------------------------- */

/* Where a list's items go. */
struct target {
    GPtrArray *findings;
    GPtrArray *machines;         /* by their number */
};

static bool value_in(struct reader *reader, struct jvalue *object,
                     const char *key, struct value *ret)
{
    const char *text;

    if (!reader_text(reader, object, key, &text)) {
        return false;
    }
    switch (text ? *text : '\0') {
    case '\0':
        return true;
    case 'b':
        *ret = value_bool(text[1] == '1');
        return true;
    case 'i':
        *ret = value_int(g_ascii_strtoll(text + 1, NULL, 10));
        return true;
    case 'u':
        *ret = value_uint(g_ascii_strtoull(text + 1, NULL, 10));
        return true;
    case 's':
        *ret = value_string(g_intern_string(text + 1));
        return true;
    case 'l':
        *ret = value_list();
        return true;
    case 'x':
        *ret = value_unevaluated(g_intern_string(text + 1));
        return true;
    }
    return reader_refuse(reader, key, "a value");
}

static bool copy_text(struct reader *reader, struct jvalue *object,
                      const char *key, char **ret)
{
    const char *text;

    if (!reader_text(reader, object, key, &text)) {
        return false;
    }
    *ret = g_strdup(text);
    return true;
}

static bool related_in(struct reader *reader, struct jvalue *item,
                       void *owner)
{
    struct location loc;
    const char *message;

    if (!reader_location(reader, item, &loc) ||
        !reader_need_text(reader, item, "message", &message)) {
        return false;
    }
    finding_add_related(owner, loc, "%s", message);
    return true;
}

static bool machines_in(struct reader *reader, struct jvalue *item,
                        const GPtrArray *machines, struct finding *finding)
{
    struct jvalue *list = jvalue_get(item, "machines");

    for (struct jvalue *at = list && list->type == J_ARRAY ? list->first
                                                           : NULL;
         at; at = at->next) {
        if (at->type != J_NUMBER || at->negative ||
            at->magnitude >= machines->len) {
            return reader_refuse(reader, "machines", "a list of numbers");
        }
        g_ptr_array_add(finding->machines, machines->pdata[at->magnitude]);
    }
    return true;
}

static bool levels_in(struct reader *reader, struct jvalue *item,
                      struct finding *finding)
{
    int severity, confidence;

    if (!reader_int(reader, item, "severity", 0, &severity) ||
        !reader_int(reader, item, "confidence", 0, &confidence)) {
        return false;
    }
    if (severity > SEVERITY_ERROR || confidence > CONFIDENCE_HIGH) {
        return reader_refuse(reader, "severity", "a level");
    }
    finding->severity = (enum severity)severity;
    finding->confidence = (enum confidence)confidence;
    return true;
}

static bool texts_in(struct reader *reader, struct jvalue *item,
                     struct finding *f)
{
    const char *fingerprint;

    if (!reader_text(reader, item, "subject", &f->subject) ||
        !reader_text(reader, item, "driver", &f->driver) ||
        !reader_text(reader, item, "property", &f->property) ||
        !value_in(reader, item, "old", &f->old_value) ||
        !value_in(reader, item, "new", &f->new_value) ||
        !copy_text(reader, item, "message", &f->message) ||
        !reader_text(reader, item, "needed_array", &f->needed_array) ||
        !reader_text(reader, item, "found_array", &f->found_array) ||
        !copy_text(reader, item, "fix", &f->fix) ||
        !copy_text(reader, item, "reason", &f->reason) ||
        !reader_need_text(reader, item, "fingerprint", &fingerprint)) {
        return false;
    }
    g_strlcpy(f->fingerprint, fingerprint, sizeof(f->fingerprint));
    return true;
}

static bool finding_in(struct reader *reader, struct jvalue *item,
                       void *owner)
{
    struct target *target = owner;
    const char *rule;

    if (!reader_need_text(reader, item, "rule", &rule)) {
        return false;
    }
    struct finding *finding = finding_new(rule);

    g_ptr_array_add(target->findings, finding);
    return reader_location(reader, item, &finding->loc) &&
           levels_in(reader, item, finding) &&
           texts_in(reader, item, finding) &&
           reader_list(reader, item, "devices", reader_name,
                       finding->devices) &&
           machines_in(reader, item, target->machines, finding) &&
           reader_objects(reader, item, "related", related_in, finding);
}

static bool gap_in(struct reader *reader, struct jvalue *item, void *owner)
{
    struct gap gap = { 0 };

    if (!reader_text(reader, item, "file", &gap.file) ||
        !reader_int(reader, item, "line", 0, &gap.line) ||
        !reader_need_text(reader, item, "reason", &gap.reason) ||
        !reader_bool(reader, item, "touches", &gap.touches_change)) {
        return false;
    }
    g_ptr_array_add(owner, g_memdup2(&gap, sizeof(gap)));
    return true;
}

static bool machine_in(struct reader *reader, struct jvalue *item,
                       void *owner)
{
    const char *name, *type, *targets;

    if (!reader_need_text(reader, item, "name", &name) ||
        !reader_text(reader, item, "type", &type) ||
        !reader_need_text(reader, item, "targets", &targets)) {
        return false;
    }
    struct machine *machine = facts_add_machine(reader->facts, name);

    machine->type = type;
    machine->targets = g_ascii_strtoull(targets, NULL, 10);
    g_ptr_array_add(owner, machine);
    return true;
}

static bool read_counts(struct reader *reader, struct jvalue *root,
                        struct kept_counts *counts)
{
    const struct {
        const char *key;
        unsigned *count;
    } all[] = {
        { "files", &counts->files }, { "n_types", &counts->types },
        { "n_properties", &counts->properties },
        { "n_machines", &counts->machines },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        int number;

        if (!reader_int(reader, root, all[i].key, 0, &number)) {
            return false;
        }
        *all[i].count = (unsigned)number;
    }
    return true;
}

static bool read_verdict(struct reader *reader, struct jvalue *root,
                         struct kept_verdict *verdict)
{
    g_autoptr(GPtrArray) machines = g_ptr_array_new();
    struct target found = { verdict->findings, machines };
    struct target repaired = { verdict->repaired, machines };

    return read_counts(reader, root, &verdict->counts) &&
           reader_objects(reader, root, "machines", machine_in, machines) &&
           reader_objects(reader, root, "findings", finding_in, &found) &&
           reader_objects(reader, root, "repaired", finding_in, &repaired) &&
           reader_objects(reader, root, "gaps", gap_in, verdict->gaps);
}

struct kept_verdict *kept_verdict_from_text(const char *text, size_t length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KeptVerdict) verdict = kept_verdict_new();
    g_autoptr(JDoc) doc = jdoc_new(g_strndup(text, length), length, &error);
    struct reader reader = { .error = &error };

    verdict->machines = reader.facts = facts_new();
    if (!doc || !read_verdict(&reader, jdoc_root(doc), verdict)) {
        return NULL;
    }
    facts_seal(verdict->machines);
    return g_steal_pointer(&verdict);
}
