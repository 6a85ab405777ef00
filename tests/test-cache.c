/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cache gives back what was put, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "cache/cache.h"

static const char *const parts[] = { "a", "bc" };

/* The first file below the cache's directory, its records apart. */
static char *only_entry(const char *dir)
{
    g_autoptr(GDir) handle = g_dir_open(dir, 0, NULL);
    const char *name;

    while (handle && (name = g_dir_read_name(handle))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);

        if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
            if (strcmp(name, "usage")) {
                return g_steal_pointer(&path);
            }
            continue;
        }
        char *below = only_entry(path);

        if (below) {
            return below;
        }
    }
    return NULL;
}

static char *cache_dir(void)
{
    return g_build_filename(g_get_user_cache_dir(), "qcompat", NULL);
}

static int setup(void **state)
{
    g_autoptr(Cache) cache = cache_open(CACHE_LIMIT);

    g_auto(CacheInfo) info = { 0 };

    cache_clear(cache, &info);
    return 0;
}

static void test_what_is_put_is_given_back(void **state)
{
    g_autoptr(Cache) cache = cache_open(CACHE_LIMIT);
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
    g_autoptr(Cache) cache = cache_open(CACHE_LIMIT);

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
    g_autoptr(Cache) cache = cache_open(CACHE_LIMIT);
    g_autofree char *key = cache_key(parts, 2);
    g_auto(CacheInfo) before = { 0 };
    g_auto(CacheInfo) cleared = { 0 };

    cache_put(cache, "unit", key, "hello", 5);
    cache_put(cache, "facts", key, "hello", 5);
    cache_put(cache, "facts", key, "hello", 5);
    cache_get_info(cache, &before);
    assert_int_equal(before.entries, 2);
    assert_int_equal(before.kinds->len, 2);
    assert_string_equal(g_array_index(before.kinds, struct cache_kind,
                                      0).name, "facts");
    assert_true(before.bytes > 5 && before.limit > before.bytes);
    cache_clear(cache, &cleared);
    assert_int_equal(cleared.entries, 2);
    assert_int_equal(cleared.bytes, before.bytes);
    assert_null(cache_get(cache, "unit", key));
}

static void test_no_cache_is_no_error(void **state)
{
    g_autofree char *key = cache_key(parts, 2);
    g_auto(CacheInfo) info = { 0 };

    cache_put(NULL, "unit", key, "hello", 5);
    assert_null(cache_get(NULL, "unit", key));
    cache_get_info(NULL, &info);
    assert_int_equal(info.entries, 0);
    assert_null(info.path);
}

static char *key_of(guint i)
{
    g_autofree char *text = g_strdup_printf("%u", i);
    const char *const all[] = { text };

    return cache_key(all, 1);
}

static char *path_of(const char *key)
{
    g_autofree char *dir = cache_dir();

    return g_strdup_printf("%s/unit/%.2s/%s", dir, key, key + 2);
}

/* Noise: nothing packs it. */
static void put_noise(struct cache *cache, guint i, gsize length)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(i);
    g_autofree char *key = key_of(i);
    g_autofree guint8 *noise = g_malloc(length);

    for (gsize n = 0; n < length; n++) {
        noise[n] = (guint8)g_rand_int(rand);
    }
    cache_put(cache, "unit", key, noise, length);
}

static bool has(struct cache *cache, guint i)
{
    g_autofree char *key = key_of(i);
    g_autoptr(GBytes) bytes = cache_get(cache, "unit", key);

    return bytes;
}

static void make_old(const char *path, int hours)
{
    struct utimbuf times = { time(NULL) - hours * 3600,
                             time(NULL) - hours * 3600 };

    assert_int_equal(utime(path, &times), 0);
}

/* Entry I was last used as many hours ago as it is far from the last. */
static void age(guint i, guint n)
{
    g_autofree char *key = key_of(i);
    g_autofree char *path = path_of(key);

    make_old(path, (int)(2 * (n - i)));
}

static void test_what_was_not_used_for_longest_goes(void **state)
{
    enum { N = 20, SIZE = 10000, LIMIT = N * (SIZE + 100) };

    for (guint i = 0; i < N; i++) {
        g_autoptr(Cache) cache = cache_open(LIMIT);

        put_noise(cache, i, SIZE);
    }
    for (guint i = 0; i < N; i++) {
        age(i, N);
    }
    g_autoptr(Cache) reader = cache_open(LIMIT);

    assert_true(has(reader, 0));       /* used now */
    struct cache *writer = cache_open(LIMIT);

    put_noise(writer, N, SIZE);
    cache_close(writer);
    g_auto(CacheInfo) info = { 0 };

    cache_get_info(reader, &info);
    assert_true(info.bytes <= LIMIT / 4 * 3);
    assert_true(info.entries > N / 2);
    assert_true(has(reader, 0));
    assert_false(has(reader, 1));
    assert_true(has(reader, N - 1));
    assert_true(has(reader, N));
}

