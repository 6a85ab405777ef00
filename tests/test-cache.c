/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cache gives back what was put, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cache/cache.h"

static const char *const parts[] = { "a", "bc" };

/* The only file below the cache's directory. */
static char *only_entry(const char *dir)
{
    g_autoptr(GDir) handle = g_dir_open(dir, 0, NULL);
    const char *name = handle ? g_dir_read_name(handle) : NULL;

    if (!name) {
        return NULL;
    }
    g_autofree char *path = g_build_filename(dir, name, NULL);

    return g_file_test(path, G_FILE_TEST_IS_DIR) ? only_entry(path) :
           g_steal_pointer(&path);
}

static char *cache_dir(void)
{
    return g_build_filename(g_get_user_cache_dir(), "qcompat", NULL);
}

static int setup(void **state)
{
    g_autoptr(Cache) cache = cache_open();

    cache_clear(cache);
    return 0;
}

static void test_what_is_put_is_given_back(void **state)
{
    g_autoptr(Cache) cache = cache_open();
    g_autofree char *key = cache_key(parts, 2);

    assert_null(cache_get(cache, "unit", key));
    cache_put(cache, "unit", key, "x\0y", 3);
    g_autoptr(GBytes) bytes = cache_get(cache, "unit", key);

    assert_non_null(bytes);
    assert_int_equal(g_bytes_get_size(bytes), 3);
    assert_memory_equal(g_bytes_get_data(bytes, NULL), "x\0y", 3);
    assert_null(cache_get(cache, "facts", key));
}

static void test_keys_keep_parts_apart(void **state)
{
    static const char *const other[] = { "ab", "c" };
    g_autofree char *a = cache_key(parts, 2), *b = cache_key(other, 2);

    assert_string_not_equal(a, b);
}

static void test_every_damage_is_an_absence(void **state)
{
    g_autofree char *dir = cache_dir();
    g_autofree char *key = cache_key(parts, 2);
    g_autoptr(Cache) cache = cache_open();

    cache_put(cache, "unit", key, "hello", 5);
    g_autofree char *path = only_entry(dir);
    g_autofree char *good = NULL;
    gsize length;

    assert_non_null(path);
    assert_true(g_file_get_contents(path, &good, &length, NULL));
    for (gsize i = 0; i < length; i++) {
        g_autofree char *bad = g_memdup2(good, length);

        bad[i] ^= 1;
        assert_true(g_file_set_contents(path, bad, (gssize)length, NULL));
        assert_null(cache_get(cache, "unit", key));
        assert_true(g_file_set_contents(path, good, (gssize)i, NULL));
        assert_null(cache_get(cache, "unit", key));
    }
    cache_put(cache, "unit", key, "hello", 5);
    g_autoptr(GBytes) again = cache_get(cache, "unit", key);

    assert_non_null(again);
}

static void test_clear_empties_it(void **state)
{
    g_autoptr(Cache) cache = cache_open();
    g_autofree char *key = cache_key(parts, 2);
    struct cache_info info;

    cache_put(cache, "unit", key, "hello", 5);
    cache_get_info(cache, &info);
    assert_int_equal(info.entries, 1);
    assert_true(info.bytes > 5 && info.limit > info.bytes);
    cache_info_clear(&info);
    assert_int_equal(cache_clear(cache), 1);
    assert_null(cache_get(cache, "unit", key));
}

static void test_no_cache_is_no_error(void **state)
{
    g_autofree char *key = cache_key(parts, 2);

    cache_put(NULL, "unit", key, "hello", 5);
    assert_null(cache_get(NULL, "unit", key));
    assert_int_equal(cache_clear(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_what_is_put_is_given_back, setup),
        cmocka_unit_test(test_keys_keep_parts_apart),
        cmocka_unit_test_setup(test_every_damage_is_an_absence, setup),
        cmocka_unit_test_setup(test_clear_empties_it, setup),
        cmocka_unit_test(test_no_cache_is_no_error),
    };
    g_autofree char *home = g_dir_make_tmp("qcompat-cache-XXXXXX", NULL);

    g_setenv("XDG_CACHE_HOME", home, TRUE);
    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
