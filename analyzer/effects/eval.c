/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expressions. */
#include "effects/walk.h"

#include "base/borrow.h"

#include <string.h>

bool walk_step(struct walker *w)
{
    if (++w->steps > WALK_MAX_STEPS) {
        w->out->exhausted = true;
    }
    return !w->out->exhausted;
}

/* Parts of PCIDevice that are config space or say what may be written. */
static const char *space_of(const struct ir_node *member)
{
    static const char *const spaces[] = {
        "config", "wmask", "w1cmask", "cmask", "used",
    };

    if (g_strcmp0(member->str2, "PCIDevice")) {
        return NULL;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(spaces); i++) {
        if (!strcmp(member->str, spaces[i])) {
            return spaces[i];
        }
    }
    return NULL;
}

/* --- Fields ----------------------------------------------------------------- */

/* Casts of QOM objects are the object itself. */
static const struct ir_node *through_casts(const struct ir_node *node)
{
    while (node && node->kind == IR_CAST) {
        node = node->kids;
    }
    return node;
}

bool walk_field(struct walker *w, const char *record, const char *path,
                struct sym *ret)
{
    struct bits bits;

    if (!w->query->field || !record ||
        !w->query->field(w->query->opaque, record, path, &bits)) {
        return false;
    }
    *ret = (struct sym) { .number = { bits.value & bits.known, bits.known } };
    return bits.known != 0;
}

/* The field as each of the structs around it calls it: conf.num_queues of
 * VirtIOBlock, num_queues of VirtIOBlkConf. */
static bool known_field(struct walker *w, const struct ir_node *member,
                        struct sym *ret)
{
    g_autofree char *path = g_strdup(member->str);

    while (member && member->kind == IR_MEMBER) {
        if (walk_field(w, member->str2, path, ret)) {
            return true;
        }
        if (member->flags & IR_F_ARROW) {
            return false;
        }
        member = through_casts(member->kids);
        if (member && member->kind == IR_MEMBER) {
            g_autofree char *inner = g_steal_pointer(&path);

            path = g_strdup_printf("%s.%s", member->str, inner);
        }
    }
    return false;
}

static const char *field_key(struct walker *w, const struct ir_node *member)
{
    g_autofree char *key = g_strdup_printf("%s.%s",
                                           member->str2 ? member->str2 : "?",
                                           member->str ? member->str : "?");

    return walk_string(w, key);
}

/* Whether MEMBER is that of a device which the code makes, or finds in a
 * list: what is done to it is not done to the one that is walked. */
static bool is_other(struct walker *w, const struct ir_node *member)
{
    struct sym base = walk_eval(w, member->kids);

    return member->flags & IR_F_ARROW && base.text &&
           (*base.text == '*' || g_str_has_prefix(base.text, WALK_ANOTHER));
}

static struct sym eval_member(struct walker *w, const struct ir_node *node)
{
    const char *space = space_of(node);
    const char *key;
    const struct sym *stored;
    struct sym known;

    if (space) {
        return is_other(w, node) ? sym_text(w, "%s of another", space)
                                 : (struct sym) { .space = space };
    }
    key = field_key(w, node);
    stored = g_hash_table_lookup(w->heap, key);
    if (stored) {
        return *stored;
    }
    walk_eval(w, node->kids);
    return known_field(w, node, &known) ? known
                                        : (struct sym) { .text = key };
}

/* --- Places ------------------------------------------------------------------ */

static struct sym eval_address(struct walker *w, const struct ir_node *node)
{
    node = through_casts(node);
    if (!node) {
        return sym_text(w, "?");
    }
    switch (node->kind) {
    case IR_INDEX:
        return sym_binary(w, IR_OP_ADD, walk_eval(w, ir_kid(node, 0)),
                          walk_eval(w, ir_kid(node, 1)));
    case IR_DEREF:
        return walk_eval(w, node->kids);
    case IR_MEMBER:
        return sym_text(w, "&%s", field_key(w, node));
    case IR_REF:
        return sym_text(w, "&%s", node->str ? node->str : "?");
    default:
        return walk_eval(w, node);
    }
}

static void keep(struct walker *w, GHashTable *table, const char *key,
                 const struct sym *v)
{
    struct sym *copy = walk_alloc(w, sizeof(*copy));

    *copy = *v;
    g_hash_table_insert(table, borrow(key), copy);
}

/* What V becomes in a field or variable: names of values, not contents. */
void walk_assign(struct walker *w, const struct ir_node *to, struct sym v)
{
    to = through_casts(to);
    if (!to) {
        return;
    }
    if (to->kind == IR_REF && to->flags & IR_F_LOCAL && to->str) {
        keep(w, w->frame->locals, walk_string(w, to->str), &v);
    } else if (to->kind == IR_MEMBER && !space_of(to)) {
        keep(w, w->heap, field_key(w, to), &v);
    }
}

/* --- Operators ----------------------------------------------------------------- */

