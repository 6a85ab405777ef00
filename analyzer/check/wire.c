/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/wire.h"

#include <string.h>

/* Longer than any real stream: hostile descriptions nest in themselves. */
#define MAX_TOKENS 20000
#define MAX_FRAMES 16
/* Arrays of structs up to here are taken apart where they have to be. */
#define MAX_UNROLLED 64

enum token_kind { TOKEN_END, TOKEN_BYTES, TOKEN_OPAQUE, TOKEN_STRUCT };

struct token {
    enum token_kind kind;
    bool maybe;                  /* it depends on the state of the guest */
    int64_t size;                /* TOKEN_BYTES: all of it */
    int64_t count;               /* elements, STREAM_UNKNOWN = variable */
    const char *key;             /* TOKEN_OPAQUE: who writes it */
    const struct vmstate_field *field;
    const struct vmstate *holder;
    const struct vmstate *nested;
};

struct frame {
    const struct vmstate *vmstate;
    int version;
    guint index;
    int64_t again;               /* times it starts anew */
    bool maybe;
};

struct cursor {
    const struct situation *at;
    struct frame frames[MAX_FRAMES];
    guint depth;
    guint tokens;
    bool unknown;                /* something could not be evaluated */
    struct token token;          /* the one in front */
    int64_t taken;               /* bytes of it that are matched */
};

/* --- Tokens --------------------------------------------------------------- */

struct scalar {
    const char *info;
    int size;
};

/* Bytes that QEMU's own ways to write a field need; 0 = its size. */
static int scalar_size(const char *info)
{
    static const struct scalar scalars[] = {
        { "bool", 1 }, { "int8", 1 }, { "int16", 2 }, { "int32", 4 },
        { "int64", 8 }, { "uint8", 1 }, { "uint16", 2 }, { "uint32", 4 },
        { "uint64", 8 }, { "uint8_equal", 1 }, { "uint16_equal", 2 },
        { "int32_equal", 4 }, { "uint32_equal", 4 }, { "uint64_equal", 8 },
        { "int32_le", 4 }, { "timer", 8 }, { "cpudouble", 8 },
        { "float64", 8 }, { "buffer", 0 }, { "unused_buffer", 0 },
    };
    static const char prefix[] = "vmstate_info_";

    if (!info || !g_str_has_prefix(info, prefix)) {
        return -1;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(scalars); i++) {
        if (!strcmp(info + strlen(prefix), scalars[i].info)) {
            return scalars[i].size;
        }
    }
    return -1;
}

static int64_t count_of(const struct vmstate_field *field)
{
    return field->flags & STREAM_VARRAY ? STREAM_UNKNOWN :
           field->flags & STREAM_ARRAY ? field->num : 1;
}

static void set_scalar(struct token *token)
{
    const struct vmstate_field *field = token->field;
    int size = scalar_size(field->info);
    int64_t each = size ? size : field->size;

    token->kind = TOKEN_OPAQUE;
    token->key = field->info;
    if (size < 0) {
        return;
    }
    if (field->flags & (STREAM_VARRAY | STREAM_VBUFFER) ||
        token->count == STREAM_UNKNOWN || each == STREAM_UNKNOWN ||
        field->flags & STREAM_ARRAY_OF_POINTER) {
        return;
    }
    token->kind = TOKEN_BYTES;
    if (__builtin_mul_overflow(each, token->count, &token->size)) {
        token->size = STREAM_UNKNOWN;
    }
}

static struct token make_token(struct cursor *c, const struct frame *frame,
                               const struct vmstate_field *field)
{
    struct token token = {
        .field = field, .holder = frame->vmstate, .maybe = frame->maybe,
        .count = count_of(field),
    };

    if (field->nested) {
        token.nested = facts_vmstate(c->at->facts, field->nested);
    }
    if (field->flags & (STREAM_STRUCT | STREAM_VSTRUCT)) {
        token.kind = TOKEN_STRUCT;
        c->unknown |= !token.nested;
    } else {
        set_scalar(&token);
    }
    return token;
}

/* Whether FIELD is there: 1, 0, or -1 where it depends on the guest. */
static int presence(const struct cursor *c, const struct frame *frame,
                    const struct vmstate_field *field)
{
    struct situation at = *c->at;
    int64_t value;

    if (!field->test) {
        return field->version_id <= frame->version;
    }
    at.version = frame->version;
    return condition_value(&at, field->test, &value) ? value != 0 : -1;
}

/* Only runs its test: it has no elements. */
static bool is_validation(const struct vmstate_field *field)
{
    return field->flags & STREAM_MUST_EXIST && !field->num &&
           field->flags & STREAM_ARRAY;
}

static bool push(struct cursor *c, const struct vmstate *vmstate,
                 int version, int64_t times, bool maybe)
{
    if (c->depth == MAX_FRAMES) {
        c->unknown = true;
        return false;
    }
    c->unknown |= vmstate->unknown;
    c->frames[c->depth++] = (struct frame){ vmstate, version, 0, times - 1,
                                            maybe };
    return true;
}

