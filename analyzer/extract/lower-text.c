/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From clang's locations back to the text that the author wrote. */
#include "extract/lower-internal.h"

#include <string.h>

#include "extract/target-lines.h"
#include "model/facts.h"

/* Path relative to the tree; files of the sysroot and generated ones keep
 * their virtual path. */
static const char *relative(struct lower *l, const char *path)
{
    const char *root = l->options->root;

    return g_str_has_prefix(path, root) ? path + strlen(root) : path;
}

static const char *file_path(struct lower *l, CXFile file)
{
    const char *path = clang_intern(clang_getFileName(file));

    return path ? g_intern_string(relative(l, path)) : NULL;
}

struct ir_loc lower_loc(struct lower *l, CXSourceLocation loc)
{
    CXFile file;
    unsigned line, column;
    struct ir_loc ret = { 0, 0, 0 };

    clang_getExpansionLocation(loc, &file, &line, &column, NULL);
    const char *path = file ? file_path(l, file) : NULL;

    if (path) {
        ret.file = ir_builder_file(l->builder, path);
        ret.line = line;
        ret.column = column;
    }
    return ret;
}

/* Text from OFFSET of FILE to its end, not NUL-terminated at the token. */
static const char *text_at(struct lower *l, CXFile file, unsigned offset,
                           gsize *ret_len)
{
    const char *path = file ? file_path(l, file) : NULL;
    gsize len = 0;
    const char *text = path ? l->options->text(l->options->opaque, path,
                                               &len) : NULL;

    if (!text || offset >= len) {
        return NULL;
    }
    *ret_len = len - offset;
    return text + offset;
}

const char *lower_own_text(struct lower *l, CXCursor c, gsize *ret_len)
{
    CXSourceRange extent = clang_getCursorExtent(c);
    CXFile file, end_file;
    unsigned start, end;
    gsize len;

    clang_getExpansionLocation(clang_getRangeStart(extent), &file, NULL, NULL,
                               &start);
    clang_getExpansionLocation(clang_getRangeEnd(extent), &end_file, NULL,
                               NULL, &end);
    const char *text = file && file == end_file
                       ? text_at(l, file, start, &len) : NULL;

    if (!text || end < start || end - start > len) {
        return NULL;
    }
    *ret_len = end - start;
    return text;
}

static gsize skip_quoted(const char *text, gsize len)
{
    gsize i = 1;

    while (i < len && text[i] != text[0] && text[i] != '\n') {
        i += text[i] == '\\' ? 2 : 1;
    }
    return MIN(i + 1, len);
}

/* Length of the expression that starts TEXT: up to the ',', ';' or closing
 * bracket that ends it. */
static gsize expression_length(const char *text, gsize len)
{
    int nesting = 0;

    for (gsize i = 0; i < len && i < 200;) {
        switch (text[i]) {
        case '(': case '[': case '{':
            nesting++;
            break;
        case ')': case ']': case '}':
            if (!nesting--) {
                return i;
            }
            break;
        case ',': case ';':
            if (!nesting) {
                return i;
            }
            break;
        case '"': case '\'':
            i += skip_quoted(text + i, len - i);
            continue;
        default:
            break;
        }
        i++;
    }
    return 0;
}

static const char *collapse(const char *text, gsize len)
{
    g_autoptr(GString) out = g_string_sized_new(len);

    for (gsize i = 0; i < len; i++) {
        if (!g_ascii_isspace(text[i])) {
            g_string_append_c(out, text[i]);
        } else if (out->len && out->str[out->len - 1] != ' ') {
            g_string_append_c(out, ' ');
        }
    }
    g_strchomp(out->str);
    return out->str[0] && g_utf8_validate(out->str, -1, NULL) ?
           g_intern_string(out->str) : NULL;
}

/* The name of a macro, and its arguments where it has some. */
static const char *invocation(const char *text, gsize len)
{
    gsize word = 0;

    while (word < len && (g_ascii_isalnum(text[word]) || text[word] == '_')) {
        word++;
    }
    if (word < len && text[word] == '(') {
        word += expression_length(text + word, len - word);
    }
    return collapse(text, word);
}

struct written {
    CXFile file;
    unsigned offset;
    bool in_body;        /* in the body of a macro, not in an argument */
};

/* Whether the token at START, which shows at OFFSET of FILE, is written there:
 * in the body of a macro it is elsewhere.  (clang_getSpellingLocation() does
 * not tell before LLVM 20, and clang_getLocationForOffset() looks through all
 * that is known of a prefix.) */
static bool is_written_at(struct lower *l, CXSourceLocation start, CXFile file,
                          unsigned offset)
{
    CXToken *token = clang_getToken(l->tu, start);
    CXFile own = NULL;
    unsigned at = 0;

    if (token) {
        clang_getFileLocation(clang_getTokenLocation(l->tu, *token), &own,
                              NULL, NULL, &at);
        clang_disposeTokens(l->tu, token, 1);
    }
    return own == file && at == offset;
}