static enum ir_op plain_op(enum ir_op op)
{
    static const enum ir_op ops[] = {
        [IR_OP_MUL_ASSIGN] = IR_OP_MUL, [IR_OP_DIV_ASSIGN] = IR_OP_DIV,
        [IR_OP_REM_ASSIGN] = IR_OP_REM, [IR_OP_ADD_ASSIGN] = IR_OP_ADD,
        [IR_OP_SUB_ASSIGN] = IR_OP_SUB, [IR_OP_SHL_ASSIGN] = IR_OP_SHL,
        [IR_OP_SHR_ASSIGN] = IR_OP_SHR, [IR_OP_AND_ASSIGN] = IR_OP_AND,
        [IR_OP_XOR_ASSIGN] = IR_OP_XOR, [IR_OP_OR_ASSIGN] = IR_OP_OR,
    };

    return op < G_N_ELEMENTS(ops) ? ops[op] : IR_OP_NONE;
}

/* One byte of config space: d->config[PCI_INTERRUPT_PIN] = 1. */
static bool write_byte(struct walker *w, const struct ir_node *to,
                       enum ir_op op, const struct sym *v)
{
    const struct ir_node *place = through_casts(to);
    struct sym at;

    if (!place || (place->kind != IR_INDEX && place->kind != IR_DEREF)) {
        return false;
    }
    at = eval_address(w, place);
    if (at.space) {
        visible_write(w, &at, op, v, 1, at.spelling);
    }
    return at.space;
}

/* features |= 1 << n; in the function that offers them. */
static void note_features(struct walker *w, const struct ir_node *node,
                          const struct sym *v)
{
    const struct ir_node *to = through_casts(node->kids);
    uint64_t bits = v->number.value & v->number.known;

    if (!to || to->kind != IR_REF || !to->str ||
        !g_str_has_suffix(to->str, "features") || !sym_is_known(v) ||
        (node->op != IR_OP_OR_ASSIGN && node->op != IR_OP_AND_ASSIGN)) {
        return;
    }
    if (node->op == IR_OP_AND_ASSIGN) {
        bits = ~bits;
    }
    if (__builtin_popcountll(bits) > 8) {
        return;
    }
    for (unsigned bit = 0; bit < 64; bit++) {
        if (bits >> bit & 1) {
            visible_feature(w, bit, node->op == IR_OP_OR_ASSIGN);
        }
    }
}

static struct sym eval_assignment(struct walker *w,
                                  const struct ir_node *node)
{
    const struct ir_node *to = ir_kid(node, 0);
    struct sym v = walk_eval(w, ir_kid(node, 1));
    struct sym place;

    if (node->loc.line) {
        w->loc = node->loc;
    }
    if (write_byte(w, to, node->op, &v)) {
        return v;
    }
    note_features(w, node, &v);
    if (node->op != IR_OP_ASSIGN) {
        v = sym_binary(w, plain_op(node->op), walk_eval(w, to), v);
    }
    walk_assign(w, to, v);
    if (w->query->any && through_casts(to)->kind != IR_REF) {
        place = eval_address(w, to);
        visible_any(w, sym_to_text(w, &place), sym_to_text(w, &v));
    }
    return v;
}

static bool assigns(enum ir_op op)
{
    return op >= IR_OP_ASSIGN && op < IR_N_OPS;
}

static struct sym eval_unary(struct walker *w, const struct ir_node *node)
{
    struct sym v = walk_eval(w, node->kids);

    switch (node->op) {
    case IR_OP_PREINC:
    case IR_OP_POSTINC:
    case IR_OP_PREDEC:
    case IR_OP_POSTDEC: {
        bool up = node->op == IR_OP_PREINC || node->op == IR_OP_POSTINC;
        struct sym next = sym_binary(w, up ? IR_OP_ADD : IR_OP_SUB, v,
                                     sym_number(1));

        walk_assign(w, node->kids, next);
        return node->op == IR_OP_PREINC || node->op == IR_OP_PREDEC ? next
                                                                    : v;
    }
    default:
        return sym_unary(w, node->op, v);
    }
}

static struct sym eval_cond(struct walker *w, const struct ir_node *node)
{
    struct sym condition = walk_eval(w, ir_kid(node, 0));
    const struct ir_node *yes = ir_kid(node, 1);
    int truth = sym_truth(&condition);

    if (truth == 1) {
        return yes->kind == IR_NONE ? condition : walk_eval(w, yes);
    }
    if (truth == 0) {
        return walk_eval(w, ir_kid(node, 2));
    }
    struct sym a = yes->kind == IR_NONE ? condition : walk_eval(w, yes);
    struct sym b = walk_eval(w, ir_kid(node, 2));

    return sym_same(w, &a, &b) ? a :
           sym_text(w, "(%s?%s:%s)", sym_to_text(w, &condition),
                    sym_to_text(w, &a), sym_to_text(w, &b));
}

/* --- Calls ------------------------------------------------------------------- */

enum { MAX_ARGS = 24 };

/* PCI_DEVICE(x), VIRTIO_BLK(x): capitals. */
static bool is_cast(const char *name)
{
    for (; *name; name++) {
        if (g_ascii_islower(*name)) {
            return false;
        }
    }
    return true;
}