/* Brings the next token to the front. */
static void advance(struct cursor *c)
{
    c->taken = 0;
    while (c->depth) {
        struct frame *frame = &c->frames[c->depth - 1];
        const struct vmstate_field *field;
        int there;

        if (frame->index == frame->vmstate->fields->len) {
            frame->index = 0;
            c->depth -= !frame->again--;
            continue;
        }
        field = g_ptr_array_index(frame->vmstate->fields, frame->index++);
        if (++c->tokens > MAX_TOKENS) {
            c->unknown = true;
            break;
        }
        there = is_validation(field) ? 0 : presence(c, frame, field);
        if (there) {
            c->token = make_token(c, frame, field);
            c->token.maybe |= there < 0;
            return;
        }
    }
    c->token = (struct token){ .kind = TOKEN_END };
}

/* Takes the struct in front apart; false where that is not possible. */
static bool expand(struct cursor *c)
{
    const struct token *token = &c->token;
    const struct vmstate_field *field = token->field;
    bool versioned;

    if (token->kind != TOKEN_STRUCT || !token->nested ||
        token->count == STREAM_UNKNOWN || token->count < 1 ||
        token->count > MAX_UNROLLED ||
        field->flags & STREAM_ARRAY_OF_POINTER) {
        return false;
    }
    versioned = field->flags & STREAM_VSTRUCT;
    if (!push(c, token->nested, versioned ? field->struct_version_id
                                          : token->nested->version_id,
              token->count, token->maybe)) {
        return false;
    }
    advance(c);
    return true;
}

/* --- Two of them ---------------------------------------------------------- */

struct walk {
    struct cursor old, new;
    bool skipped;                /* what may be there on one side, and not on
                                    the other */
    wire_paired_fn paired;
    void *opaque;
};

static bool same_opaque(const struct token *a, const struct token *b)
{
    return a->kind == TOKEN_OPAQUE && b->kind == TOKEN_OPAQUE &&
           (a->key == b->key ||
            (a->field->name == b->field->name && a->nested && b->nested));
}

/* Two structs of which each has been judged by itself, or lists of them. */
static bool same_struct(const struct walk *w, const struct token *a,
                        const struct token *b)
{
    unsigned versioned = STREAM_VSTRUCT;

    return a->kind == TOKEN_STRUCT && b->kind == TOKEN_STRUCT &&
           a->nested && b->nested && a->count == b->count &&
           !((a->field->flags | b->field->flags) & versioned) &&
           w->paired(w->opaque, a->nested, b->nested);
}

static bool same_token(const struct walk *w, const struct token *a,
                       const struct token *b)
{
    return same_opaque(a, b) || same_struct(w, a, b) ||
           (a->kind == TOKEN_BYTES && b->kind == TOKEN_BYTES &&
            a->size == b->size);
}

/* Whether a field of this name is still to come. */
static bool comes_later(const struct cursor *c, const char *name)
{
    const struct frame *frame = c->depth ? &c->frames[c->depth - 1] : NULL;

    for (guint i = frame ? frame->index : 0;
         frame && i < frame->vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(frame->vmstate->fields, i);

        if (field->name == name) {
            return true;
        }
    }
    return false;
}

/* One of the tokens in front is there only sometimes: takes it for the other
 * side's, or for absent.  False where neither is one. */
static bool step_maybe(struct walk *w)
{
    const struct token *a = &w->old.token, *b = &w->new.token;
    bool alike = same_token(w, a, b) && !w->old.taken && !w->new.taken;

    if (!a->maybe && !b->maybe) {
        return false;
    }
    if (alike && (a->field->name == b->field->name ||
                  (a->maybe && b->maybe))) {
        w->skipped |= a->field->test != b->field->test ||
                      a->field->test_name != b->field->test_name;
        advance(&w->old);
        advance(&w->new);
        return true;
    }
    w->skipped = true;
    if (a->maybe &&
               (!b->maybe || b->kind == TOKEN_END ||
                !comes_later(&w->new, a->field->name))) {
        advance(&w->old);
    } else {
        advance(&w->new);
    }
    return true;
}

static void take_bytes(struct walk *w)
{
    struct cursor *a = &w->old, *b = &w->new;
    int64_t left_a = a->token.size - a->taken;
    int64_t left_b = b->token.size - b->taken;
    int64_t n = MIN(left_a, left_b);

    a->taken += n;
    b->taken += n;
    if (a->taken == a->token.size) {
        advance(a);
    }
    if (b->taken == b->token.size) {
        advance(b);
    }
}

/* Two lists of as many structs, one of which has another description now: one
 * of each stands for all. */
static bool expand_both(struct walk *w)
{
    const struct token a = w->old.token, b = w->new.token;

    if (a.kind != TOKEN_STRUCT || b.kind != TOKEN_STRUCT || !a.nested ||
        !b.nested || a.count != b.count || a.count == 1 ||
        (a.field->flags | b.field->flags) & STREAM_VSTRUCT ||
        !push(&w->old, a.nested, a.nested->version_id, 1, a.maybe) ||
        !push(&w->new, b.nested, b.nested->version_id, 1, b.maybe)) {
        return false;
    }
    advance(&w->old);
    advance(&w->new);
    return true;
}

