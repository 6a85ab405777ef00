/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The CPU models of x86, which are tables: X86CPUDefinition, reached through
 * the class data of the types that are registered for them, and the names of
 * feature bits in feature_word_info.  Both are known by name, and so are the
 * version registers in the classes of PowerPC's.
 */
#include "model/cpus.h"
#include "qom/interp.h"

#include <string.h>

enum { MAX_WORDS = 64, MAX_VERSIONS = 256, MAX_PROPS = 1024 };

static const char suffix[] = "-x86_64-cpu";
static const char ppc_suffix[] = "-powerpc64-cpu";

/* --- Feature bits --------------------------------------------------------- */

/* The variable NAME of UNIT; object NULL: there is none. */
static struct place variable(struct interp *in, struct ir_unit *unit,
                             const char *name)
{
    GHashTable *statics = g_hash_table_lookup(in->statics, unit);
    const char *key = g_intern_string(name);
    struct sym *sym = statics ? g_hash_table_lookup(statics, key) : NULL;

    if (!sym) {
        sym = g_hash_table_lookup(in->symbols, key);
    }
    while (sym && sym->unit != unit) {
        sym = sym->next;
    }
    return (struct place){ sym ? symbol_object(in, sym) : NULL, "" };
}

static const char *bit_name(struct interp *in, struct place info, int bit)
{
    struct place names = place_member(in, info, "feat_names", NULL);
    struct val v = memory_load(in, place_index(in, names, bit));

    return v.kind == VAL_STRING ? v.text : NULL;
}

/* A word is told by the first name in it: its number moves. */
static const char *word_name(struct interp *in, struct place info)
{
    for (int bit = 0; bit < 64; bit++) {
        const char *name = bit_name(in, info, bit);

        if (name) {
            return name;
        }
    }
    return NULL;
}

static void append_word(struct interp *in, GString *out, struct place info,
                        uint64_t bits)
{
    const char *word = bits ? word_name(in, info) : NULL;

    for (int bit = 0; word && bit < 64; bit++) {
        const char *name;

        if (!(bits >> bit & 1)) {
            continue;
        }
        name = bit_name(in, info, bit);
        g_string_append_printf(out, "%s%s/%d%s%s", out->len ? " " : "", word,
                               bit, name ? ":" : "", name ? name : "");
    }
}

/* NULL where a word could not be evaluated. */
static char *features_text(struct interp *in, struct place def)
{
    g_autoptr(GString) out = g_string_new(NULL);
    struct place words = place_member(in, def, "features", NULL);
    struct place infos = variable(in, def.object->sym->unit,
                                  "feature_word_info");

    if (!infos.object) {
        return NULL;
    }
    for (int w = 0; w < MAX_WORDS; w++) {
        struct val bits = memory_load(in, place_index(in, words, w));

        if (bits.kind != VAL_INT) {
            return NULL;
        }
        append_word(in, out, place_index(in, infos, w),
                    (uint64_t)bits.number);
    }
    return g_strdup(out->str);
}

/* --- Values --------------------------------------------------------------- */

static char *scalar_text(struct interp *in, const struct val *v)
{
    const char *text = memory_string(in, v);

    if (text) {
        return g_strdup(text);
    }
    return v->kind == VAL_INT
           ? g_strdup_printf("%" G_GINT64_FORMAT, v->number) : NULL;
}

static void add_scalar(struct interp *in, GPtrArray *values,
                       struct place def, const char *field,
                       const char *property)
{
    struct val v = memory_field(in, def, field);
    g_autofree char *text = scalar_text(in, &v);

    if (text) {
        cpu_values_add(values, g_intern_string(property),
                       g_intern_string(text));
    }
}

static void add_values(struct interp *in, struct cpu_model *model,
                       struct place def)
{
    static const char *const fields[][2] = {
        { "level", "level" }, { "xlevel", "xlevel" },
        { "xlevel2", "xlevel2" }, { "vendor", "vendor" },
        { "family", "family" }, { "model", "model" },
        { "stepping", "stepping" }, { "model_id", "model-id" },
        { "avx10_version", "avx10-version" },
    };
    g_autofree char *features = features_text(in, def);

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        add_scalar(in, model->values, def, fields[i][0], fields[i][1]);
    }
    if (features) {
        cpu_values_add(model->values, g_intern_static_string("features"),
                       g_intern_string(features));
    }
}