static struct sym unknown_result(struct walker *w, const char *name,
                                 const struct sym *args, unsigned n)
{
    g_autoptr(GString) text = g_string_new(name);

    g_string_append_c(text, '(');
    for (unsigned i = 0; i < n; i++) {
        g_string_append_printf(text, "%s%s", i ? "," : "",
                               sym_to_text(w, &args[i]));
    }
    return sym_text(w, "%s)", text->str);
}

static struct sym call_named(struct walker *w, const struct ir_node *node,
                             const char *name, const struct sym *args,
                             unsigned n)
{
    const struct code_function *function;
    struct sym result;

    if (is_cast(name) || g_str_has_prefix(name, "object_dynamic_cast")) {
        return n ? args[0] : sym_text(w, "?");
    }
    if (setting_make(w, name, args, n, &result)) {
        return result;
    }
    if (setting_set(w, name, args, n)) {
        return sym_text(w, "%s()", name);
    }
    if (visible_call(w, name, node, args, n, &result) ||
        walk_pure(name, args, n, &result)) {
        return result;
    }
    function = code_find(w->world, name, w->frame->function->file);
    if (function) {
        return walk_call(w, function, args, n);
    }
    visible_helper(w, name, args, n);
    result = unknown_result(w, name, args, n);
    if (w->query->any) {
        visible_any(w, name, sym_to_text(w, &result));
    }
    return result;
}

static struct sym eval_call(struct walker *w, const struct ir_node *node)
{
    const struct ir_node *callee = through_casts(node->kids);
    struct sym args[MAX_ARGS];
    unsigned n = 0;

    for (const struct ir_node *kid = ir_kid(node, 1); kid && n < MAX_ARGS;
         kid = kid->next) {
        args[n++] = walk_eval(w, kid);
    }
    if (node->loc.line) {
        w->loc = node->loc;
    }
    if (!callee || callee->kind != IR_REF || !callee->str ||
        !(callee->flags & IR_F_FUNCTION)) {
        struct sym where = callee ? walk_eval(w, callee) : sym_text(w, "?");

        return unknown_result(w, sym_to_text(w, &where), args, n);
    }
    return call_named(w, node, callee->str, args, n);
}

/* --- Dispatch ------------------------------------------------------------------ */

static struct sym eval_reference(struct walker *w, const struct ir_node *node)
{
    const struct sym *known =
        node->str && node->flags & IR_F_LOCAL
        ? g_hash_table_lookup(w->frame->locals, node->str) : NULL;

    return known ? *known : sym_text(w, "%s", node->str ? node->str : "?");
}

static struct sym eval_statements(struct walker *w,
                                  const struct ir_node *node)
{
    struct sym last = sym_text(w, "?");

    for (const struct ir_node *kid = node->kids ? node->kids->kids : NULL;
         kid; kid = kid->next) {
        if (kid->next || kid->kind >= IR_BLOCK) {
            walk_exec(w, kid);
        } else {
            last = walk_eval(w, kid);
        }
    }
    return last;
}

static struct sym eval_number(const struct ir_node *node)
{
    struct sym v = sym_number((uint64_t)node->value);

    v.spelling = node->str;
    return v;
}

static struct sym eval_node(struct walker *w, const struct ir_node *node)
{
    switch (node->kind) {
    case IR_INT:
    case IR_SIZEOF:
    case IR_OFFSETOF:
        return eval_number(node);
    case IR_STRING:
        return sym_text(w, "\"%s\"", node->str ? node->str : "");
    case IR_REF:
        return eval_reference(w, node);
    case IR_MEMBER:
        return eval_member(w, node);
    case IR_INDEX:
    case IR_DEREF: {
        struct sym at = eval_address(w, node);

        return sym_text(w, "*%s", sym_to_text(w, &at));
    }
    case IR_ADDR:
        return eval_address(w, node->kids);
    case IR_CALL:
        return eval_call(w, node);
    case IR_UNARY:
        return eval_unary(w, node);
    case IR_BINARY:
        if (assigns(node->op)) {
            return eval_assignment(w, node);
        }
        if (node->op == IR_OP_COMMA) {
            walk_eval(w, ir_kid(node, 0));
            return walk_eval(w, ir_kid(node, 1));
        }
        return sym_binary(w, node->op, walk_eval(w, ir_kid(node, 0)),
                          walk_eval(w, ir_kid(node, 1)));
    case IR_COND:
        return eval_cond(w, node);
    case IR_CAST:
        return walk_eval(w, node->kids);
    case IR_STMT_EXPR:
        return eval_statements(w, node);
    default:
        return sym_text(w, "%s", node->str ? node->str : "?");
    }
}

struct sym walk_eval(struct walker *w, const struct ir_node *node)
{
    struct sym v;

    if (!node || !walk_step(w) || w->nesting >= WALK_MAX_NESTING) {
        return (struct sym) { .text = "?" };
    }
    w->nesting++;
    v = eval_node(w, node);
    w->nesting--;
    return v;
}