/* Nothing is left of a field that has no bytes. */
static bool skip_empty(struct cursor *c)
{
    bool empty = c->token.kind != TOKEN_END && c->token.count == 0;

    empty |= c->token.kind == TOKEN_BYTES && c->token.size == 0;
    if (empty) {
        advance(c);
    }
    return empty;
}

/* False where the two part. */
static bool step(struct walk *w)
{
    const struct token *a = &w->old.token, *b = &w->new.token;

    if (skip_empty(&w->old) || skip_empty(&w->new)) {
        return true;
    }
    if (a->kind == TOKEN_BYTES && b->kind == TOKEN_BYTES &&
        !a->maybe && !b->maybe && a->size != STREAM_UNKNOWN &&
        b->size != STREAM_UNKNOWN) {
        take_bytes(w);
        return true;
    }
    if (step_maybe(w)) {
        return true;
    }
    if (same_opaque(a, b) || same_struct(w, a, b)) {
        advance(&w->old);
        advance(&w->new);
        return true;
    }
    return expand_both(w) || expand(&w->old) || expand(&w->new);
}

/* What code of its own writes, or a number of elements that is not constant,
 * may well be what the other side says in another way: unless the rest goes on
 * as before, which makes it one that was added or removed. */
static bool is_opaque_end(const struct walk *w)
{
    const struct token *a = &w->old.token, *b = &w->new.token;
    bool fixed_a = a->kind == TOKEN_BYTES || a->kind == TOKEN_END;
    bool fixed_b = b->kind == TOKEN_BYTES || b->kind == TOKEN_END;

    if ((fixed_a && fixed_b) || a->kind == TOKEN_END ||
        b->kind == TOKEN_END) {
        return false;
    }
    if (a->field->name == b->field->name) {
        return a->kind != TOKEN_STRUCT || b->kind != TOKEN_STRUCT;
    }
    return !comes_later(&w->old, b->field->name) &&
           !comes_later(&w->new, a->field->name);
}

/* --- Order ---------------------------------------------------------------- */

static bool is_unique(const struct vmstate *vmstate, guint index)
{
    const struct vmstate_field *field =
        g_ptr_array_index(vmstate->fields, index);

    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *other =
            g_ptr_array_index(vmstate->fields, i);

        if (i != index && other->name == field->name) {
            return false;
        }
    }
    return field->name != NULL;
}

static int find_field(const struct vmstate *vmstate, const char *name)
{
    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(vmstate->fields, i);

        if (field->name == name && is_unique(vmstate, i)) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_there(const struct cursor *c, const struct vmstate *vmstate,
                     guint index)
{
    const struct vmstate_field *field =
        g_ptr_array_index(vmstate->fields, index);
    const struct frame frame = { .vmstate = vmstate,
                                 .version = c->at->version };

    return !is_validation(field) && presence(c, &frame, field) > 0;
}

/* The bytes agree; they do not mean the same where fields that both sides
 * have come in another order. */
static bool is_reordered(const struct walk *w, const struct vmstate *old,
                         const struct vmstate *new,
                         struct wire_difference *ret)
{
    int last = -1;

    for (guint i = 0; i < new->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(new->fields, i);
        int at = is_unique(new, i) && is_there(&w->new, new, i)
                 ? find_field(old, field->name) : -1;

        if (at < 0 || !is_there(&w->old, old, (guint)at)) {
            continue;
        }
        if (at < last) {
            *ret = (struct wire_difference){
                .old_field = g_ptr_array_index(old->fields, at),
                .new_field = field, .old_holder = old, .new_holder = new,
                .moved = true, .unsure = w->skipped,
            };
            return true;
        }
        last = at;
    }
    return false;
}

static void start(struct cursor *c, const struct wire_side *side)
{
    c->at = &side->at;
    push(c, side->vmstate, side->at.version, 1, false);
    advance(c);
}

enum wire_verdict wire_compare(const struct wire_side *old,
                               const struct wire_side *new,
                               wire_paired_fn paired, void *opaque,
                               struct wire_difference *ret)
{
    struct walk w = { .paired = paired, .opaque = opaque };
    const struct token *a = &w.old.token, *b = &w.new.token;
    bool moved;

    start(&w.old, old);
    start(&w.new, new);
    while ((a->kind != TOKEN_END || b->kind != TOKEN_END) && step(&w)) {
    }
    if (w.old.unknown || w.new.unknown || is_opaque_end(&w)) {
        return WIRE_UNKNOWN;
    }
    if (a->kind == TOKEN_END && b->kind == TOKEN_END) {
        moved = is_reordered(&w, old->vmstate, new->vmstate, ret);
        return moved ? WIRE_DIFFERS : WIRE_SAME;
    }
    *ret = (struct wire_difference){
        .old_field = a->field, .new_field = b->field,
        .old_holder = a->holder ? a->holder : old->vmstate,
        .new_holder = b->holder ? b->holder : new->vmstate,
        .unsure = w.skipped,
    };
    return WIRE_DIFFERS;
}
