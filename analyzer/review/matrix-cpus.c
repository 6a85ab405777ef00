/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CPU models: what tables changed, and what the user wants to give. */
#include "review/matrix-internal.h"

#include "base/borrow.h"
#include "base/sorted.h"
#include "check/cpu-features.h"
#include "model/cpus.h"

#include <string.h>

/* --- Models that changed ------------------------------------------------------ */

static const struct qom_type *type_of(const struct matrix_pair *pair,
                                      const struct cpu_change *c)
{
    const struct cpu_model *model = c->model;
    g_autofree char *name = c->version
        ? g_strdup_printf("%s-v%d%s", model->name, c->version,
                          model->type + strlen(model->name))
        : g_strdup(model->type);

    return facts_type(pair->newer, g_intern_string(name),
                      pair->new_machine->targets);
}

static void add(struct matrix_pair *pair, const struct cpu_change *c,
                const char *property, const char *older, const char *newer)
{
    const struct qom_type *type = type_of(pair, c);
    g_autoptr(GPtrArray) devices = g_ptr_array_new();
    g_autofree char *subject = NULL;

    if (!type) {
        return;
    }
    subject = g_strdup_printf("%s.%s", type->name, property);
    g_ptr_array_add(devices, borrow(type));
    struct matrix_difference d = {
        .about = MATRIX_CPU,
        .forward = MATRIX_DIFFERS, .backward = MATRIX_DIFFERS,
        .subject = g_intern_string(subject),
        .older = g_strdup(older), .newer = g_strdup(newer),
        .loc = c->model->loc, .devices = devices,
        .driver = type->name, .property = g_intern_string(property),
        .old_setting = g_strdup(older), .new_setting = g_strdup(newer),
    };

    matrix_add(pair, &d);
}

void matrix_add_cpu(struct matrix_pair *pair, const struct cpu_change *c)
{
    for (guint i = 0; i < c->gained->len; i++) {
        add(pair, c, g_ptr_array_index(c->gained, i), "off", "on");
    }
    for (guint i = 0; i < c->lost->len; i++) {
        add(pair, c, g_ptr_array_index(c->lost, i), "on", "off");
    }
    if (!c->gained->len && !c->lost->len) {
        add(pair, c, c->name, c->old_value, c->new_value);
    }
}

/* --- What the user gives ------------------------------------------------------- */

/* const char *, sorted. */
static GPtrArray *only_in(GHashTable *set, GHashTable *other)
{
    GPtrArray *names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        if (!g_hash_table_contains(other, name)) {
            g_ptr_array_add(names, name);
        }
    }
    g_ptr_array_sort(names, sorted_compare);
    return names;
}

static char *joined(const GPtrArray *names)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(text, "%s%s", i ? " " : "",
                               (const char *)names->pdata[i]);
    }
    return g_string_free(text, text->len == 0);
}

/* Whether WORD of a -cpu switches one of NAMES. */
static bool is_about(const char *word, const GPtrArray *names)
{
    const char *start = word + (*word == '+' || *word == '-');
    size_t length = strcspn(start, "=");

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);

        if (strlen(name) == length && !memcmp(name, start, length)) {
            return true;
        }
    }
    return false;
}

/* CPU with NAMES switched off. */
static char *without(const char *cpu, const GPtrArray *names)
{
    g_auto(GStrv) words = g_strsplit(cpu, ",", -1);
    GString *text = g_string_new(words[0]);

    for (char **word = words + 1; words[0] && *word; word++) {
        if (!is_about(*word, names)) {
            g_string_append_printf(text, ",%s", *word);
        }
    }
    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(text, ",%s=off",
                               (const char *)names->pdata[i]);
    }
    return g_string_free(text, FALSE);
}

/* Names of SOURCE and of DESTINATION alone; their -cpu as the user has it. */
static void add_hop(struct matrix_hop *hop, const char *source_cpu,
                    const char *destination_cpu, const GPtrArray *source,
                    const GPtrArray *destination)
{
    struct matrix_reason *reason;
    g_autofree char *subject = NULL;

    subject = strcmp(source_cpu, destination_cpu)
        ? g_strdup_printf("%s to %s", source_cpu, destination_cpu)
        : g_strdup(source_cpu);
    reason = matrix_hop_add(hop, MATRIX_DIFFERS, MATRIX_CPU,
                            g_intern_string(subject));
    reason->source = joined(source);
    reason->destination = joined(destination);
    reason->source_cpu = without(source_cpu, source);
    reason->destination_cpu = without(destination_cpu, destination);
}

static void refuse(struct matrix_pair *pair, const struct matrix *matrix,
                   guint no, const char *cpu)
{
    for (int back = 0; back < 2; back++) {
        matrix_refuse(back ? pair->backward : pair->forward, MATRIX_CPU, cpu,
                      g_strdup_printf("%s has no table of that CPU model",
                                      matrix->revisions[no].name));
    }
}

void matrix_add_choice(struct matrix_pair *pair, const struct matrix *matrix)
{
    const struct matrix_hop *hop = pair->forward;
    const char *old_cpu = matrix_cpu(pair->request, hop->from);
    const char *new_cpu = matrix_cpu(pair->request, hop->to);
    GHashTable *old, *new;

    if (!old_cpu) {
        return;
    }
    old = cpu_features(pair->older, pair->old_machine, old_cpu);
    new = cpu_features(pair->newer, pair->new_machine, new_cpu);
    if (old && new) {
        g_autoptr(GPtrArray) lost = only_in(old, new);
        g_autoptr(GPtrArray) gained = only_in(new, old);

        if (lost->len || gained->len) {
            add_hop(pair->forward, old_cpu, new_cpu, lost, gained);
            add_hop(pair->backward, new_cpu, old_cpu, gained, lost);
        }
    } else {
        refuse(pair, matrix, old ? hop->to : hop->from,
               old ? new_cpu : old_cpu);
    }
    g_clear_pointer(&old, g_hash_table_unref);
    g_clear_pointer(&new, g_hash_table_unref);
}
