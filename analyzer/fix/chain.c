/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fix/chain.h"

#include <string.h>

#include "fix/entries.h"

/* --- The array -------------------------------------------------------------- */

static char *stem_of(const char *name)
{
    gsize length = strlen(name);

    while (length && (g_ascii_isdigit(name[length - 1]) ||
                      name[length - 1] == '_')) {
        length--;
    }
    return g_strndup(name, length);
}

const struct compat_array *chain_model(const struct facts *head,
                                       const char *name)
{
    const struct compat_array *best = NULL;
    g_autofree char *stem = stem_of(name);
    struct version version;

    if (!version_of_name(name, &version)) {
        return NULL;
    }
    for (guint i = 0; i < head->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(head->arrays, i);
        g_autofree char *other = stem_of(array->id);

        if (array->has_version && !strcmp(stem, other) &&
            version_compare(&array->version, &version) < 0 &&
            (!best ||
             version_compare(&array->version, &best->version) > 0)) {
            best = array;
        }
    }
    return best;
}

/* LENGTH bytes of code at START with the name of MODEL, alone or in longer
 * names, changed to NAME. */
static char *renamed(struct text text, gssize start, gssize length,
                     const char *model, const char *name)
{
    g_autofree char *code = g_strndup(text.data + start, (gsize)length);
    g_auto(GStrv) parts = g_strsplit(code, model, -1);

    return g_strjoinv(name, parts);
}

/* Where the comment above the line at AT starts, AT's line where there is
 * none. */
static gssize above_comment(struct text text, gssize at)
{
    gssize line = scan_line_start(text, at);
    gssize previous = line > 0 ? scan_line_start(text, line - 1) : 0;

    while (line > 0 && previous < line - 1 &&
           scan_is_blank(text, previous, line - 1) &&
           previous + scan_indent(text, previous) < line - 1) {
        line = previous;
        previous = line > 0 ? scan_line_start(text, line - 1) : 0;
    }
    return line;
}

/* The line below the array that holds its length, if there is one. */
static char *length_line(struct text text, gssize close, const char *model,
                         const char *name)
{
    gssize next = scan_line_end(text, close);
    gssize end = next < text.length ? scan_line_end(text, next) : next;
    g_autofree char *length = g_strconcat(model, "_len", NULL);

    return scan_word(text, next, end, length) < 0
           ? g_strdup("") : renamed(text, next, end - next, model, name);
}

static bool write_array(struct patch *patch, const struct compat_array *model,
                        const char *name, const char *lines)
{
    struct edited_file *file = patch_file(patch, model->loc.file);
    gssize open, close;

    if (!file || !entries_find(file, model, &open, &close)) {
        return false;
    }
    struct text text = file->text;
    gssize start = scan_offset(text, &model->loc);
    gssize line = scan_line_start(text, start);
    g_autofree char *head = renamed(text, line, open - line, model->name,
                                    name);
    g_autofree char *length = length_line(text, close, model->name, name);
    g_autofree char *array = g_strdup_printf("%s{\n%s};\n%s\n", head, lines,
                                             length);

    return edit_add(file, above_comment(text, start), 0, array);
}

/* --- Its declaration -------------------------------------------------------- */

static bool write_declaration(struct edited_file *file, const char *model,
                              const char *name)
{
    struct text text = file->text;
    gssize at = scan_word(text, 0, text.length, model);
    g_autofree char *length = g_strconcat(model, "_len", NULL);

    if (at < 0) {
        return false;
    }
    gssize start = scan_line_start(text, at);
    gssize end = scan_line_end(text, at);

    if (!g_str_has_prefix(text.data + start, "extern")) {
        return false;
    }
    if (end < text.length &&
        scan_word(text, end, scan_line_end(text, end), length) >= 0) {
        end = scan_line_end(text, end);
    }
    g_autofree char *code = renamed(text, start, end - start, model, name);
    bool apart = end < text.length && text.data[end] == '\n';
    g_autofree char *insert = g_strconcat(code, apart ? "\n" : "", NULL);

    return edit_add(file, start, 0, insert);
}

static bool is_header(const char *path)
{
    return g_str_has_prefix(path, "include/") && g_str_has_suffix(path, ".h");
}

