/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ir/ir.h"
#include "ir/format.h"

#include <string.h>

/* A cursor over bytes that may be damaged: after the first error everything
 * reads as 0 and `bad` stays set. */
struct reader {
    const guint8 *at, *end;
    bool bad;
};

struct read_symbol {
    struct ir_symbol symbol;
    const char **params;      /* what symbol.params points to */
    const guint8 *body;
    gsize body_len;
    const struct ir_node *node;
};

struct ir_unit {
    GBytes *bytes;
    const char *path;
    uint64_t targets;
    guint n_strings;
    const char **raw;         /* inside bytes */
    const char **interned;    /* filled on first use */
    GPtrArray *files;         /* const char * */
    GArray *gaps;             /* struct ir_gap */
    GArray *symbols;          /* struct read_symbol */
    GPtrArray *slabs;
    guint used;
};

#define SLAB_NODES 256

static uint64_t get_varint(struct reader *r)
{
    uint64_t v = 0;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (r->at >= r->end) {
            break;
        }
        guint8 byte = *r->at++;

        v |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            return v;
        }
    }
    r->bad = true;
    return 0;
}

/* A count of things that take at least one byte each. */
static guint get_count(struct reader *r)
{
    uint64_t n = get_varint(r);

    if (n > (uint64_t)(r->end - r->at)) {
        r->bad = true;
        return 0;
    }
    return (guint)n;
}

