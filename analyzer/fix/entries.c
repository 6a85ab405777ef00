/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fix/entries.h"

#include <string.h>

#include "fix/type-macro.h"

void entry_style_clear(struct entry_style *style)
{
    g_free(style->indent);
}

/* --- Style ------------------------------------------------------------------ */

/* The brackets of the entry at LOC; false where it is not written as one. */
static bool entry_range(struct text text, const struct location *loc,
                        gssize *ret_open, gssize *ret_close)
{
    gssize open = scan_offset(text, loc);

    if (open < 0 || text.data[open] != '{') {
        return false;
    }
    *ret_open = open;
    *ret_close = scan_match(text, open);
    return *ret_close > open;
}

static bool read_style(const struct edited_file *file,
                       const struct compat_entry *entry,
                       struct entry_style *style)
{
    struct text text = file->text;
    gssize open, close;

    if (entry->loc.file != file->path ||
        !entry_range(text, &entry->loc, &open, &close) ||
        scan_line_end(text, open) != scan_line_end(text, close) ||
        scan_line_start(text, open) + scan_indent(text, open) != open) {
        return false;
    }
    gssize start = scan_line_start(text, open);

    g_free(style->indent);
    style->indent = g_strndup(text.data + start, (gsize)(open - start));
    style->opening_blank = text.data[open + 1] == ' ';
    style->closing_blank = text.data[close - 1] == ' ';
    return true;
}

static bool has_macro(const struct edited_file *file,
                      const struct compat_entry *entry)
{
    gssize open, close;

    return entry->loc.file == file->path &&
           entry_range(file->text, &entry->loc, &open, &close) &&
           g_strstr_len(file->text.data + open, close - open, "TYPE_");
}

/* Whether ARRAY had anything to say about the style. */
static bool style_of(const struct edited_file *file,
                     const struct compat_array *array,
                     struct entry_style *style)
{
    bool found = false;

    for (guint i = 0; i < array->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(array->entries, i);

        found |= read_style(file, entry, style);
        style->macros |= has_macro(file, entry);
    }
    return found;
}

void entries_style(const struct edited_file *file, const struct facts *head,
                   const struct compat_array *array, struct entry_style *ret)
{
    const struct compat_array *next = array;

    *ret = (struct entry_style){ g_strdup("    "), true, true, false };
    while (next && !style_of(file, next, ret)) {
        const struct compat_array *best = NULL;

        for (guint i = 0; i < head->arrays->len; i++) {
            const struct compat_array *other =
                g_ptr_array_index(head->arrays, i);

            if (other->loc.file == file->path &&
                other->loc.line > next->loc.line &&
                (!best || other->loc.line < best->loc.line)) {
                best = other;
            }
        }
        next = best;
    }
}

/* --- Writing ---------------------------------------------------------------- */

static char *quote(const char *text)
{
    g_autofree char *escaped = g_strescape(text, NULL);

    return g_strdup_printf("\"%s\"", escaped);
}

static char *spell_driver(struct patch *patch, const struct edited_file *file,
                          bool macros, const char *driver)
{
    char *macro = type_macro_find(patch, file, driver, macros);

    return macro ? macro : quote(driver);
}

void entries_append(GString *out, struct patch *patch,
                    const struct edited_file *file,
                    const struct entry_style *style,
                    const struct repair *repair)
{
    g_autofree char *driver = spell_driver(patch, file, style->macros,
                                           repair->driver);
    g_autofree char *property = quote(repair->property);
    g_autofree char *value = quote(repair->value);

    g_string_append_printf(out, "%s{%s%s, %s, %s%s},\n", style->indent,
                           style->opening_blank ? " " : "", driver, property,
                           value, style->closing_blank ? " " : "");
}

bool entries_find(const struct edited_file *file,
                  const struct compat_array *array, gssize *ret_open,
                  gssize *ret_close)
{
    struct text text = file->text;
    gssize at = array->loc.file == file->path
                ? scan_offset(text, &array->loc) : -1;
    g_autofree char *name = at < 0 ? NULL : scan_identifier(text, at);

    if (!name || strcmp(name, array->name)) {
        return false;    /* it comes out of a macro */
    }
    at += (gssize)strlen(name);
    while (at < text.length &&
           (g_ascii_isspace(text.data[at]) || strchr("[]=", text.data[at]))) {
        at++;
    }
    if (at >= text.length || text.data[at] != '{') {
        return false;
    }
    *ret_open = at;
    *ret_close = scan_match(text, at);
    return *ret_close > at;
}