static void test_litter_of_the_killed_goes(void **state)
{
    g_autofree char *dir = cache_dir();
    g_autofree char *old = g_build_filename(dir, "tmp-old", NULL);
    g_autofree char *new = g_build_filename(dir, "tmp-new", NULL);
    struct cache *cache = cache_open(CACHE_LIMIT);

    assert_true(g_file_set_contents(old, "x", 1, NULL));
    assert_true(g_file_set_contents(new, "x", 1, NULL));
    make_old(old, 2);
    put_noise(cache, 0, 10);
    cache_close(cache);
    assert_false(g_file_test(old, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(new, G_FILE_TEST_EXISTS));   /* in use, maybe */
}

static void test_full_disk_is_no_error(void **state)
{
    g_autoptr(Cache) cache = cache_open(CACHE_LIMIT);
    struct rlimit old, small;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = (struct rlimit){ 1000, old.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    put_noise(cache, 0, 5000);
    put_noise(cache, 1, 500);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    g_auto(CacheInfo) info = { 0 };
    g_autofree char *dir = cache_dir();
    g_autofree char *litter = only_entry(dir);

    assert_false(has(cache, 0));
    assert_true(has(cache, 1));
    cache_get_info(cache, &info);
    assert_int_equal(info.entries, 1);
    assert_null(strstr(litter, "tmp-"));
}

/* A file where a directory should be stands for all that cannot be written:
 * permissions do not stop root. */
static void test_what_cannot_be_written_is_no_error(void **state)
{
    g_autofree char *dir = cache_dir();
    g_autofree char *unit = g_build_filename(dir, "unit", NULL);
    g_autofree char *kept = g_build_filename(dir, "kept", NULL);
    struct cache *cache = cache_open(CACHE_LIMIT);

    g_rename(unit, kept);
    assert_true(g_file_set_contents(unit, "x", 1, NULL));
    put_noise(cache, 0, 10);
    assert_false(has(cache, 0));
    cache_close(cache);
    assert_int_equal(g_unlink(unit), 0);
    g_rename(kept, unit);
}

enum { WRITERS = 10, SHARED = 50 };

/* Writes and reads what the others do; whether it was always right. */
static bool share(void)
{
    g_autoptr(Cache) cache = cache_open(SHARED * 400);

    for (guint i = 0; i < 4 * SHARED; i++) {
        g_autofree char *key = key_of(i % SHARED);
        g_autofree char *text = g_strdup_printf("value %u", i % SHARED);
        g_autoptr(GBytes) bytes = cache_get(cache, "unit", key);

        if (bytes && strcmp(g_bytes_get_data(bytes, NULL), text)) {
            return false;
        }
        cache_put(cache, "unit", key, text, strlen(text) + 1);
        if (i % SHARED == 0) {
            cache_close(g_steal_pointer(&cache));
            cache = cache_open(SHARED * 10);
        }
    }
    return true;
}

static void test_processes_share_it(void **state)
{
    for (guint i = 0; i < WRITERS; i++) {
        if (fork() == 0) {
            _exit(share() ? 0 : 1);
        }
    }
    for (guint i = 0; i < WRITERS; i++) {
        int status;

        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
}

static int teardown(void **state)
{
    g_autoptr(Cache) cache = cache_open(CACHE_LIMIT);
    g_auto(CacheInfo) info = { 0 };
    g_autofree char *command =
        g_strdup_printf("rm -r %s", g_getenv("XDG_CACHE_HOME"));

    cache_clear(cache, &info);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_what_is_put_is_given_back, setup),
        cmocka_unit_test(test_keys_keep_parts_apart),
        cmocka_unit_test_setup(test_every_damage_is_an_absence, setup),
        cmocka_unit_test_setup(test_clear_empties_it, setup),
        cmocka_unit_test(test_no_cache_is_no_error),
        cmocka_unit_test_setup(test_what_was_not_used_for_longest_goes,
                               setup),
        cmocka_unit_test_setup(test_litter_of_the_killed_goes, setup),
        cmocka_unit_test_setup(test_full_disk_is_no_error, setup),
        cmocka_unit_test_setup(test_what_cannot_be_written_is_no_error,
                               setup),
        cmocka_unit_test_setup(test_processes_share_it, setup),
    };
    g_autofree char *home = g_dir_make_tmp("qcompat-cache-XXXXXX", NULL);

    g_setenv("XDG_CACHE_HOME", home, TRUE);
    return cmocka_run_group_tests_name("cache", tests, NULL, teardown);
}
