/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Code that sets a property of an object it makes overrides the default and
 * compat entries alike.  Only what is certain counts: both sides make as many
 * objects of the type, and each of them gets one constant, or none at all.
 */
#include "check/guest-settings.h"

#include <string.h>

#include "base/borrow.h"
#include "check/host-side.h"
#include "check/stable.h"
#include "model/effective.h"

/* --- What is set ---------------------------------------------------------- */

struct setting {
    const struct effect *first;
    guint n;
    bool plain;                  /* always, to one and the same constant */
};

/* place → struct setting * */
static GHashTable *index_settings(const struct effects *effects)
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                              g_free);

    for (guint i = 0; i < effects->list->len; i++) {
        const struct effect *effect = g_ptr_array_index(effects->list, i);
        struct setting *setting;

        if (effect->kind != EFFECT_SETTING) {
            continue;
        }
        setting = g_hash_table_lookup(index, effect->place);
        if (!setting) {
            setting = g_new0(struct setting, 1);
            setting->first = effect;
            setting->plain = true;
            g_hash_table_insert(index, borrow(effect->place), setting);
        }
        setting->n++;
        setting->plain &= effect->exact && !*effect->guards &&
                          !strcmp(effect->value, setting->first->value);
    }
    return index;
}

/* How many objects of TYPE both walks make; 0 where they do not agree. */
static guint objects(const struct effects *old, const struct effects *new,
                     const char *type)
{
    guint a = GPOINTER_TO_UINT(g_hash_table_lookup(old->made, type));
    guint b = GPOINTER_TO_UINT(g_hash_table_lookup(new->made, type));

    return a == b && a < SETTING_MANY ? a : 0;
}

/* Whether EFFECTS came by all the code that could set PROPERTY. */
static bool is_left_alone(const struct effects *effects,
                          const char *property)
{
    const GPtrArray *setters = code_setters(effects->world, property);

    for (guint i = 0; setters && i < setters->len; i++) {
        if (!g_hash_table_contains(effects->visited, setters->pdata[i])) {
            return false;
        }
    }
    return true;
}

static void add_found(GPtrArray *list, const struct setting *old,
                      const struct setting *new, char *const *parts)
{
    const struct effect *effect = new ? new->first : old->first;
    struct guest_found *found = g_new0(struct guest_found, 1);
    g_autofree char *name = g_strjoinv(".", (char **)parts);

    found->state.aspect = GUEST_SETTING;
    found->state.name = g_intern_string(name);
    found->state.driver = g_intern_string(parts[0]);
    found->state.property = g_intern_string(parts[1]);
    found->state.old_value = old ? g_intern_string(old->first->value) : NULL;
    found->state.new_value = new ? g_intern_string(new->first->value) : NULL;
    found->state.old_set = old != NULL;
    found->state.new_set = new != NULL;
    found->function = g_intern_string(effect->function);
    found->loc = effect->loc;
    found->old_code = !new;
    g_ptr_array_add(list, found);
}

static bool is_plain(const struct setting *setting, guint n)
{
    return !setting || (setting->plain && setting->n == n);
}

static void compare(const struct effects *before,
                    const struct effects *after, const struct setting *old,
                    const struct setting *new, GPtrArray *found)
{
    g_auto(GStrv) parts = g_strsplit((new ? new : old)->first->place, "\n",
                                     2);
    guint n = objects(before, after, parts[0]);

    if (!n || !parts[1] || !is_plain(old, n) || !is_plain(new, n) ||
        (old && new && !strcmp(old->first->value, new->first->value)) ||
        (!old && !is_left_alone(before, parts[1])) ||
        (!new && !is_left_alone(after, parts[1]))) {
        return;
    }
    add_found(found, old, new, parts);
}