static struct written where_written(struct lower *l, CXCursor c)
{
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(c));
    struct written w;
    unsigned outer;

    clang_getFileLocation(start, &w.file, NULL, NULL, &w.offset);
    clang_getExpansionLocation(start, NULL, NULL, NULL, &outer);
    w.in_body = w.file && w.offset == outer &&
                !is_written_at(l, start, w.file, w.offset);
    return w;
}

/* A macro may put a cast before what the author wrote: (uint32_t)1 << 16. */
static struct written skip_body(struct lower *l, CXCursor c)
{
    struct written first = where_written(l, c), w = first;

    while (w.in_body) {
        g_autoptr(GArray) kids = clang_children(c);
        guint i = 0;

        while (i < kids->len &&
               !clang_isExpression(clang_getCursorKind(clang_child(kids,
                                                                   i)))) {
            i++;
        }
        if (i == kids->len) {
            return first;
        }
        c = clang_child(kids, i);
        w = where_written(l, c);
    }
    return w;
}

const char *lower_spelling(struct lower *l, CXCursor c)
{
    struct written w = skip_body(l, c);
    gsize len;
    const char *text = text_at(l, w.file, w.offset, &len);

    if (!text) {
        return NULL;
    }
    return w.in_body ? invocation(text, len) :
           collapse(text, expression_length(text, len));
}

char lower_first_char(struct lower *l, CXCursor c)
{
    CXFile file;
    unsigned offset;
    gsize len;

    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(c)),
                              &file, NULL, NULL, &offset);
    const char *text = text_at(l, file, offset, &len);

    return text ? *text : '\0';
}

/* --- #if conditions ------------------------------------------------------- */

static const char *directive(const char *line, const char *name)
{
    while (*line == ' ' || *line == '\t') {
        line++;
    }
    if (*line++ != '#') {
        return NULL;
    }
    while (*line == ' ' || *line == '\t') {
        line++;
    }
    gsize len = strlen(name);

    if (strncmp(line, name, len) || g_ascii_isalnum(line[len])) {
        return NULL;
    }
    return line + len;
}

static void apply_directive(GPtrArray *stack, const char *line)
{
    static const struct {
        const char *name, *format;
    } opening[] = {
        { "ifdef", "defined(%s)" }, { "ifndef", "!defined(%s)" },
        { "if", "%s" },
    };
    const char *rest;

    for (guint i = 0; i < G_N_ELEMENTS(opening); i++) {
        rest = directive(line, opening[i].name);
        if (rest) {
            g_autofree char *arg = g_strstrip(g_strdup(rest));
            GString *text = g_string_new(opening[i].format);

            g_string_replace(text, "%s", arg, 1);
            g_ptr_array_add(stack, g_string_free(text, FALSE));
            return;
        }
    }
    if (!stack->len) {
        return;
    }
    char **top = (char **)&stack->pdata[stack->len - 1];

    if (directive(line, "else")) {
        char *negated = g_strdup_printf("!(%s)", *top);

        g_free(*top);
        *top = negated;
    } else if ((rest = directive(line, "elif"))) {
        g_free(*top);
        *top = g_strstrip(g_strdup(rest));
    } else if (directive(line, "endif")) {
        g_ptr_array_remove_index(stack, stack->len - 1);
    }
}

const char *lower_condition(struct lower *l, unsigned file_line)
{
    gsize len;
    const char *text = l->options->text(l->options->opaque, l->options->path,
                                        &len);
    g_autoptr(GPtrArray) stack = g_ptr_array_new_with_free_func(g_free);
    const char *end = text ? text + len : NULL;

    for (unsigned line = 1; text && text < end && line < file_line; line++) {
        const char *eol = memchr(text, '\n', (gsize)(end - text));
        gsize n = (gsize)((eol ? eol : end) - text);
        const char *mark = n < 1000 ? memchr(text, '#', n) : NULL;

        if (mark) {
            g_autofree char *copy = g_strndup(text, n);

            apply_directive(stack, copy);
        }
        text = eol ? eol + 1 : end;
    }
    if (!stack->len) {
        return NULL;
    }
    g_ptr_array_add(stack, NULL);
    g_autofree char *joined = g_strjoinv(" && ", (char **)stack->pdata);

    g_ptr_array_remove_index(stack, stack->len - 1);
    return g_utf8_validate(joined, -1, NULL) ? g_intern_string(joined) : NULL;
}

const char *lower_targets(struct lower *l, struct ir_loc loc)
{
    g_autoptr(GString) names = g_string_new(NULL);
    gsize length = 0;
    uint64_t targets;

    if (loc.file != 0 || !loc.line) {
        return NULL;
    }
    if (!l->target_lines) {
        const char *text = l->options->text(l->options->opaque,
                                            l->options->path, &length);

        l->target_lines = target_lines_find(text ? text : "", length);
    }
    targets = target_lines_at(l->target_lines, loc.line);
    for (target_set rest = targets; rest; rest &= rest - 1) {
        g_string_append_printf(names, "%s%s", names->len ? " " : "",
                               target_first(rest));
    }
    return targets ? g_intern_string(names->str) : NULL;
}
