/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/condition.h"

#include "model/effective.h"

#include <string.h>

#define MAX_DEPTH 64
#define MAX_NESTING 60
#define MAX_OPERANDS 3

struct result {
    bool known;
    bool gated;                  /* a property or class field was read */
    int64_t number;
    /* Of a field: its paths, for "field & bits". */
    const char *paths;
    gsize paths_length;
};

struct parser {
    const struct situation *at;
    const char *text;
    unsigned nesting;
};

static struct result parse(struct parser *p);

/* --- Fields --------------------------------------------------------------- */

static bool number_of(const struct value *value, int64_t *ret)
{
    switch (value->kind) {
    case VALUE_BOOL:
        *ret = value->boolean;
        return true;
    case VALUE_INT:
    case VALUE_UINT:
        *ret = value->integer;
        return true;
    default:
        return false;
    }
}

/* Whether the member FIELD that a property binds is the one at PATH, of the
 * same record or of one that it is embedded in. */
static bool is_member(const char *field, const char *path, gsize length)
{
    gsize n = strlen(field);

    return n >= length && !memcmp(field + n - length, path, length) &&
           (n == length || field[n - length - 1] == '.');
}

/* Members of the same name are told apart by their records (interned), where
 * both are known: a typedef may be called otherwise than its struct. */
static bool is_other_record(const struct facts *facts, const char *a,
                            const char *b)
{
    return a && a != b && facts_record(facts, a) && facts_record(facts, b);
}

/* Whether the LENGTH characters at PATH, "T.b", are what PROPERTY binds. */
static bool binds_path(const struct facts *facts,
                       const struct property *property, const char *path,
                       gsize length)
{
    const char *dot = memchr(path, '.', length);
    gsize member = dot ? (gsize)(path + length - dot - 1) : 0;

    if (!dot || !is_member(property->field, dot + 1, member)) {
        return false;
    }
    g_autofree char *record = g_strndup(path, (gsize)(dot - path));

    return strlen(property->field) > member ||
           !is_other_record(facts, property->record, g_intern_string(record));
}

/* " S.a.b T.b": whether one of them is what PROPERTY binds. */
static bool binds(const struct facts *facts, const struct property *property,
                  const struct result *r)
{
    const char *at = r->paths, *end = r->paths + r->paths_length;

    while (property->field && at < end) {
        const char *word = at + strspn(at, " ");
        gsize n = strcspn(word, " )");

        if (binds_path(facts, property, word, n)) {
            return true;
        }
        at = word + n;
    }
    return false;
}

/* The property of the device that binds R: all of it for BIT < 0. */
static const struct property *find_property(const struct situation *at,
                                            const struct result *r, int bit)
{
    const struct qom_type *type = at->device;

    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        for (guint i = 0; i < type->properties->len; i++) {
            const struct property *property =
                g_ptr_array_index(type->properties, i);

            if (property->bit == bit && binds(at->facts, property, r)) {
                return property;
            }
        }
        type = facts_parent(at->facts, type);
    }
    return NULL;
}

static bool property_value(const struct situation *at,
                           const struct property *property, int64_t *ret)
{
    struct effective effective;

    return effective_value(at->facts, at->machine, at->device,
                           property->name, &effective) &&
           effective.property == property && !effective.bad_value &&
           number_of(&effective.value, ret);
}

/* Class structs start zeroed: a field that no code sets is 0, where the
 * machine has such a struct at all. */
static bool class_value(const struct situation *at, const struct result *r,
                        int64_t *ret)
{
    gsize skip = strspn(r->paths, " ");
    g_autofree char *path = g_strndup(r->paths + skip,
                                      strcspn(r->paths + skip, " )"));
    gsize record = strcspn(path, ".");
    bool has_record = false;

    for (guint i = 0; at->machine && i < at->machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(at->machine->fields, i);
        char *end;

        has_record |= !strncmp(field->name, path, record + 1);
        if (strcmp(field->name, path)) {
            continue;
        }
        *ret = field->value ? g_ascii_strtoll(field->value, &end, 0) : 0;
        return field->evaluated && field->value && end != field->value &&
               !*end;
    }
    *ret = 0;
    return has_record;
}

static struct result field_result(const struct parser *p, const char *paths,
                                  gsize length)
{
    struct result r = { .paths = paths, .paths_length = length };
    const struct property *property = find_property(p->at, &r, -1);

    if (property) {
        r.gated = true;
        r.known = property_value(p->at, property, &r.number);
    } else if (class_value(p->at, &r, &r.number)) {
        r.known = r.gated = true;
    }
    return r;
}

/* FIELD & MASK, where properties bind single bits. */
static struct result masked(const struct situation *at,
                            const struct result *field, int64_t mask)
{
    struct result r = { .known = true };

    for (int bit = 0; bit < 64; bit++) {
        const struct property *property;
        int64_t on;

        if (!((uint64_t)mask >> bit & 1)) {
            continue;
        }
        property = find_property(at, field, bit);
        if (!property) {
            r.known = false;
            continue;
        }
        r.gated = true;
        if (!property_value(at, property, &on)) {
            r.known = false;
        } else if (on) {
            r.number |= (int64_t)(UINT64_C(1) << bit);
        }
    }
    return r;
}

