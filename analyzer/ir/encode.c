/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ir/ir.h"
#include "ir/format.h"

#include <string.h>

struct built_symbol {
    struct ir_symbol symbol;
    char **params;            /* what symbol.params points to */
    const struct ir_node *node;
};

struct ir_builder {
    const char *path;
    uint64_t targets;
    GPtrArray *slabs;         /* struct ir_node[SLAB_NODES] */
    unsigned used;            /* nodes used of the last slab */
    GPtrArray *files;         /* const char * */
    GHashTable *file_index;
    GArray *symbols;          /* struct built_symbol */
    GArray *gaps;             /* struct ir_gap */
    GHashTable *string_index; /* const char * → index + 1 */
    GPtrArray *strings;
};

#define SLAB_NODES 1024

static void clear_symbol(gpointer data)
{
    g_strfreev(((struct built_symbol *)data)->params);
}

struct ir_builder *ir_builder_new(const char *path, uint64_t targets)
{
    struct ir_builder *b = g_new0(struct ir_builder, 1);

    b->path = g_intern_string(path);
    b->targets = targets;
    b->slabs = g_ptr_array_new_with_free_func(g_free);
    b->used = SLAB_NODES;
    b->files = g_ptr_array_new();
    b->file_index = g_hash_table_new(NULL, NULL);
    b->symbols = g_array_new(FALSE, TRUE, sizeof(struct built_symbol));
    g_array_set_clear_func(b->symbols, clear_symbol);
    b->gaps = g_array_new(FALSE, TRUE, sizeof(struct ir_gap));
    b->string_index = g_hash_table_new(g_str_hash, g_str_equal);
    b->strings = g_ptr_array_new();
    ir_builder_file(b, path);
    return b;
}

void ir_builder_free(struct ir_builder *b)
{
    if (!b) {
        return;
    }
    g_ptr_array_unref(b->slabs);
    g_ptr_array_unref(b->files);
    g_hash_table_unref(b->file_index);
    g_array_unref(b->symbols);
    g_array_unref(b->gaps);
    g_hash_table_unref(b->string_index);
    g_ptr_array_unref(b->strings);
    g_free(b);
}

struct ir_node *ir_node_new(struct ir_builder *b, enum ir_kind kind)
{
    if (b->used == SLAB_NODES) {
        g_ptr_array_add(b->slabs, g_new0(struct ir_node, SLAB_NODES));
        b->used = 0;
    }
    struct ir_node *slab = g_ptr_array_index(b->slabs, b->slabs->len - 1);
    struct ir_node *node = &slab[b->used++];

    node->kind = kind;
    return node;
}

unsigned ir_builder_file(struct ir_builder *b, const char *path)
{
    const char *key = g_intern_string(path);
    gpointer found;

    if (g_hash_table_lookup_extended(b->file_index, key, NULL, &found)) {
        return GPOINTER_TO_UINT(found);
    }
    g_hash_table_insert(b->file_index, (gpointer)key,
                        GUINT_TO_POINTER(b->files->len));
    g_ptr_array_add(b->files, (gpointer)key);
    return b->files->len - 1;
}

void ir_builder_add_symbol(struct ir_builder *b,
                           const struct ir_symbol *symbol,
                           const struct ir_node *node)
{
    struct built_symbol built = { *symbol, NULL, node };

    built.params = g_strdupv((gchar **)symbol->params);
    built.symbol.params = (const char *const *)built.params;
    g_array_append_val(b->symbols, built);
}

void ir_builder_add_gap(struct ir_builder *b, struct ir_loc loc,
                        const char *reason)
{
    struct ir_gap gap = { loc, g_intern_string(reason) };

    g_array_append_val(b->gaps, gap);
}

static void put_varint(GByteArray *out, uint64_t v)
{
    guint8 bytes[10];
    guint n = 0;

    while (v >= 0x80) {
        bytes[n++] = (guint8)(v | 0x80);
        v >>= 7;
    }
    bytes[n++] = (guint8)v;
    g_byte_array_append(out, bytes, n);
}

static void put_signed(GByteArray *out, int64_t v)
{
    put_varint(out, ((uint64_t)v << 1) ^ (uint64_t)(v >> 63));
}

static void put_string(struct ir_builder *b, GByteArray *out, const char *s)
{
    if (!s) {
        put_varint(out, 0);
        return;
    }
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(b->string_index, s));

    if (!index) {
        g_ptr_array_add(b->strings, (gpointer)s);
        index = b->strings->len;
        g_hash_table_insert(b->string_index, (gpointer)s,
                            GUINT_TO_POINTER(index));
    }
    put_varint(out, index);
}

static void put_loc(GByteArray *out, const struct ir_loc *loc)
{
    put_varint(out, loc->file);
    put_varint(out, loc->line);
    put_varint(out, loc->column);
}

