/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/compare-internal.h"
#include "model/listing.h"

#include <string.h>

const char *difference_kind_name(enum difference_kind kind)
{
    static const char *const names[] = {
        [DIFFERENCE_TYPE_MISSING] = "type-missing",
        [DIFFERENCE_PARENT] = "parent",
        [DIFFERENCE_ABSTRACT] = "abstract",
        [DIFFERENCE_PROPERTY_MISSING] = "property-missing",
        [DIFFERENCE_PROPERTY_EXTRA] = "property-extra",
        [DIFFERENCE_PROPERTY_KIND] = "property-kind",
        [DIFFERENCE_DEFAULT] = "default",
        [DIFFERENCE_DEFAULT_INVENTED] = "default-invented",
        [DIFFERENCE_MACHINE_MISSING] = "machine-missing",
        [DIFFERENCE_MACHINE_EXTRA] = "machine-extra",
        [DIFFERENCE_MACHINE_ALIAS] = "machine-alias",
        [DIFFERENCE_MACHINE_DEPRECATED] = "machine-deprecated",
        [DIFFERENCE_COMPAT] = "compat",
    };

    return names[kind];
}

/* --- Groups ------------------------------------------------------------- */

static void difference_free(void *data)
{
    struct difference *difference = data;

    g_ptr_array_unref(difference->where);
    g_free(difference);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* What differences of one cause share.  A function that gives many types the
 * same property is one cause, whoever calls it. */
static char *group_key(const struct difference *d)
{
    g_autofree char *place = d->property && d->loc.file
        ? g_strdup_printf("%s:%d:%d", d->loc.file, d->loc.line, d->loc.column)
        : g_strdup(or_empty(d->subject));

    return g_strdup_printf("%d\n%s\n%s\n%s\n%s", d->kind, place,
                           or_empty(d->property), or_empty(d->ours),
                           or_empty(d->theirs));
}

void add_difference(struct comparing *comparing,
                    const struct difference *prototype, const char *where)
{
    char *key = group_key(prototype);
    struct difference *group = g_hash_table_lookup(comparing->groups, key);

    if (group) {
        g_free(key);
    } else {
        group = g_new(struct difference, 1);
        *group = *prototype;
        group->where = g_ptr_array_new();
        g_ptr_array_add(comparing->result->differences, group);
        g_hash_table_insert(comparing->groups, key, group);
    }
    g_ptr_array_add(group->where, (gpointer)(uintptr_t)where);
}

static int compare_differences(const void *p, const void *q)
{
    const struct difference *a = *(const struct difference *const *)p;
    const struct difference *b = *(const struct difference *const *)q;
    int order = a->kind < b->kind ? -1 : a->kind > b->kind;

    order = order ? order : g_strcmp0(a->subject, b->subject);
    order = order ? order : g_strcmp0(a->property, b->property);
    order = order ? order : g_strcmp0(a->ours, b->ours);
    return order ? order : g_strcmp0(a->theirs, b->theirs);
}

/* --- Who declares it, by the answers ------------------------------------ */

static const struct answer_property *
told_property(const struct answer_type *type, const char *name)
{
    for (guint i = 0; type->properties && i < type->properties->len; i++) {
        const struct answer_property *property =
            &g_array_index(type->properties, struct answer_property, i);
        if (property->name == name) {
            return property;
        }
    }
    return NULL;
}

static bool descends(const struct answers *answers,
                     const struct answer_type *type, const char *name)
{
    for (; type; type = answers_type(answers, type->parent)) {
        if (type->name == name) {
            return true;
        }
    }
    return false;
}

/* How many types below the type NAME were told to have PROPERTY; 0 where one
 * lacks it. */
static guint count_heirs(const struct answers *answers, const char *name,
                         const char *property)
{
    guint n = 0;

    for (guint i = 0; i < answers->types->len; i++) {
        const struct answer_type *type = answers->types->pdata[i];
        if (!type->properties || !descends(answers, type, name)) {
            continue;
        }
        if (!told_property(type, property)) {
            return 0;
        }
        n++;
    }
    return n;
}

/* The type from which TYPE can have PROPERTY: the highest whose heirs all
 * have it, the lowest of those with the same heirs. */
static const char *likely_owner(const struct answers *answers,
                                const struct answer_type *type,
                                const char *property)
{
    const char *owner = type->name;
    guint most = 1;
    guint n = 1;

    while (n && (type = answers_type(answers, type->parent))) {
        n = count_heirs(answers, type->name, property);
        if (n > most) {
            most = n;
            owner = type->name;
        }
    }
    return owner;
}

/* --- Properties --------------------------------------------------------- */

static const char *text_of(const struct value *value)
{
    g_autofree char *text = value_to_text(value);

    if (value->kind == VALUE_ABSENT) {
        return NULL;
    }
    return g_intern_string(text);
}

/* As the JSON of the two would compare: true is not 1. */
static bool same_default(const struct value *a, const struct value *b)
{
    return (a->kind == VALUE_BOOL) == (b->kind == VALUE_BOOL) &&
           (a->kind == VALUE_LIST) == (b->kind == VALUE_LIST) &&
           value_equal(NULL, a, b);
}

static void compare_property(struct comparing *comparing,
                             const struct answer_type *type,
                             const struct property *ours,
                             const struct qom_type *owner,
                             const struct answer_property *theirs)
{
    struct difference found = {
        .subject = owner->name,
        .property = theirs->name,
        .loc = ours->loc,
    };
    const struct value *def = &ours->def;

    if (ours->kind->name != theirs->kind) {
        found.kind = DIFFERENCE_PROPERTY_KIND;
        found.ours = ours->kind->name;
        found.theirs = theirs->kind;
        add_difference(comparing, &found, type->name);
    }
    if (!comparing->answers->tells_defaults) {
        return;
    }
    found.ours = text_of(def);
    found.theirs = text_of(&theirs->def);
    if (theirs->def.kind != VALUE_ABSENT) {
        comparing->result->n_defaults++;
        if (!same_default(def, &theirs->def)) {
            found.kind = DIFFERENCE_DEFAULT;
            add_difference(comparing, &found, type->name);
        }
    } else if (def->kind != VALUE_ABSENT && def->kind != VALUE_UNEVALUATED) {
        found.kind = DIFFERENCE_DEFAULT_INVENTED;
        add_difference(comparing, &found, type->name);
    }
}

static void report_missing(struct comparing *comparing,
                           const struct answer_type *type,
                           const struct answer_property *theirs)
{
    const char *def = text_of(&theirs->def);
    g_autofree char *text = def ? g_strdup_printf("%s = %s", theirs->kind, def)
                                : g_strdup(theirs->kind);
    const struct difference found = {
        .kind = DIFFERENCE_PROPERTY_MISSING,
        .subject = likely_owner(comparing->answers, type, theirs->name),
        .property = theirs->name,
        .theirs = g_intern_string(text),
    };

    add_difference(comparing, &found, type->name);
}

/* Parts that an object's code makes and the wires between them ("sysbus-irq[0]"
 * is a link<irq>, "arm-out" a link<clock>): nothing that a user or a compat
 * entry sets, and no facts. */
static bool is_wiring(const char *name, const char *kind)
{
    return g_str_has_prefix(kind, "child<") ||
           g_str_equal(kind, "link<clock>") ||
           (g_str_has_prefix(kind, "link<") && g_str_has_suffix(name, "]"));
}

static void compare_told(struct comparing *comparing,
                         const struct answer_type *type,
                         const struct qom_type *ours)
{
    for (guint i = 0; i < type->properties->len; i++) {
        const struct answer_property *theirs =
            &g_array_index(type->properties, struct answer_property, i);
        const struct qom_type *owner = NULL;
        if (is_wiring(theirs->name, theirs->kind) ||
            listing_hides(theirs->name)) {
            continue;
        }
        const struct property *property = facts_property_on(
            comparing->facts, ours, theirs->name, comparing->target, &owner);
        comparing->result->n_properties++;
        if (property) {
            compare_property(comparing, type, property, owner, theirs);
        } else {
            report_missing(comparing, type, theirs);
        }
    }
}

static void compare_untold(struct comparing *comparing,
                           const struct answer_type *type,
                           const struct qom_type *ours)
{
    g_autoptr(GPtrArray) names =
        listing_new(comparing->facts, ours, comparing->target);

    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        const struct qom_type *owner = NULL;
        const struct property *property = facts_property_on(
            comparing->facts, ours, name, comparing->target, &owner);
        if (!property || is_wiring(name, property->kind->name) ||
            told_property(type, name)) {
            continue;
        }
        const struct difference found = {
            .kind = DIFFERENCE_PROPERTY_EXTRA,
            .subject = owner->name,
            .property = name,
            .ours = property->kind->name,
            .loc = property->loc,
        };
        add_difference(comparing, &found, type->name);
    }
}