void guest_compare_settings(const struct effects *old,
                            const struct effects *new, GPtrArray *found)
{
    g_autoptr(GHashTable) before = index_settings(old);
    g_autoptr(GHashTable) after = index_settings(new);
    GHashTableIter iter;
    gpointer place, setting;

    g_hash_table_iter_init(&iter, after);
    while (g_hash_table_iter_next(&iter, &place, &setting)) {
        compare(old, new, g_hash_table_lookup(before, place), setting, found);
    }
    g_hash_table_iter_init(&iter, before);
    while (g_hash_table_iter_next(&iter, &place, &setting)) {
        if (!g_hash_table_contains(after, place)) {
            compare(old, new, setting, NULL, found);
        }
    }
}

/* --- What it is worth ----------------------------------------------------- */

/* TEXT as the walk says it: hexadecimal where it is a number. */
static bool parse(const struct property_kind *kind, const char *text,
                  struct value *ret)
{
    char *end = NULL;
    guint64 number = g_ascii_strtoull(text, &end, 16);

    if (!g_str_has_prefix(text, "0x") || *end ||
        kind->syntax == SYNTAX_STRING) {
        return value_parse(kind, text, ret);
    }
    switch (kind->syntax) {
    case SYNTAX_BOOL:
        *ret = value_bool(number != 0);
        return true;
    case SYNTAX_INT:
        *ret = value_int((int64_t)number);
        return true;
    case SYNTAX_UINT:
    case SYNTAX_SIZE:
        *ret = value_uint(number);
        return true;
    case SYNTAX_ENUM:
        if (!kind->names || number >= g_strv_length((char **)kind->names)) {
            return false;
        }
        *ret = value_string(kind->names[number]);
        return true;
    default:
        return false;
    }
}

/* What the object has in the end, set or not. */
static bool value_of(const struct guest_code *v, const struct guest_state *s,
                     const char *text, struct effective *ret)
{
    const struct facts *facts = v->side->facts;
    const struct qom_type *type = facts_type(facts, s->driver,
                                             v->type->targets);

    if (!type || !effective_value(facts, v->machine, type, s->property, ret)) {
        return false;
    }
    if (text) {
        return parse(ret->property->kind, text, &ret->value);
    }
    return !ret->bad_value && ret->value.kind != VALUE_ABSENT &&
           ret->value.kind != VALUE_UNEVALUATED;
}

static bool reaches(const struct alias *alias, const struct guest_state *s)
{
    return alias->target == s->driver &&
           (alias->property ? alias->property == s->property
                            : !alias->name || alias->name == s->property);
}

/* An entry, or a user, may set it on the object around as well. */
static bool is_passed_on(const struct guest_code *v,
                         const struct guest_state *s)
{
    const struct facts *facts = v->side->facts;

    if (facts_property(facts, v->type, s->property, NULL)) {
        return true;
    }
    for (const struct qom_type *type = v->type; type;
         type = facts_parent(facts, type)) {
        for (guint i = 0; i < type->aliases->len; i++) {
            if (reaches(g_ptr_array_index(type->aliases, i), s)) {
                return true;
            }
        }
    }
    return false;
}

static const char *text_of(const struct value *value)
{
    g_autofree char *text = value_to_text(value);

    return g_intern_string(text);
}

static bool judge(const struct guest_code *old, const struct guest_code *new,
                  struct guest_found *found)
{
    struct guest_state *s = &found->state;
    struct effective before, after;

    found->device = facts_type(new->side->facts, s->driver,
                               new->type->targets);
    if (!found->device || !device_is_stable(new->side, found->device) ||
        is_passed_on(new, s) || is_passed_on(old, s) ||
        !value_of(old, s, s->old_value, &before) ||
        !value_of(new, s, s->new_value, &after) ||
        value_equal(after.property->kind, &before.value, &after.value) ||
        host_side_reason(after.owner, after.property)) {
        return false;
    }
    s->old_value = text_of(&before.value);
    s->new_value = text_of(&after.value);
    return true;
}

void guest_judge_settings(const struct guest_code *old,
                          const struct guest_code *new, GPtrArray *found)
{
    for (guint i = found->len; i-- > 0;) {
        struct guest_found *at = g_ptr_array_index(found, i);

        if (at->state.aspect == GUEST_SETTING && !judge(old, new, at)) {
            g_ptr_array_remove_index(found, i);
        }
    }
}