static bool declare(struct patch *patch, const char *model, const char *name)
{
    const char *path;

    for (guint i = 0; (path = patch->tree->list(patch->tree->opaque, i));
         i++) {
        g_autoptr(GBytes) bytes = is_header(path)
            ? patch->tree->read(patch->tree->opaque, path) : NULL;
        gsize size;
        const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;

        if (data && g_strstr_len(data, (gssize)size, model) &&
            write_declaration(patch_file(patch, path), model, name)) {
            return true;
        }
    }
    return false;
}

/* --- Its application -------------------------------------------------------- */

/* A function that sets the options of one version. */
struct options_function {
    gssize open, close;      /* its body */
    char *variable;          /* its MachineClass */
};

static gssize previous_word(struct text text, gssize at, char **ret_word)
{
    gssize end = at;

    while (end > 0 && g_ascii_isspace(text.data[end - 1])) {
        end--;
    }
    at = end;
    while (at > 0 && (g_ascii_isalnum(text.data[at - 1]) ||
                      text.data[at - 1] == '_')) {
        at--;
    }
    *ret_word = g_strndup(text.data + at, (gsize)(end - at));
    return at;
}

static bool has_version(const char *name, const struct version *version)
{
    struct version found;

    return strstr(name, "options") && version_in_name(name, &found) &&
           found.major == version->major && found.minor == version->minor;
}

/* The parameter list at OPEN is that of a function which takes a
 * MachineClass and whose body follows. */
static bool is_function(struct text text, gssize open,
                        struct options_function *ret)
{
    gssize close = scan_match(text, open);
    gssize type = close < 0 ? -1 : scan_word(text, open, close,
                                             "MachineClass");
    gssize at = close + 1;

    if (type < 0) {
        return false;
    }
    while (at < text.length && g_ascii_isspace(text.data[at])) {
        at++;
    }
    if (at >= text.length || text.data[at] != '{') {
        return false;
    }
    type += (gssize)strlen("MachineClass");
    while (text.data[type] == ' ' || text.data[type] == '*') {
        type++;
    }
    ret->open = at;
    ret->close = scan_match(text, at);
    ret->variable = scan_identifier(text, type);
    return ret->close > at;
}

static bool find_options(struct text text, const struct version *version,
                         struct options_function *ret)
{
    gssize at = scan_find(text, 0, text.length, '(');

    while (at >= 0) {
        g_autofree char *name = NULL;

        previous_word(text, at, &name);
        if (has_version(name, version) && is_function(text, at, ret)) {
            return true;
        }
        at = scan_find(text, at + 1, text.length, '(');
    }
    return false;
}

static bool apply_in(struct edited_file *file, const char *name,
                     const struct version *version)
{
    struct options_function fn = { 0 };
    struct text text = file->text;

    if (!find_options(text, version, &fn)) {
        return false;
    }
    g_autofree char *variable = fn.variable;
    g_autofree char *call = g_strdup_printf(
        "    compat_props_add(%s->compat_props, %s, %s_len);\n", variable,
        name, name);
    gssize first = scan_word(text, fn.open, fn.close, "compat_props_add");

    if (scan_word(text, fn.open, fn.close, name) >= 0) {
        return true;
    }
    return edit_add(file, scan_line_start(text, first < 0 ? fn.close : first),
                    0, call);
}

bool chain_apply(struct patch *patch, const struct facts *head,
                 const struct machine *machine, const char *name)
{
    struct edited_file *file = patch_file(patch, machine->loc.file);
    struct version version;

    return file && version_of_name(name, &version) &&
           apply_in(file, name, &version);
}

bool chain_create(struct patch *patch, const struct facts *head,
                  const struct compat_array *model, const char *name,
                  const char *lines)
{
    struct version version;

    if (!version_of_name(name, &version) ||
        !write_array(patch, model, name, lines) ||
        !declare(patch, model->name, name)) {
        return false;
    }
    for (guint i = 0; i < head->machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(head->machines, i);

        /* A family that never applied such arrays has no use for this one. */
        if (machine->versioned &&
            machine->version.major == version.major &&
            machine->version.minor == version.minor &&
            !chain_apply(patch, head, machine, name)) {
            return false;
        }
    }
    return true;
}
