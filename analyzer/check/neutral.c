/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steps in the order of their weight; the first that knows decides.  What a
 * step returns as `reason` completes "…, because REASON".
 */
#include "check/neutral.h"

#include <string.h>

#include "check/compare.h"
#include "check/host-side.h"
#include "check/neutral-effects.h"
#include "check/valuation.h"

struct question {
    const struct check_bodies *bodies;
    const struct side *old, *new;
    const struct qom_type *type;
    const struct reach *reach;           /* on objects of TYPE in NEW */
    const struct property *property;     /* that it leads to */
};

/* The innermost object on the way, which is the one of TYPE or in it. */
static const struct qom_type *innermost(const struct question *q)
{
    return q->reach->levels ? q->reach->level[q->reach->levels - 1].type
                            : q->type;
}

static bool is_bit(const struct property *property)
{
    return property->bit >= 0;
}

typedef bool step(const struct question *q, struct neutral *ret);

static bool answer(struct neutral *ret, enum neutral_verdict verdict,
                   char *reason)
{
    ret->verdict = verdict;
    ret->reason = reason;
    return true;
}

static bool step_host_side(const struct question *q, struct neutral *ret)
{
    const char *reason = host_side_reason(q->type, q->property);

    return reason && answer(ret, NEUTRAL_HOST_SIDE, g_strdup(reason));
}

/* What the code does is proof; all that follows is signs of it. */
static bool step_effects(const struct question *q, struct neutral *ret)
{
    return q->bodies &&
           neutral_from_effects(q->bodies, q->old, q->new, innermost(q),
                                q->property, ret);
}

static const struct code_function *switched(const struct question *q,
                                            bool value)
{
    const char *record = q->property->record, *field = q->property->field;

    facts_innermost_field(q->new->facts, &record, &field);
    return code_switches(q->bodies->released, q->bodies->head, record, field,
                         value);
}

/* The code that reads a flag is under one value what it was without it. */
static bool step_switched(const struct question *q, struct neutral *ret)
{
    const struct property *p = q->property;
    const struct code_function *function;
    bool value;

    if (!q->bodies || !p->record || !p->field || is_bit(p) ||
        p->kind->syntax != SYNTAX_BOOL || p->def.kind != VALUE_BOOL) {
        return false;
    }
    value = p->def.boolean;
    function = switched(q, value);
    if (!function) {
        value = !value;
        function = switched(q, value);
    }
    ret->value = value_bool(value);
    return function &&
           answer(ret, value == p->def.boolean ? NEUTRAL_SAME : NEUTRAL_KNOWN,
                  g_strdup_printf("%s() does %s it what it did before",
                                  function->symbol->name,
                                  value ? "with" : "without"));
}

/* What cannot be had otherwise without other options is what there was. */
static bool step_refused(const struct question *q, struct neutral *ret)
{
    const struct property *p = q->property;
    const struct code_function *function = NULL;
    uint64_t number;

    if (q->bodies && p->record && p->field &&
        valuation_number(p, &p->def, &number)) {
        function = code_refuses(q->bodies->head, p->record, p->field, number,
                                p->kind->syntax == SYNTAX_BOOL);
    }
    return function &&
           answer(ret, NEUTRAL_SAME,
                  g_strdup_printf("%s() refuses any other value, unless "
                                  "another option is given",
                                  function->symbol->name));
}

static bool step_no_default(const struct question *q, struct neutral *ret)
{
    return q->property->def.kind == VALUE_ABSENT &&
           answer(ret, NEUTRAL_SAME, g_strdup("it has no default"));
}

static bool step_zero(const struct question *q, struct neutral *ret)
{
    return value_is_zero(q->property->kind, &q->property->def) &&
           answer(ret, NEUTRAL_SAME, g_strdup("its default is off or zero"));
}

/* The value that leaves the choice to the device, by name where it could not
 * be evaluated. */
static bool is_auto(const struct property *property)
{
    const struct value *def = &property->def;

    return def->kind == VALUE_STRING
           ? g_ascii_strcasecmp(def->string, "auto") == 0
           : def->kind == VALUE_UNEVALUATED && property->spelling &&
             g_str_has_suffix(property->spelling, "_AUTO");
}

/*
 * A field that the released struct already had was zero, as nothing gave it
 * another value by property.  Single bits count only where a released
 * property had given the same bit its meaning: a new flag in an old word is
 * new.  A field that no property had is written by code, which goes on where
 * the default leaves the choice to it.
 */
