/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/neutral-effects.h"

#include <string.h>

#include "base/borrow.h"
#include "check/guest-compare.h"
#include "check/guest-walk.h"

struct trial {
    struct guest_code old, new;
    const struct property *property;
    struct effects *before;
    bool reads;                  /* the code asks for the property */
    bool exhausted;
};

/* struct guest_found *: what differs when the property is VALUE. */
static GPtrArray *try_value(struct trial *t, uint64_t value)
{
    g_autoptr(GHashTable) gates = g_hash_table_new(NULL, NULL);
    const struct valuation more = {
        .gates = gates, .override = t->property,
        .value = { value, UINT64_MAX },
    };
    g_autoptr(Effects) after = guest_walk(&t->new, &t->old, &more);

    t->reads |= g_hash_table_contains(gates, t->property);
    t->exhausted |= after->exhausted;
    return guest_compare(t->before, after);
}

static bool make_value(const struct property *property, uint64_t number,
                       struct value *ret)
{
    const char *const *names = property->kind->names;
    g_autofree char *text = NULL;

    if (property->kind->syntax == SYNTAX_BOOL) {
        text = g_strdup(number ? "on" : "off");
        return number <= 1 && value_parse(property->kind, text, ret);
    }
    if (names) {
        for (uint64_t i = 0; names[i]; i++) {
            if (i == number) {
                return value_parse(property->kind, names[i], ret);
            }
        }
        return false;
    }
    text = g_strdup_printf("%" G_GUINT64_FORMAT, number);
    return value_parse(property->kind, text, ret);
}

static const char *code_of(const GPtrArray *found)
{
    const struct guest_found *first = g_ptr_array_index(found, 0);

    return *first->function ? first->function : "the class";
}

/* The default does what was done: proven where another value does not. */
static bool is_same(struct trial *t, uint64_t number, struct neutral *ret)
{
    for (uint64_t v = 0; v < guest_tries(t->property); v++) {
        g_autoptr(GPtrArray) found = v == number ? NULL : try_value(t, v);

        if (found && found->len && !t->exhausted) {
            ret->verdict = NEUTRAL_SAME;
            ret->reason = g_strdup_printf(
                "its default keeps what %s() did before", code_of(found));
            return true;
        }
    }
    return false;
}

/* Another value does what was done, the default does not. */
static bool is_known(struct trial *t, uint64_t number, const char *code,
                     struct neutral *ret)
{
    for (uint64_t v = 0; v < guest_tries(t->property); v++) {
        g_autoptr(GPtrArray) found = v == number ? NULL : try_value(t, v);

        if (found && !found->len && !t->exhausted &&
            make_value(t->property, v, &ret->value)) {
            ret->verdict = NEUTRAL_KNOWN;
            ret->reason = g_strdup_printf(
                "under it %s() does what it did before", code);
            return true;
        }
    }
    return false;
}

static bool decide(struct trial *t, struct neutral *ret)
{
    uint64_t number;

    if (!valuation_number(t->property, &t->property->def, &number)) {
        return false;
    }
    g_autoptr(GPtrArray) found = try_value(t, number);

    if (!t->reads || t->exhausted) {
        return false;
    }
    return found->len ? is_known(t, number, code_of(found), ret)
                      : is_same(t, number, ret);
}

static bool reads(const struct trial *t)
{
    const char *field = t->property->field;
    const char *dot = strrchr(field, '.');
    const char *last = dot ? dot + 1 : field;
    g_autofree char *member = g_strndup(last, strcspn(last, "["));

    return code_reaches(t->new.code, t->new.entries, member);
}

bool neutral_from_effects(const struct check_bodies *bodies,
                          const struct side *old, const struct side *new,
                          const struct qom_type *type,
                          const struct property *property,
                          struct neutral *ret)
{
    static const struct valuation nothing = { 0 };
    const struct qom_type *before =
        facts_type(old->facts, type->name, type->targets);
    bool known = false;

    if (!bodies || !before || !property->record || !property->field) {
        return false;
    }
    struct trial t = {
        .old = guest_code_of(bodies->released, old, before),
        .new = guest_code_of(bodies->head, new, type),
        .property = property,
    };

    guest_add_code(&t.old, bodies, &t.new);
    guest_add_code(&t.new, bodies, &t.new);
    if (guest_shows(&t.new) && reads(&t)) {
        t.before = guest_walk(&t.old, NULL, &nothing);
        t.exhausted = t.before->exhausted;
        known = decide(&t, ret);
        effects_free(t.before);
    }
    guest_code_clear(&t.old);
    guest_code_clear(&t.new);
    return known;
}
