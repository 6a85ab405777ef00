/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding.h"

#include <string.h>

static const char *const severity_names[] = {
    [SEVERITY_OFF] = "off",
    [SEVERITY_NOTE] = "note",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

static const char *const confidence_names[] = {
    [CONFIDENCE_LOW] = "low",
    [CONFIDENCE_MEDIUM] = "medium",
    [CONFIDENCE_HIGH] = "high",
};

const char *severity_name(enum severity severity)
{
    return severity_names[severity];
}

bool severity_parse(const char *text, enum severity *ret)
{
    for (size_t i = 0; i < G_N_ELEMENTS(severity_names); i++) {
        if (strcmp(text, severity_names[i]) == 0) {
            *ret = (enum severity)i;
            return true;
        }
    }
    return false;
}

const char *confidence_name(enum confidence confidence)
{
    return confidence_names[confidence];
}

static void related_free(void *data)
{
    struct related *related = data;

    g_free(related->message);
    g_free(related);
}

struct finding *finding_new(const char *rule)
{
    struct finding *finding = g_new0(struct finding, 1);

    finding->rule = rule;
    finding->devices = g_ptr_array_new();
    finding->machines = g_ptr_array_new();
    finding->related = g_ptr_array_new_with_free_func(related_free);
    finding->repairs = g_array_new(FALSE, TRUE, sizeof(struct repair));
    return finding;
}

void finding_free(struct finding *finding)
{
    if (!finding) {
        return;
    }
    g_ptr_array_unref(finding->devices);
    g_ptr_array_unref(finding->machines);
    g_ptr_array_unref(finding->related);
    g_array_unref(finding->repairs);
    g_free(finding->message);
    g_free(finding->fix);
    g_free(finding->reason);
    g_free(finding->accepted);
    g_free(finding);
}

void finding_add_related(struct finding *finding, struct location loc,
                         const char *format, ...)
{
    struct related *related = g_new0(struct related, 1);
    va_list args;

    va_start(args, format);
    related->loc = loc;
    related->message = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(finding->related, related);
}

static int compare_names(const void *p, const void *q)
{
    return g_strcmp0(*(const char *const *)p, *(const char *const *)q);
}

/* Family by family, the newest version first. */
static int compare_machines(const void *p, const void *q)
{
    const struct machine *a = *(const struct machine *const *)p;
    const struct machine *b = *(const struct machine *const *)q;
    int order = g_strcmp0(a->family, b->family);

    if (!order) {
        order = version_compare(&b->version, &a->version);
    }
    if (!order) {
        order = g_strcmp0(a->name, b->name);
    }
    if (!order) {
        order = a->targets < b->targets ? -1 : a->targets > b->targets;
    }
    return order;
}

static void sort_unique(GPtrArray *array, GCompareFunc compare)
{
    g_ptr_array_sort(array, compare);
    for (guint i = array->len; i-- > 1;) {
        if (array->pdata[i] == array->pdata[i - 1]) {
            g_ptr_array_remove_index(array, i);
        }
    }
}

/* Length first: no two lists of parts hash as one. */
static void hash_text(GChecksum *sum, const char *text)
{
    g_autofree char *length = text
        ? g_strdup_printf("%zu:", strlen(text)) : g_strdup("-");

    g_checksum_update(sum, (const guchar *)length, -1);
    if (text) {
        g_checksum_update(sum, (const guchar *)text, -1);
    }
}

/* A signed and an unsigned integer of one text are one value. */
static void hash_value(GChecksum *sum, const struct value *value)
{
    static const char *const tags[] = {
        [VALUE_ABSENT] = "absent",
        [VALUE_BOOL] = "bool",
        [VALUE_INT] = "number",
        [VALUE_UINT] = "number",
        [VALUE_STRING] = "text",
        [VALUE_LIST] = "list",
        [VALUE_UNEVALUATED] = "unevaluated",
    };
    g_autofree char *text = value_to_text(value);

    hash_text(sum, tags[value->kind]);
    hash_text(sum, text);
}

void finding_seal(struct finding *finding)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    sort_unique(finding->devices, compare_names);
    sort_unique(finding->machines, compare_machines);
    hash_text(sum, finding->rule);
    hash_text(sum, finding->subject);
    hash_value(sum, &finding->old_value);
    hash_value(sum, &finding->new_value);
    hash_text(sum, finding->needed_array);
    g_strlcpy(finding->fingerprint, g_checksum_get_string(sum),
              sizeof(finding->fingerprint));
}

int finding_compare(const struct finding *a, const struct finding *b)
{
    int order = g_strcmp0(a->loc.file, b->loc.file);

    if (!order) {
        order = a->loc.line - b->loc.line;
    }
    if (!order) {
        order = a->loc.column - b->loc.column;
    }
    if (!order) {
        order = g_strcmp0(a->rule, b->rule);
    }
    return order ? order : g_strcmp0(a->subject, b->subject);
}
