/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mail/part.h"

#include <string.h>

#include "base/error.h"

static struct mail_series *series_new(void)
{
    struct mail_series *series = g_new0(struct mail_series, 1);

    series->patches = g_ptr_array_new_with_free_func(
        (GDestroyNotify)mail_patch_free);
    return series;
}

void mail_series_free(struct mail_series *series)
{
    if (series) {
        g_ptr_array_unref(series->patches);
        g_free(series->base_commit);
        g_free(series->missing);
        g_free(series);
    }
}

/* "base-commit: ID" as git format-patch --base writes it. */
static void read_base(struct mail_series *series, const char *body)
{
    const char *mark = g_str_has_prefix(body, "base-commit: ")
                       ? body : strstr(body, "\nbase-commit: ");

    if (mark && !series->base_commit) {
        const char *id = strchr(mark, ' ') + 1;

        series->base_commit = g_strndup(id, strspn(id, "0123456789abcdef"));
    }
}

static void add_message(const char *subject, const char *body, void *opaque)
{
    struct mail_series *series = opaque;
    struct mail_patch *patch;

    read_base(series, body);
    if (!g_ascii_strncasecmp(subject, "Re:", 3)) {
        return;    /* somebody's answer, perhaps with a diff to discuss */
    }
    patch = mail_patch_new(subject, body);
    if (patch) {
        g_ptr_array_add(series->patches, patch);
    }
}

static struct mail_patch *patch_at(const struct mail_series *series, guint i)
{
    return g_ptr_array_index(series->patches, i);
}

static void keep_newest_version(struct mail_series *series)
{
    unsigned newest = 0;

    for (guint i = 0; i < series->patches->len; i++) {
        newest = MAX(newest, patch_at(series, i)->version);
    }
    for (guint i = series->patches->len; i-- > 0;) {
        if (patch_at(series, i)->version != newest) {
            g_ptr_array_remove_index(series->patches, i);
        }
    }
}

static bool is_one_series(const struct mail_series *series)
{
    for (guint i = 0; i < series->patches->len; i++) {
        const struct mail_patch *patch = patch_at(series, i);

        if (!patch->number || patch->total != patch_at(series, 0)->total) {
            return false;
        }
    }
    return series->patches->len > 0;
}

static int by_number(gconstpointer pa, gconstpointer pb)
{
    const struct mail_patch *a = *(const struct mail_patch *const *)pa;
    const struct mail_patch *b = *(const struct mail_patch *const *)pb;

    return (a->number > b->number) - (a->number < b->number);
}

/* Mail arrives in any order, and some of it twice. */
static void put_in_order(struct mail_series *series)
{
    g_autoptr(GString) missing = g_string_new(NULL);
    unsigned expected = 1;

    if (!is_one_series(series)) {
        return;
    }
    g_ptr_array_sort(series->patches, by_number);
    for (guint i = series->patches->len; i-- > 1;) {
        if (patch_at(series, i)->number == patch_at(series, i - 1)->number) {
            g_ptr_array_remove_index(series->patches, i);
        }
    }
    unsigned total = MIN(patch_at(series, 0)->total, 1000);

    for (guint i = 0; expected <= total; expected++) {
        if (i < series->patches->len &&
            patch_at(series, i)->number == expected) {
            i++;
        } else {
            g_string_append_printf(missing, "%s%u/%u",
                                   missing->len ? ", " : "", expected, total);
        }
    }
    series->missing = missing->len ? g_strdup(missing->str) : NULL;
}

struct mail_series *mail_read(const char *text, gsize length, GError **error)
{
    g_autoptr(MailSeries) series = series_new();

    if (mail_is_mail(text, length)) {
        mail_foreach(text, length, add_message, series);
    } else {
        g_autofree char *body = g_strndup(text, length);

        add_message("", body, series);
    }
    if (!series->patches->len) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "no patch in it: a diff, the output of git format-patch "
                    "or an mbox is expected");
        return NULL;
    }
    keep_newest_version(series);
    put_in_order(series);
    return g_steal_pointer(&series);
}