static void add_props(struct interp *in, struct cpu_version *version,
                      struct place props)
{
    for (int i = 0; i < MAX_PROPS; i++) {
        struct place at = place_index(in, props, i);
        struct val prop = memory_field(in, at, "prop");
        struct val value = memory_field(in, at, "value");

        if (prop.kind != VAL_STRING || value.kind != VAL_STRING) {
            return;
        }
        cpu_values_add(version->props, g_intern_string(prop.text),
                       g_intern_string(value.text));
    }
}

static void add_versions(struct interp *in, struct cpu_model *model,
                         struct place def)
{
    struct val list = memory_field(in, def, "versions");

    for (int i = 0; list.kind == VAL_POINTER && i < MAX_VERSIONS; i++) {
        struct place at = place_index(in, place_array(in, list.place), i);
        struct val number = memory_field(in, at, "version");
        struct val props = memory_field(in, at, "props");
        struct cpu_version *version;

        if (number.kind != VAL_INT || number.number <= 0) {
            return;
        }
        version = cpu_model_add_version(model, (int)number.number);
        if (props.kind == VAL_POINTER) {
            add_props(in, version, place_array(in, props.place));
        }
    }
}

/* --- Models --------------------------------------------------------------- */

/* The X86CPUDefinition behind the class data of TYPE: from v4.1 on a version
 * stands between; object NULL: there is none. */
static struct place definition(struct interp *in, const struct qtype *type)
{
    struct val v = type->class_data;
    struct val inner;

    if (v.kind == VAL_POINTER) {
        inner = memory_field(in, v.place, "cpudef");
        v = inner.kind == VAL_POINTER ? inner : v;
    }
    return v.kind == VAL_POINTER && v.place.object->kind == OBJECT_VARIABLE &&
           v.place.object->sym ? v.place : (struct place){ NULL, "" };
}

/* A family of models has none of its own. */
static void emit_powerpc(struct interp *in, const struct qtype *type)
{
    static const char *const fields[] = { "pvr", "svr" };
    struct place klass = { type->klass, "" };
    gsize length = strlen(type->name) - strlen(ppc_suffix);
    g_autofree char *name = g_strndup(type->name, length);
    struct cpu_model *model = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        struct place at = place_member(in, klass, fields[i],
                                       "PowerPCCPUClass");
        const struct cell *cell = cell_own(type->klass, at.path);

        if (cell && cell->val.kind == VAL_INT && !model) {
            model = facts_add_cpu_model(in->facts, g_intern_string(name),
                                        type->name);
            model->loc = type->loc;
        }
        if (cell && cell->val.kind == VAL_INT) {
            g_autofree char *text = g_strdup_printf(
                "0x%08" G_GINT64_MODIFIER "x", (uint64_t)cell->val.number);

            cpu_values_add(model->values, g_intern_string(fields[i]),
                           g_intern_string(text));
        }
    }
}

void cpus_emit(struct interp *in, const struct qtype *type)
{
    struct place def = { NULL, "" };
    struct val name;
    gsize length = strlen(type->name);
    struct cpu_model *model;
    const struct cell *cell;

    if (g_str_has_suffix(type->name, ppc_suffix) && type->klass &&
        !type->abstract) {
        emit_powerpc(in, type);
        return;
    }
    if (g_str_has_suffix(type->name, suffix)) {
        def = definition(in, type);
        length -= strlen(suffix);
    }
    if (!def.object) {
        return;
    }
    name = memory_field(in, def, "name");
    if (name.kind != VAL_STRING || strlen(name.text) != length ||
        strncmp(name.text, type->name, length) != 0) {
        return;
    }
    model = facts_add_cpu_model(in->facts, g_intern_string(name.text),
                                type->name);
    cell = memory_find(place_member(in, def, "name", NULL));
    model->loc = cell ? interp_location(cell->unit, cell->loc) : type->loc;
    add_values(in, model, def);
    add_versions(in, model, def);
}