/* --- Operators ------------------------------------------------------------ */

static struct result of(int64_t number)
{
    return (struct result){ .known = true, .number = number };
}

static struct result logical(const struct result *a, const struct result *b,
                             bool is_and)
{
    struct result r = of(!is_and);

    if ((a->known && !a->number == is_and) ||
        (b->known && !b->number == is_and)) {
        return r;
    }
    r.number = is_and;
    r.known = a->known && b->known;
    return r;
}

static struct result binary(const char *op, const struct result *a,
                            const struct result *b)
{
    int64_t x = a->number, y = b->number;
    uint64_t ux = (uint64_t)x, uy = (uint64_t)y;
    const struct {
        const char *op;
        int64_t value;
    } table[] = {
        { "==", x == y }, { "!=", x != y }, { "<", x < y }, { ">", x > y },
        { "<=", x <= y }, { ">=", x >= y }, { "&", x & y }, { "|", x | y },
        { "^", x ^ y }, { "+", (int64_t)(ux + uy) },
        { "-", (int64_t)(ux - uy) }, { "*", (int64_t)(ux * uy) },
        { "<<", (int64_t)(uy < 64 ? ux << uy : 0) },
        { ">>", (int64_t)(uy < 64 ? ux >> uy : 0) },
    };

    for (gsize i = 0; a->known && b->known && i < G_N_ELEMENTS(table); i++) {
        if (!strcmp(op, table[i].op)) {
            return of(table[i].value);
        }
    }
    return (struct result){ .known = false };
}

static struct result unary(const char *op, const struct result *a)
{
    if (!a->known || !*op || op[1] || !strchr("!~-", *op)) {
        return (struct result){ .known = false };
    }
    return of(!strcmp(op, "!") ? !a->number :
              !strcmp(op, "~") ? ~a->number
                               : (int64_t)-(uint64_t)a->number);
}

static struct result choose(const struct result *cond,
                            const struct result *a, const struct result *b)
{
    if (cond->known) {
        return cond->number ? *a : *b;
    }
    if (a->known && b->known && a->number == b->number) {
        return *a;
    }
    return (struct result){ .known = false };
}

static struct result apply(const struct situation *at, const char *op,
                           const struct result *args, guint n)
{
    struct result r = { .known = false };
    bool gated = false;

    for (guint i = 0; i < n; i++) {
        gated |= args[i].gated;
    }
    if (n == 2 && !strcmp(op, "&") && args[0].paths && !args[0].known &&
        args[1].known) {
        r = masked(at, &args[0], args[1].number);
    } else if (n == 2 && (!strcmp(op, "&&") || !strcmp(op, "||"))) {
        r = logical(&args[0], &args[1], *op == '&');
    } else if (n == 2) {
        r = binary(op, &args[0], &args[1]);
    } else if (n == 1) {
        r = unary(op, &args[0]);
    } else if (n == 3 && !strcmp(op, "if")) {
        r = choose(&args[0], &args[1], &args[2]);
    }
    r.gated |= gated;
    r.paths = NULL;
    return r;
}

/* --- Parsing -------------------------------------------------------------- */

static struct result parse_list(struct parser *p)
{
    struct result args[MAX_OPERANDS] = { 0 };
    g_autofree char *op = NULL;
    gsize length = strcspn(++p->text, " )");
    guint n = 0;

    op = g_strndup(p->text, length);
    p->text += length;
    if (!strcmp(op, "field")) {
        const char *paths = p->text;

        length = strcspn(paths, ")");
        p->text += length + (paths[length] == ')');
        return field_result(p, paths, length);
    }
    while (*p->text == ' ') {
        struct result arg = { .known = false };

        p->text++;
        arg = parse(p);
        if (n < MAX_OPERANDS) {
            args[n++] = arg;
        }
    }
    p->text += *p->text == ')';
    return apply(p->at, op, args, n);
}

/* Text that is no condition is one that nobody knows. */
static struct result parse(struct parser *p)
{
    struct result r = { .known = false };
    gsize length = strcspn(p->text, " )");
    char *end;

    if (*p->text == '(') {
        if (p->nesting >= MAX_NESTING) {
            p->text += strlen(p->text);
            return r;
        }
        p->nesting++;
        r = parse_list(p);
        p->nesting--;
        return r;
    }
    if (length == 1 && *p->text == 'v') {
        r = of(p->at->version);
    } else if (length) {
        r.number = g_ascii_strtoll(p->text, &end, 10);
        r.known = end == p->text + length;
    }
    p->text += length;
    return r;
}

static struct result evaluate(const struct situation *at, const char *text)
{
    struct parser p = { .at = at, .text = text };

    return parse(&p);
}

bool condition_value(const struct situation *at, const char *condition,
                     int64_t *ret)
{
    struct result r = evaluate(at, condition);

    *ret = r.number;
    return r.known;
}

bool condition_is_gated(const struct situation *at, const char *condition)
{
    return evaluate(at, condition).gated;
}