static bool step_existing_field(const struct question *q, struct neutral *ret)
{
    const struct property *p = q->property;
    const struct property *before;

    if (!p->record || !p->field) {
        return false;
    }
    before = side_bound(q->old, p);
    if (!before && (is_bit(p) || is_auto(p) ||
                    !side_has_field(q->old, p->record, p->field))) {
        return false;
    }
    ret->shared = before != NULL;
    ret->value = value_uint(0);
    value_parse(p->kind, p->kind->syntax == SYNTAX_BOOL ? "off" : "0",
                &ret->value);
    return answer(ret, NEUTRAL_KNOWN, before
        ? g_strdup_printf("it binds %s.%s, which released devices with a "
                          "property '%s' have set, and this one left at zero",
                          p->record, p->field, before->name)
        : g_strdup_printf("it binds %s.%s, which the released struct already "
                          "had", p->record, p->field));
}

/* An alias to what a device inside had all along. */
static bool step_inside(const struct question *q, struct neutral *ret)
{
    const struct property *p = q->property, *before = NULL;
    const struct qom_type *inner = innermost(q);

    if (q->reach->levels > 1) {
        inner = facts_type(q->old->facts, inner->name, inner->targets);
        before = inner ? facts_own_property(q->old->facts, inner, p->name,
                                            NULL) : NULL;
    }
    return before && value_equal(p->kind, &before->def, &p->def) &&
           answer(ret, NEUTRAL_SAME,
                  g_strdup_printf("the device inside, %s, had it already",
                                  inner->name));
}

static bool step_auto(const struct question *q, struct neutral *ret)
{
    return is_auto(q->property) &&
           answer(ret, NEUTRAL_SAME, g_strdup("its default is 'auto'"));
}

static bool spelled_as_sentinel(const char *spelling)
{
    static const char *const words[] = {
        "ANY", "NULL", "UNSET", "UNSPECIFIED", "INVALID", "AUTO", "NONE",
        "UNKNOWN", "UNDEFINED", "DEFAULT",
    };

    for (gsize i = 0; spelling && i < G_N_ELEMENTS(words); i++) {
        const char *at = strstr(spelling, words[i]);

        if (at && (at == spelling || at[-1] == '_') &&
            !g_ascii_isalnum(at[strlen(words[i])])) {
            return true;
        }
    }
    return spelling && g_pattern_match_simple("UINT*_MAX", spelling);
}

static bool step_sentinel(const struct question *q, struct neutral *ret)
{
    const struct property *p = q->property;

    return p->def.kind != VALUE_BOOL &&
           (value_is_all_ones(p->kind, &p->def) ||
            spelled_as_sentinel(p->spelling)) &&
           answer(ret, NEUTRAL_SAME,
                  g_strdup_printf("its default %s means 'not given'",
                                  p->spelling ? p->spelling : "-1"));
}

/* legacy-x on, x-old-y on, has-z on: the property keeps what there was. */
static bool names_old_behaviour(const char *name)
{
    static const char *const words[] = {
        "legacy", "compat", "bug", "old", "not", "force", "exclusive",
        "always", "has",
    };
    g_auto(GStrv) parts = g_strsplit_set(name, "-_.", -1);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_strv_contains((const char *const *)parts, words[i])) {
            return true;
        }
    }
    return false;
}

static bool step_old_behaviour(const struct question *q, struct neutral *ret)
{
    return q->property->def.kind == VALUE_BOOL &&
           names_old_behaviour(q->property->name) &&
           answer(ret, NEUTRAL_SAME,
                  g_strdup("its name says that on is the old behaviour"));
}

/* foo-size beside foo: does nothing while foo is off. */
static bool step_sub_option(const struct question *q, struct neutral *ret)
{
    const char *name = q->property->name;

    for (gsize i = strlen(name); i-- > 1;) {
        g_autofree char *prefix = NULL;
        const struct property *main_option;

        if (name[i] != '-' && name[i] != '_' && name[i] != '.') {
            continue;
        }
        prefix = g_strndup(name, i);
        main_option = facts_own_property(q->new->facts, q->type,
                                         g_intern_string(prefix), NULL);
        if (main_option &&
            value_is_zero(main_option->kind, &main_option->def)) {
            return answer(ret, NEUTRAL_SAME,
                          g_strdup_printf("it belongs to '%s', which is off",
                                          prefix));
        }
    }
    return false;
}

/* Shorter first words tell nothing (x-, rx-). */
#define MIN_WORD 3