static guint8 parts_of(const struct ir_node *n, const struct ir_loc *outer)
{
    bool moved = n->loc.line && memcmp(&n->loc, outer, sizeof(*outer));

    return (n->op ? IR_PART_OP : 0) | (n->flags ? IR_PART_FLAGS : 0) |
           (n->value ? IR_PART_VALUE : 0) |
           (n->value2 ? IR_PART_VALUE2 : 0) | (n->str ? IR_PART_STR : 0) |
           (n->str2 ? IR_PART_STR2 : 0) | (moved ? IR_PART_LOC : 0) |
           (n->kids ? IR_PART_KIDS : 0);
}

static void put_node(struct ir_builder *b, GByteArray *out,
                     const struct ir_node *n, struct ir_loc loc,
                     unsigned depth)
{
    static const struct ir_node cut = { .kind = IR_UNKNOWN };

    if (depth > IR_MAX_DEPTH) {
        n = &cut;
    }
    guint8 head[2] = { (guint8)n->kind, parts_of(n, &loc) };

    g_byte_array_append(out, head, 2);
    if (head[1] & IR_PART_OP) {
        put_varint(out, n->op);
    }
    if (head[1] & IR_PART_FLAGS) {
        put_varint(out, n->flags);
    }
    if (head[1] & IR_PART_VALUE) {
        put_signed(out, n->value);
    }
    if (head[1] & IR_PART_VALUE2) {
        put_signed(out, n->value2);
    }
    if (head[1] & IR_PART_STR) {
        put_string(b, out, n->str);
    }
    if (head[1] & IR_PART_STR2) {
        put_string(b, out, n->str2);
    }
    if (head[1] & IR_PART_LOC) {
        put_loc(out, &n->loc);
        loc = n->loc;
    }
    if (head[1] & IR_PART_KIDS) {
        put_varint(out, ir_n_kids(n));
        for (const struct ir_node *kid = n->kids; kid; kid = kid->next) {
            put_node(b, out, kid, loc, depth + 1);
        }
    }
}

static guint put_params(struct ir_builder *b, GByteArray *out,
                        const char *const *params)
{
    guint n = params ? g_strv_length((gchar **)params) : 0;

    put_varint(out, n);
    for (guint i = 0; i < n; i++) {
        put_string(b, out, params[i]);
    }
    return n;
}

static void put_symbol(struct ir_builder *b, GByteArray *out,
                       GByteArray *bodies, const struct built_symbol *s)
{
    static const struct ir_node none = { .kind = IR_NONE };
    guint start = bodies->len;

    put_node(b, bodies, s->node ? s->node : &none, s->symbol.loc, 0);
    put_varint(out, s->symbol.kind);
    put_varint(out, s->symbol.flags);
    put_string(b, out, s->symbol.name);
    put_string(b, out, s->symbol.type);
    put_params(b, out, s->symbol.params);
    put_loc(out, &s->symbol.loc);
    put_loc(out, &s->symbol.end);
    put_string(b, out, s->symbol.condition);
    put_varint(out, bodies->len - start);
}

static void put_tables(struct ir_builder *b, GByteArray *out,
                       GByteArray *bodies)
{
    put_string(b, out, b->path);
    put_varint(out, b->targets);
    put_varint(out, b->files->len);
    for (guint i = 0; i < b->files->len; i++) {
        put_string(b, out, g_ptr_array_index(b->files, i));
    }
    put_varint(out, b->gaps->len);
    for (guint i = 0; i < b->gaps->len; i++) {
        const struct ir_gap *gap = &g_array_index(b->gaps, struct ir_gap, i);

        put_loc(out, &gap->loc);
        put_string(b, out, gap->reason);
    }
    put_varint(out, b->symbols->len);
    for (guint i = 0; i < b->symbols->len; i++) {
        put_symbol(b, out, bodies,
                   &g_array_index(b->symbols, struct built_symbol, i));
    }
}

GBytes *ir_builder_finish(struct ir_builder *b)
{
    g_autoptr(GByteArray) bodies = g_byte_array_new();
    g_autoptr(GByteArray) tables = g_byte_array_new();
    GByteArray *out = g_byte_array_new();

    put_tables(b, tables, bodies);
    g_byte_array_append(out, (const guint8 *)IR_MAGIC, strlen(IR_MAGIC));
    put_varint(out, b->strings->len);
    for (guint i = 0; i < b->strings->len; i++) {
        const char *s = g_ptr_array_index(b->strings, i);
        gsize len = strlen(s);

        put_varint(out, len);
        g_byte_array_append(out, (const guint8 *)s, (guint)len + 1);
    }
    g_byte_array_append(out, tables->data, tables->len);
    g_byte_array_append(out, bodies->data, bodies->len);
    return g_byte_array_free_to_bytes(out);
}
