/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "registers.h"
#include "base/sorted.h"

#include <string.h>

#define TABLE "ARMCPRegInfo"
/* Of one register, and names that a reason gives. */
enum { MAX_ENTRY = 4000, MOST_NAMES = 6 };

/* Where the initialiser that TEXT is in ends; NULL where it is too long. */
static const char *entry_end(const char *text)
{
    int depth = 0;

    for (int i = 0; text[i] && i < MAX_ENTRY; i++) {
        depth += text[i] == '{' || text[i] == '(';
        depth -= text[i] == '}' || text[i] == ')';
        if (depth < 0) {
            return text + i;
        }
    }
    return NULL;
}

/* Appends what ENTRY gives its member NAME (".crn"). */
static void append_member(GString *key, const char *entry, const char *name)
{
    const char *at = strstr(entry, name);

    g_string_append_c(key, ' ');
    at = at ? strchr(at, '=') : NULL;
    for (at = at ? at + 1 : ""; *at && !strchr(",}", *at); at++) {
        if (!g_ascii_isspace(*at)) {
            g_string_append_c(key, *at);
        }
    }
}

/* What the register is called on the wire: not its name. */
static char *encoding(const char *entry)
{
    static const char *const members[] = {
        ".state", ".cp ", ".opc0", ".opc1", ".crn", ".crm", ".opc2",
    };
    GString *key = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        append_member(key, entry, members[i]);
    }
    return g_string_free(key, FALSE);
}

/* Those that are another one's other name are not migrated. */
static bool is_migrated(const char *entry)
{
    return !strstr(entry, "ARM_CP_ALIAS") && !strstr(entry, "ARM_CP_NO_RAW") &&
           strstr(entry, ".opc2");
}

static void read_tables(const char *text, GHashTable *registers)
{
    static const char start[] = ".name = \"";

    while ((text = strstr(text, start))) {
        const char *end = entry_end(text);
        g_autofree char *entry = NULL;

        text += strlen(start);
        if (!end) {
            continue;
        }
        entry = g_strndup(text, (gsize)(end - text));
        if (is_migrated(entry)) {
            g_hash_table_insert(registers, encoding(entry),
                                g_strndup(entry, strcspn(entry, "\"")));
        }
    }
}

/* encoding → name */
static GHashTable *registers_of(struct source *source)
{
    GHashTable *registers = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                  g_free, g_free);

    if (!source_list(source, NULL)) {
        return registers;
    }
    for (guint i = 0; i < source_n_files(source); i++) {
        const struct source_file *file = source_file(source, i);
        g_autoptr(GBytes) bytes = NULL;
        g_autofree char *text = NULL;
        gsize length = 0;
        const char *data;

        if (!g_str_has_prefix(file->path, "target/arm/") ||
            !g_str_has_suffix(file->path, ".c")) {
            continue;
        }
        bytes = source_read(source, file, NULL);
        data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
        text = data ? g_strndup(data, length) : NULL;
        if (text && strstr(text, TABLE)) {
            read_tables(text, registers);
        }
    }
    return registers;
}

/* "X, Y and 3 more" of SENDER that RECEIVER lacks; NULL: none. */
static char *only_in(GHashTable *sender, GHashTable *receiver)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GString) text = g_string_new(NULL);
    GHashTableIter iter;
    gpointer key, name;

    g_hash_table_iter_init(&iter, sender);
    while (g_hash_table_iter_next(&iter, &key, &name)) {
        if (!g_hash_table_contains(receiver, key)) {
            g_ptr_array_add(names, name);
        }
    }
    g_ptr_array_sort(names, sorted_compare);
    for (guint i = 0; i < names->len && i < MOST_NAMES; i++) {
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               (const char *)names->pdata[i]);
    }
    if (names->len > MOST_NAMES) {
        g_string_append_printf(text, " and %u more",
                               names->len - MOST_NAMES);
    }
    return names->len ? g_strdup(text->str) : NULL;
}

static void add_reason(struct matrix_hop *hop, GHashTable *sender,
                       GHashTable *receiver)
{
    g_autofree char *names = only_in(sender, receiver);

    if (names) {
        struct matrix_reason *reason = matrix_hop_add(
            hop, MATRIX_MAY_FAIL, MATRIX_STREAM,
            g_intern_static_string("cpreg_vmstate_array"));

        reason->because = g_strdup_printf(
            "without KVM the sender lists its system registers, and the "
            "receiver may lack some: %s", names);
    }
}

void registers_compare(struct source *older, struct source *newer,
                       struct matrix_hop *forward,
                       struct matrix_hop *backward)
{
    g_autoptr(GHashTable) old = registers_of(older);
    g_autoptr(GHashTable) new = registers_of(newer);

    add_reason(forward, old, new);
    add_reason(backward, new, old);
}