/* The length of the first word of NAME; 0: it tells nothing, or is all. */
static gsize first_word(const char *name)
{
    gsize length = strcspn(name, "-_.");

    return name[length] && length >= MIN_WORD ? length : 0;
}

static bool has_word(const char *name, const char *word, gsize length)
{
    for (;;) {
        gsize n = strcspn(name, "-_.");

        if (n == length && !memcmp(name, word, n)) {
            return true;
        }
        if (!name[n]) {
            return false;
        }
        name += n + 1;
    }
}

/* A flag of TYPE that came with the change and is off. */
static bool is_new_and_off(const struct question *q,
                           const struct qom_type *type,
                           const struct property *flag)
{
    const struct qom_type *old = facts_type(q->old->facts, type->name,
                                            type->targets);

    return flag->kind->syntax == SYNTAX_BOOL &&
           value_is_zero(flag->kind, &flag->def) &&
           !(old && facts_own_property(q->old->facts, old, flag->name, NULL));
}

/* A number foo_interval that comes with a flag guest_foo_ext. */
static bool step_new_sub_option(const struct question *q, struct neutral *ret)
{
    const struct property *p = q->property;
    const struct qom_type *owner = q->reach->owner;
    gsize length = first_word(p->name);

    if (!length || (p->def.kind != VALUE_INT && p->def.kind != VALUE_UINT)) {
        return false;
    }
    for (guint i = 0; i < owner->properties->len; i++) {
        const struct property *flag = g_ptr_array_index(owner->properties, i);

        if (has_word(flag->name, p->name, length) &&
            is_new_and_off(q, owner, flag)) {
            return answer(ret, NEUTRAL_SAME,
                          g_strdup_printf("it comes with '%s', which is off",
                                          flag->name));
        }
    }
    return false;
}

static bool names_wiring(const char *name)
{
    static const char *const patterns[] = { "irq", "*-irq", "*_irq",
                                            "iobase*", "io_base" };

    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
        if (g_pattern_match_simple(patterns[i], name)) {
            return true;
        }
    }
    return false;
}

/* Interrupts and addresses, and any number of devices that users cannot plug,
 * are wiring: the default repeats what was fixed before. */
static bool step_wiring(const struct question *q, struct neutral *ret)
{
    return (q->property->def.kind == VALUE_INT ||
            q->property->def.kind == VALUE_UINT) &&
           (!q->type->user_creatable || names_wiring(q->property->name)) &&
           answer(ret, NEUTRAL_CONSTANT,
                  g_strdup("it is wiring, which a board gives or which was "
                           "a constant"));
}

/* What users cannot plug has what the code that makes it says: whatever that
 * is, no entry would change it. */
static bool step_board(const struct question *q, struct neutral *ret)
{
    const GPtrArray *setters = q->bodies && !q->type->user_creatable
        ? code_setters(q->bodies->head, q->property->name) : NULL;
    const struct code_function *function =
        setters && setters->len ? setters->pdata[0] : NULL;

    return function &&
           answer(ret, NEUTRAL_BOARD,
                  g_strdup_printf("%s() sets it, whatever the default is",
                                  function->symbol->name));
}

/* A number spelled by a macro usually takes the place of that macro. */
static bool step_constant(const struct question *q, struct neutral *ret)
{
    const struct property *p = q->property;

    if (p->def.kind == VALUE_BOOL || !p->spelling) {
        return false;
    }
    for (const char *c = p->spelling; *c; c++) {
        if (g_ascii_isupper(*c) && g_ascii_isalpha(p->spelling[0])) {
            return answer(ret, NEUTRAL_CONSTANT,
                          g_strdup_printf("its default %s may be a constant "
                                          "that the released device used",
                                          p->spelling));
        }
    }
    return false;
}

struct neutral neutral_decide(const struct check_bodies *bodies,
                              const struct side *old, const struct side *new,
                              const struct qom_type *type,
                              const struct reach *reach)
{
    static step *const steps[] = {
        step_host_side, step_effects, step_switched, step_refused,
        step_no_default, step_zero, step_inside, step_existing_field,
        step_auto, step_sentinel, step_old_behaviour, step_sub_option,
        step_new_sub_option, step_wiring, step_board, step_constant,
    };
    struct question q = { bodies, old, new, type, reach, reach->property };
    struct neutral neutral = { .verdict = NEUTRAL_UNKNOWN };

    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (steps[i](&q, &neutral)) {
            return neutral;
        }
    }
    neutral.reason = g_strdup("nothing in the declarations says what the "
                              "released device did");
    return neutral;
}