/* --- Types -------------------------------------------------------------- */

static void compare_type(struct comparing *comparing,
                         const struct answer_type *type,
                         const struct qom_type *ours)
{
    struct difference found = {
        .subject = type->name,
        .loc = ours->loc,
    };

    if (type->parent && type->parent != ours->parent) {
        found.kind = DIFFERENCE_PARENT;
        found.ours = ours->parent;
        found.theirs = type->parent;
        add_difference(comparing, &found, type->name);
    }
    if (type->abstract != ours->abstract) {
        found.kind = DIFFERENCE_ABSTRACT;
        found.ours = ours->abstract ? "abstract" : "concrete";
        found.theirs = type->abstract ? "abstract" : "concrete";
        add_difference(comparing, &found, type->name);
    }
    if (type->properties) {
        compare_told(comparing, type, ours);
        compare_untold(comparing, type, ours);
    }
}

static void compare_types(struct comparing *comparing)
{
    const GPtrArray *types = comparing->answers->types;

    for (guint i = 0; i < types->len; i++) {
        const struct answer_type *type = types->pdata[i];
        const struct qom_type *ours =
            facts_type(comparing->facts, type->name, comparing->target);
        comparing->result->n_types++;
        comparing->result->n_silent += type->silence != NULL;
        if (ours) {
            compare_type(comparing, type, ours);
            continue;
        }
        /* A family that is missed is one difference. */
        const struct difference found = {
            .kind = DIFFERENCE_TYPE_MISSING,
            .subject = type->parent ? type->parent : type->name,
        };
        add_difference(comparing, &found, type->name);
    }
}

struct comparison *comparison_new(const struct facts *facts,
                                  const struct answers *answers)
{
    struct comparison *result = g_new0(struct comparison, 1);
    struct comparing comparing = {
        .facts = facts,
        .answers = answers,
        .target = target_bit(answers->target),
        .result = result,
        .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                        NULL),
    };

    result->differences = g_ptr_array_new_with_free_func(difference_free);
    compare_types(&comparing);
    compare_machines(&comparing);
    g_ptr_array_sort(result->differences, compare_differences);
    g_hash_table_unref(comparing.groups);
    return result;
}

void comparison_free(struct comparison *comparison)
{
    g_ptr_array_unref(comparison->differences);
    g_free(comparison);
}
