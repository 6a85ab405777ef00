/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a unit depends on is the same whether a neighbour's digests are taken
 * over or all are computed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "extract/slice.h"

#define N_HEADERS 10u
#define N_LINES 8u
#define N_TREES 150u

/* Macros and types that use each other; 0: the line is not there. */
struct world {
    guint uses[N_HEADERS][N_LINES];
    bool there[N_HEADERS];
};

struct made {
    GPtrArray *files;            /* struct tree_file *, headers */
    struct slices *slices;
};

static void content_free(gpointer data)
{
    struct tree_content *content = data;

    g_bytes_unref(content->bytes);
    g_free(content);
}

static struct tree_file *file_new(GPtrArray *contents, const char *path,
                                  const char *text)
{
    struct tree_content *content = g_new0(struct tree_content, 1);
    struct tree_file *file = g_new0(struct tree_file, 1);

    content->id = g_intern_string(text);
    content->bytes = g_bytes_new(text, strlen(text));
    g_ptr_array_add(contents, content);
    *file = (struct tree_file){ .path = g_intern_string(path),
                                .content = content };
    return file;
}

/* Line L of header H uses name number U, of all. */
static void add_line(GString *text, guint h, guint l, guint u)
{
    if (u % 2) {
        g_string_append_printf(text, "#define N%u_%u N%u_%u\n", h, l,
                               u / N_LINES % N_HEADERS, u % N_LINES);
    } else if (u) {
        g_string_append_printf(text, "struct N%u_%u { struct N%u_%u *n; };\n",
                               h, l, u / N_LINES % N_HEADERS, u % N_LINES);
    }
}

/* Contents are shared with BEFORE where they are the same, as a store does. */
static void share(struct made *tree, const struct made *before)
{
    for (guint i = 0; before && i < tree->files->len; i++) {
        struct tree_file *file = tree->files->pdata[i];

        for (guint b = 0; b < before->files->len; b++) {
            const struct tree_file *old = before->files->pdata[b];

            if (old->content->id == file->content->id) {
                file->content = old->content;
            }
        }
    }
}

static struct made *tree_make(const struct world *world, GPtrArray *contents,
                              const struct made *before)
{
    struct made *tree = g_new0(struct made, 1);

    tree->files = g_ptr_array_new_with_free_func(g_free);
    for (guint h = 0; h < N_HEADERS; h++) {
        g_autofree char *path = g_strdup_printf("h%u.h", h);
        g_autoptr(GString) text = g_string_new(NULL);

        for (guint l = 0; l < N_LINES; l++) {
            add_line(text, h, l, world->uses[h][l]);
        }
        if (world->there[h]) {
            g_ptr_array_add(tree->files, file_new(contents, path, text->str));
        }
    }
    share(tree, before);
    return tree;
}

static void tree_done(struct made *tree)
{
    if (tree) {
        slices_free(tree->slices);
        g_ptr_array_unref(tree->files);
        g_free(tree);
    }
}

/* The keys of units that use one name each and see all headers. */
static char *keys(struct slices *slices, const struct made *tree,
                  GPtrArray *contents)
{
    g_autoptr(GChecksum) all = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint n = 0; n < N_HEADERS * N_LINES; n++) {
        g_autofree char *text = g_strdup_printf("int a = N%u_%u;", n / N_LINES,
                                                n % N_LINES);
        g_autofree struct tree_file *unit = file_new(contents, "u.c", text);
        g_autoptr(GPtrArray) closure = g_ptr_array_new();
        g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

        g_ptr_array_add(closure, unit);
        g_ptr_array_extend(closure, tree->files, NULL, NULL);
        slices_add(slices, closure, sum);
        g_checksum_update(all, (const guchar *)g_checksum_get_string(sum),
                          64);
    }
    return g_strdup(g_checksum_get_string(all));
}

static void set_line(struct world *world, GRand *rand, guint h, guint l)
{
    world->uses[h][l] = g_rand_boolean(rand) ? 0 :
        (guint)g_rand_int_range(rand, 1, 2 * N_HEADERS * N_LINES);
}

static void change(struct world *world, GRand *rand)
{
    for (int n = g_rand_int_range(rand, 1, 4); n > 0; n--) {
        guint h = (guint)g_rand_int_range(rand, 0, N_HEADERS);
        guint l = (guint)g_rand_int_range(rand, 0, N_LINES);

        if (g_rand_int_range(rand, 0, 8)) {
            set_line(world, rand, h, l);
        } else {
            world->there[h] = !world->there[h];
        }
    }
}

static void test_adopted(void **state)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    g_autoptr(GPtrArray) contents =
        g_ptr_array_new_with_free_func(content_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                       g_free, NULL);
    struct slicer *slicer = slicer_new();
    struct made *before = NULL;
    struct world world = { 0 };

    for (guint h = 0; h < N_HEADERS; h++) {
        world.there[h] = true;
        for (guint l = 0; l < N_LINES; l++) {
            set_line(&world, rand, h, l);
        }
    }
    for (guint i = 0; i < N_TREES; i++) {
        change(&world, rand);
        struct made *tree = tree_make(&world, contents, before);
        struct slices *alone = slices_new(slicer, tree->files, NULL);

        tree->slices = slices_new(slicer, tree->files,
                                  before ? before->slices : NULL);
        g_autofree char *wanted = keys(alone, tree, contents);
        char *found = keys(tree->slices, tree, contents);

        assert_string_equal(found, wanted);
        g_hash_table_add(seen, found);
        slices_free(alone);
        tree_done(before);
        before = tree;
    }
    /* That they differ at all: most changes are seen. */
    assert_true(g_hash_table_size(seen) > N_TREES / 2);
    tree_done(before);
    slicer_free(slicer);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adopted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