bool entries_insert(struct edited_file *file,
                    const struct compat_array *array, const char *lines)
{
    struct text text = file->text;
    gssize open, close, last, line;

    if (!entries_find(file, array, &open, &close)) {
        return false;
    }
    last = scan_last(text, open, close);
    if (text.data[last] != ',' && last != open &&
        !edit_add(file, last + 1, 0, ",")) {
        return false;
    }
    line = scan_line_start(text, close);
    if (line > open && line + scan_indent(text, close) == close) {
        return edit_add(file, line, 0, lines);
    }
    g_autofree char *broken = g_strconcat("\n", lines, NULL);

    return edit_add(file, close, 0, broken);
}

/* --- Changing --------------------------------------------------------------- */

/* Together with its line, where it has that for itself. */
static bool remove_entry(struct edited_file *file, gssize open, gssize close)
{
    struct text text = file->text;
    gssize end = close + 1;
    gssize start = scan_line_start(text, open);

    if (end < text.length && text.data[end] == ',') {
        end++;
    }
    if (start + scan_indent(text, open) == open &&
        scan_is_blank(text, end, scan_line_end(text, end))) {
        return edit_add(file, start, scan_line_end(text, end) - start, "");
    }
    while (end < text.length && text.data[end] == ' ') {
        end++;
    }
    return edit_add(file, open, end - open, "");
}

/* The next comma that is in no brackets of its own. */
static gssize find_comma(struct text text, gssize at, gssize end)
{
    while (at >= 0 && at < end && text.data[at] != ',') {
        at = text.data[at] == '(' ? scan_match(text, at) : at;
        at = at < 0 ? -1 : scan_skip(text, at);
    }
    return at >= 0 && at < end ? at : -1;
}

/* The initialiser number INDEX, or the one of .NAME, between the brackets. */
static bool find_part(struct text text, gssize open, gssize close,
                      unsigned index, const char *name, gssize *ret_start,
                      gssize *ret_end)
{
    g_autofree char *designator = g_strconcat(".", name, NULL);
    gssize at = open + 1;

    for (unsigned i = 0; at < close; i++) {
        gssize comma = find_comma(text, at, close);
        gssize end = comma < 0 ? close : comma;

        while (at < end && g_ascii_isspace(text.data[at])) {
            at++;
        }
        bool designated = text.data[at] == '.';

        if (designated ? !strncmp(text.data + at, designator,
                                  strlen(designator)) : i == index) {
            gssize equals = designated ? scan_find(text, at, end, '=') : -1;
            gssize last = scan_last(text, at, end);

            at = equals < 0 ? at : equals + 1;
            while (at < end && text.data[at] == ' ') {
                at++;
            }
            *ret_start = at;
            *ret_end = last + 1;
            return last >= at;
        }
        at = end + 1;
    }
    return false;
}

static bool replace_part(struct edited_file *file, gssize open, gssize close,
                         unsigned index, const char *name, const char *new)
{
    gssize start, end;

    return !new || (find_part(file->text, open, close, index, name, &start,
                              &end) &&
                    edit_add(file, start, end - start, new));
}

static bool replace_entry(struct patch *patch, struct edited_file *file,
                          const struct repair *repair, gssize open,
                          gssize close)
{
    bool macros = g_strstr_len(file->text.data + open, close - open, "TYPE_");
    g_autofree char *driver = repair->driver
        ? spell_driver(patch, file, macros, repair->driver) : NULL;
    g_autofree char *property =
        repair->property ? quote(repair->property) : NULL;
    g_autofree char *value = repair->value ? quote(repair->value) : NULL;

    return replace_part(file, open, close, 0, "driver", driver) &&
           replace_part(file, open, close, 1, "property", property) &&
           replace_part(file, open, close, 2, "value", value);
}

bool entries_change(struct patch *patch, const struct facts *head,
                    const struct repair *repair)
{
    struct edited_file *file = patch_file(patch, repair->at.file);
    gssize open, close;

    if (!file || !entry_range(file->text, &repair->at, &open, &close)) {
        return false;
    }
    if (!edit_is_free(file, open, close + 1 - open)) {
        return true;
    }
    return repair->kind == REPAIR_REMOVE
           ? remove_entry(file, open, close)
           : replace_entry(patch, file, repair, open, close);
}