static int64_t get_signed(struct reader *r)
{
    uint64_t v = get_varint(r);

    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static const char *get_string(struct ir_unit *u, struct reader *r)
{
    uint64_t index = get_varint(r);

    if (!index) {
        return NULL;
    }
    if (index > u->n_strings) {
        r->bad = true;
        return NULL;
    }
    if (!u->interned[index - 1]) {
        u->interned[index - 1] = g_intern_string(u->raw[index - 1]);
    }
    return u->interned[index - 1];
}

static struct ir_loc get_loc(struct ir_unit *u, struct reader *r)
{
    struct ir_loc loc;

    loc.file = (unsigned)get_varint(r);
    loc.line = (unsigned)get_varint(r);
    loc.column = (unsigned)get_varint(r);
    if (loc.file >= u->files->len) {
        r->bad = true;
        loc.file = 0;
    }
    return loc;
}

static void get_strings(struct ir_unit *u, struct reader *r)
{
    u->n_strings = get_count(r);
    u->raw = g_new0(const char *, u->n_strings);
    u->interned = g_new0(const char *, u->n_strings);
    for (guint i = 0; i < u->n_strings && !r->bad; i++) {
        uint64_t len = get_varint(r);

        if (len >= (uint64_t)(r->end - r->at) || r->at[len]) {
            r->bad = true;
            return;
        }
        u->raw[i] = (const char *)r->at;
        r->at += len + 1;
    }
}

static void get_files(struct ir_unit *u, struct reader *r)
{
    guint n = get_count(r);

    for (guint i = 0; i < n && !r->bad; i++) {
        const char *file = get_string(u, r);

        g_ptr_array_add(u->files, (gpointer)(file ? file : ""));
    }
    r->bad |= !u->files->len;
}

static void get_gaps(struct ir_unit *u, struct reader *r)
{
    guint n = get_count(r);

    for (guint i = 0; i < n && !r->bad; i++) {
        struct ir_gap gap = { .loc = get_loc(u, r) };

        gap.reason = get_string(u, r);
        g_array_append_val(u->gaps, gap);
    }
}

static void get_symbols(struct ir_unit *u, struct reader *r)
{
    guint n = get_count(r);

    for (guint i = 0; i < n && !r->bad; i++) {
        struct read_symbol s = { 0 };

        s.symbol.kind = (enum ir_symbol_kind)get_varint(r);
        s.symbol.flags = (unsigned)get_varint(r);
        s.symbol.name = get_string(u, r);
        s.symbol.type = get_string(u, r);
        guint n_params = get_count(r);

        s.params = g_new0(const char *, n_params + 1);
        for (guint p = 0; p < n_params; p++) {
            const char *name = get_string(u, r);

            s.params[p] = name ? name : "";
        }
        s.symbol.params = s.params;
        s.symbol.loc = get_loc(u, r);
        s.symbol.end = get_loc(u, r);
        s.symbol.condition = get_string(u, r);
        s.body_len = get_varint(r);
        r->bad |= !s.symbol.name || s.symbol.kind > IR_SYM_USES;
        g_array_append_val(u->symbols, s);
    }
}

static void place_bodies(struct ir_unit *u, struct reader *r)
{
    for (guint i = 0; i < u->symbols->len && !r->bad; i++) {
        struct read_symbol *s = &g_array_index(u->symbols,
                                               struct read_symbol, i);

        if (s->body_len > (gsize)(r->end - r->at)) {
            r->bad = true;
            return;
        }
        s->body = r->at;
        r->at += s->body_len;
    }
    r->bad |= r->at != r->end;
}

static void clear_symbol(gpointer data)
{
    struct read_symbol *s = data;

    g_free(s->params);
}

struct ir_unit *ir_unit_new(GBytes *bytes)
{
    g_autoptr(IrUnit) u = g_new0(struct ir_unit, 1);
    gsize len;
    const guint8 *data = g_bytes_get_data(bytes, &len);
    struct reader r = { data + strlen(IR_MAGIC), data + len, false };

    u->bytes = g_bytes_ref(bytes);
    u->files = g_ptr_array_new();
    u->gaps = g_array_new(FALSE, TRUE, sizeof(struct ir_gap));
    u->symbols = g_array_new(FALSE, TRUE, sizeof(struct read_symbol));
    g_array_set_clear_func(u->symbols, clear_symbol);
    u->slabs = g_ptr_array_new_with_free_func(g_free);
    u->used = SLAB_NODES;
    if (len < strlen(IR_MAGIC) || memcmp(data, IR_MAGIC, strlen(IR_MAGIC))) {
        return NULL;
    }
    get_strings(u, &r);
    u->path = get_string(u, &r);
    u->targets = get_varint(&r);
    get_files(u, &r);
    get_gaps(u, &r);
    get_symbols(u, &r);
    place_bodies(u, &r);
    return r.bad || !u->path ? NULL : g_steal_pointer(&u);
}

void ir_unit_free(struct ir_unit *u)
{
    if (!u) {
        return;
    }
    g_bytes_unref(u->bytes);
    g_free(u->raw);
    g_free(u->interned);
    g_ptr_array_unref(u->files);
    g_array_unref(u->gaps);
    g_array_unref(u->symbols);
    g_ptr_array_unref(u->slabs);
    g_free(u);
}

static struct ir_node *new_node(struct ir_unit *u)
{
    if (u->used == SLAB_NODES) {
        g_ptr_array_add(u->slabs, g_new0(struct ir_node, SLAB_NODES));
        u->used = 0;
    }
    struct ir_node *slab = g_ptr_array_index(u->slabs, u->slabs->len - 1);

    return &slab[u->used++];
}

static struct ir_node *get_node(struct ir_unit *u, struct reader *r,
                                struct ir_loc loc, unsigned depth)
{
    struct ir_node *n = new_node(u);

    n->loc = loc;
    if (r->end - r->at < 2 || depth > IR_MAX_DEPTH + 1) {
        r->bad = true;
        return n;
    }
    n->kind = (enum ir_kind)*r->at++;
    guint8 parts = *r->at++;

    if (n->kind >= IR_N_KINDS) {
        n->kind = IR_UNKNOWN;
        r->bad = true;
    }
    n->op = parts & IR_PART_OP ? (enum ir_op)get_varint(r) : IR_OP_NONE;
    n->flags = parts & IR_PART_FLAGS ? (unsigned)get_varint(r) : 0;
    n->value = parts & IR_PART_VALUE ? get_signed(r) : 0;
    n->value2 = parts & IR_PART_VALUE2 ? get_signed(r) : 0;
    n->str = parts & IR_PART_STR ? get_string(u, r) : NULL;
    n->str2 = parts & IR_PART_STR2 ? get_string(u, r) : NULL;
    if (parts & IR_PART_LOC) {
        n->loc = get_loc(u, r);
    }
    guint n_kids = parts & IR_PART_KIDS ? get_count(r) : 0;
    struct ir_node **link = &n->kids;

    for (guint i = 0; i < n_kids && !r->bad; i++) {
        *link = get_node(u, r, n->loc, depth + 1);
        link = &(*link)->next;
    }
    return n;
}

const struct ir_node *ir_unit_node(struct ir_unit *u, unsigned i)
{
    struct read_symbol *s = &g_array_index(u->symbols, struct read_symbol, i);

    if (!s->node) {
        struct reader r = { s->body, s->body + s->body_len, false };
        struct ir_node *node = get_node(u, &r, s->symbol.loc, 0);

        if (r.bad) {
            node = new_node(u);
            node->kind = IR_UNKNOWN;
            node->loc = s->symbol.loc;
        }
        s->node = node;
    }
    return s->node;
}

bool ir_unit_is_read(const struct ir_unit *u, unsigned i)
{
    return g_array_index(u->symbols, struct read_symbol, i).node;
}

const char *ir_unit_path(const struct ir_unit *u)
{
    return u->path;
}

uint64_t ir_unit_targets(const struct ir_unit *u)
{
    return u->targets;
}

unsigned ir_unit_n_symbols(const struct ir_unit *u)
{
    return u->symbols->len;
}

const struct ir_symbol *ir_unit_symbol(const struct ir_unit *u, unsigned i)
{
    return &g_array_index(u->symbols, struct read_symbol, i).symbol;
}

bool ir_unit_mentions(const struct ir_unit *unit, const char *word)
{
    for (guint i = 0; i < unit->n_strings; i++) {
        if (strstr(unit->raw[i], word)) {
            return true;
        }
    }
    return false;
}

unsigned ir_unit_n_gaps(const struct ir_unit *u)
{
    return u->gaps->len;
}

struct ir_gap ir_unit_gap(const struct ir_unit *u, unsigned i)
{
    return g_array_index(u->gaps, struct ir_gap, i);
}

const char *ir_unit_file(const struct ir_unit *u, unsigned file)
{
    return file < u->files->len ? g_ptr_array_index(u->files, file) : u->path;
}

unsigned ir_unit_n_files(const struct ir_unit *u)
{
    return u->files->len;
}
