/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bits of the model's table, what its versions change up to the one that
 * counts, the entries of the machine type, and the user's own words; the last
 * one wins.
 */
#include "check/cpu-features.h"

#include "base/borrow.h"
#include "model/cpus.h"

#include <stdlib.h>
#include <string.h>

struct choice {
    const struct facts *facts;
    const struct machine *machine;
    const struct cpu_model *model;
    int version;                 /* 0: the model as such */
    GHashTable *on;              /* names */
    GHashTable *known;           /* names of features of any model */
};

/* As the tables spell it: x86 takes "sse4_1" for "sse4-1". */
static const char *spelled(const char *name, size_t length)
{
    g_autofree char *copy = g_strndup(name, length);

    return g_intern_string(g_strdelimit(copy, "_", '-'));
}

static bool is_on(const char *value)
{
    return !strcmp(value, "on") || !strcmp(value, "true") ||
           !strcmp(value, "yes") || !strcmp(value, "y");
}

static bool is_switch(const char *value)
{
    return is_on(value) || !strcmp(value, "off") ||
           !strcmp(value, "false") || !strcmp(value, "no") ||
           !strcmp(value, "n");
}

static void set(struct choice *c, const char *name, bool on)
{
    if (on) {
        g_hash_table_add(c->on, borrow(name));
    } else {
        g_hash_table_remove(c->on, name);
    }
}

/* --- The model -------------------------------------------------------------- */

/* "Haswell-v2" is version 2 of Haswell, where no model has all of the name. */
static bool find_model(struct choice *c, const char *name)
{
    const char *dash = strrchr(name, '-');
    bool versioned = dash && dash[1] == 'v' && g_ascii_isdigit(dash[2]);

    for (guint i = 0; i < c->facts->cpu_models->len; i++) {
        const struct cpu_model *model =
            g_ptr_array_index(c->facts->cpu_models, i);

        if (!strcmp(model->name, name)) {
            c->model = model;
            c->version = -1;
            return true;
        }
        if (versioned && strlen(model->name) == (size_t)(dash - name) &&
            g_str_has_prefix(name, model->name)) {
            c->model = model;
            c->version = atoi(dash + 2);
        }
    }
    return c->model;
}

/* Which version a plain name stands for: PCMachineClass says, below zero is
 * the latest. */
static int default_version(const struct choice *c)
{
    const struct class_field *field = machine_field(
        c->machine, g_intern_static_string("PCMachineClass."
                                           "default_cpu_version"));
    int version = field && field->value ? atoi(field->value) : 1;

    return version < 0 ? G_MAXINT : version;
}

static void add_bits(const char *text, GHashTable *names)
{
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);

    for (char **word = words; *word; word++) {
        const char *colon = strchr(*word, ':');

        if (colon) {
            g_hash_table_add(names, borrow(spelled(colon + 1,
                                                   strlen(colon + 1))));
        }
    }
}

/* What code of the machine type takes away. */
static void apply_limits(struct choice *c)
{
    for (guint i = 0; i < c->model->limits->len; i++) {
        const struct cpu_limit *limit =
            g_ptr_array_index(c->model->limits, i);

        if (cpu_model_is_limited(c->model, c->machine, limit->feature)) {
            set(c, limit->feature, false);
        }
    }
}

static void add_versions(struct choice *c)
{
    for (guint i = 0; i < c->model->versions->len; i++) {
        const struct cpu_version *version =
            g_ptr_array_index(c->model->versions, i);

        for (guint k = 0; version->version <= c->version &&
             k < version->props->len; k++) {
            const struct cpu_value *value =
                g_ptr_array_index(version->props, k);

            if (is_switch(value->value)) {
                set(c, spelled(value->name, strlen(value->name)),
                    is_on(value->value));
            }
        }
    }
}

static void add_known(struct choice *c)
{
    for (guint i = 0; i < c->facts->cpu_models->len; i++) {
        const struct cpu_model *model =
            g_ptr_array_index(c->facts->cpu_models, i);

        add_bits(cpu_values_get(model->values,
                                g_intern_static_string("features")),
                 c->known);
        for (guint v = 0; v < model->versions->len; v++) {
            const struct cpu_version *version =
                g_ptr_array_index(model->versions, v);

            for (guint k = 0; k < version->props->len; k++) {
                const struct cpu_value *value =
                    g_ptr_array_index(version->props, k);

                g_hash_table_add(c->known, borrow(
                    spelled(value->name, strlen(value->name))));
            }
        }
    }
}

/* --- Entries and words -------------------------------------------------------- */

static const struct qom_type *type_of(const struct choice *c)
{
    g_autofree char *versioned = g_strdup_printf(
        "%s-v%d%s", c->model->name, c->version,
        c->model->type + strlen(c->model->name));
    const struct qom_type *type = facts_type(
        c->facts, g_intern_string(versioned), c->machine->targets);

    return type ? type : facts_type(c->facts, c->model->type,
                                    c->machine->targets);
}

static void add_entries(struct choice *c, const struct qom_type *type)
{
    for (guint a = 0; type && a < c->machine->compat->len; a++) {
        const struct compat_array *array =
            g_ptr_array_index(c->machine->compat, a);

        for (guint i = 0; i < array->entries->len; i++) {
            const struct compat_entry *entry =
                g_ptr_array_index(array->entries, i);
            const char *name = spelled(entry->property,
                                       strlen(entry->property));

            if (is_switch(entry->value) &&
                g_hash_table_contains(c->known, name) &&
                facts_type_is_a(c->facts, type, entry->driver)) {
                set(c, name, is_on(entry->value));
            }
        }
    }
}

/* "+x", "-x", "x=on", "x". */
static void add_word(struct choice *c, const char *word)
{
    const char *equals = strchr(word, '=');

    if (*word == '+' || *word == '-') {
        set(c, spelled(word + 1, strlen(word + 1)), *word == '+');
    } else if (!equals && *word) {
        set(c, spelled(word, strlen(word)), true);
    } else if (equals && is_switch(equals + 1)) {
        set(c, spelled(word, (size_t)(equals - word)), is_on(equals + 1));
    }
}

/* What an instruction set that is off would have does not matter. */
static gboolean is_moot(gpointer name, gpointer value, gpointer on)
{
    return g_str_has_prefix(name, "vmx-") &&
           !g_hash_table_contains(on, g_intern_static_string("vmx"));
}

GHashTable *cpu_features(const struct facts *facts,
                         const struct machine *machine, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    struct choice c = { .facts = facts, .machine = machine };

    if (!words[0] || !find_model(&c, words[0])) {
        return NULL;
    }
    c.version = c.version < 0 ? default_version(&c) : c.version;
    c.on = g_hash_table_new(NULL, NULL);
    c.known = g_hash_table_new(NULL, NULL);
    add_known(&c);
    add_bits(cpu_values_get(c.model->values,
                            g_intern_static_string("features")), c.on);
    apply_limits(&c);
    add_versions(&c);
    add_entries(&c, type_of(&c));
    for (char **word = words + 1; *word; word++) {
        add_word(&c, *word);
    }
    g_hash_table_foreach_remove(c.on, is_moot, c.on);
    g_hash_table_unref(c.known);
    return c.on;
}
