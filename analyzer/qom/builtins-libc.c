/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What registration code uses of the C library and of GLib.
 */
#include "qom/interp.h"

#include <string.h>

static const char *text_arg(struct interp *in, const struct call *call,
                            unsigned i)
{
    return i < call->n ? memory_string(in, &call->args[i]) : NULL;
}

/* Fresh strings are buffers: the code may write to them. */
static struct val new_text(struct interp *in, const char *text)
{
    struct object *object = object_make(in, OBJECT_HEAP);
    struct place place = { object, "" };

    memory_store(in, place, val_string(in, text), NULL);
    place = place_index(in, place, 0);
    return val_pointer(place.object, place.path);
}

static struct val owned_string(struct interp *in, char *text,
                               const struct ir_node *node)
{
    g_autofree char *owned = text;

    return owned ? new_text(in, owned) : val_unknown(node);
}

/* --- Strings ------------------------------------------------------------- */

static struct val do_strlen(struct interp *in, const struct call *call)
{
    const char *s = text_arg(in, call, 0);

    return s ? val_int((int64_t)strlen(s)) : val_unknown(call->node);
}

static struct val do_strcmp(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);

    return a && b ? val_int(strcmp(a, b)) : val_unknown(call->node);
}

static struct val do_strcmp0(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);
    struct val x = call_arg(call, 0), y = call_arg(call, 1);

    if ((!a && !val_is_zero(&x)) || (!b && !val_is_zero(&y))) {
        return val_unknown(call->node);
    }
    return val_int(g_strcmp0(a, b));
}

static struct val do_strcasecmp(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);

    return a && b ? val_int(g_ascii_strcasecmp(a, b))
                  : val_unknown(call->node);
}

static struct val do_strncmp(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);
    struct val n = call_arg(call, 2);

    if (!a || !b || n.kind != VAL_INT || n.number < 0) {
        return val_unknown(call->node);
    }
    return val_int(strncmp(a, b, (size_t)n.number));
}

static struct val do_str_equal(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);

    return a && b ? val_int(!strcmp(a, b)) : val_unknown(call->node);
}

static struct val do_has_prefix(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);

    return a && b ? val_int(g_str_has_prefix(a, b))
                  : val_unknown(call->node);
}

static struct val do_has_suffix(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);

    return a && b ? val_int(g_str_has_suffix(a, b))
                  : val_unknown(call->node);
}

/* What strchr() and its like return: TEXT is the tail of argument 0. */
static struct val tail_or_null(struct interp *in, const struct call *call,
                               const char *text)
{
    if (!text) {
        return val_int(0);
    }
    return val_binary(in, IR_OP_ADD, call->args[0],
                      val_int(text - text_arg(in, call, 0)), call->node);
}

static struct val do_strstr(struct interp *in, const struct call *call)
{
    const char *a = text_arg(in, call, 0), *b = text_arg(in, call, 1);

    return a && b ? tail_or_null(in, call, strstr(a, b))
                  : val_unknown(call->node);
}

static struct val do_strchr(struct interp *in, const struct call *call)
{
    const char *s = text_arg(in, call, 0);
    struct val c = call_arg(call, 1);

    return s && c.kind == VAL_INT
           ? tail_or_null(in, call, strchr(s, (int)c.number))
           : val_unknown(call->node);
}

static struct val do_strrchr(struct interp *in, const struct call *call)
{
    const char *s = text_arg(in, call, 0);
    struct val c = call_arg(call, 1);

    return s && c.kind == VAL_INT
           ? tail_or_null(in, call, strrchr(s, (int)c.number))
           : val_unknown(call->node);
}

static struct val do_strdup(struct interp *in, const struct call *call)
{
    const char *s = text_arg(in, call, 0);

    return s ? new_text(in, s) : call_arg(call, 0);
}

static struct val do_strndup(struct interp *in, const struct call *call)
{
    const char *s = text_arg(in, call, 0);
    struct val n = call_arg(call, 1);

    if (!s || n.kind != VAL_INT || n.number < 0) {
        return val_unknown(call->node);
    }
    return owned_string(in, g_strndup(s, MIN((size_t)n.number, strlen(s))),
                        call->node);
}

static struct val do_strdown(struct interp *in, const struct call *call)
{
    const char *s = text_arg(in, call, 0);

    return owned_string(in, s ? g_ascii_strdown(s, -1) : NULL, call->node);
}

static struct val do_strup(struct interp *in, const struct call *call)
{
    const char *s = text_arg(in, call, 0);

    return owned_string(in, s ? g_ascii_strup(s, -1) : NULL, call->node);
}

/* g_strsplit(text, separator, max): an array of strings, then NULL. */
static struct val do_strsplit(struct interp *in, const struct call *call)
{
    const char *text = text_arg(in, call, 0), *by = text_arg(in, call, 1);
    struct val max = call_arg(call, 2);
    struct object *object = object_make(in, OBJECT_HEAP);
    g_auto(GStrv) parts = NULL;

    if (!text || !by || !*by || max.kind != VAL_INT) {
        return val_unknown(call->node);
    }
    object->zeroed = true;
    parts = g_strsplit(text, by, (int)CLAMP(max.number, 0, MAX_STRING));
    for (int i = 0; parts[i] && interp_step(in); i++) {
        memory_store(in, place_index(in, (struct place){ object, "" }, i),
                     new_text(in, parts[i]), call->node);
    }
    return val_pointer(object, place_index(in, (struct place){ object, "" },
                                           0).path);
}

static struct val join_from(struct interp *in, const struct call *call,
                            unsigned first, const char *separator)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (unsigned i = first; i < call->n; i++) {
        const char *s = text_arg(in, call, i);

        if (val_is_zero(&call->args[i])) {
            return new_text(in, out->str);
        }
        if (!s || out->len + strlen(s) > MAX_STRING) {
            break;
        }
        if (i > first) {
            g_string_append(out, separator);
        }
        g_string_append(out, s);
    }
    return val_unknown(call->node);
}

static struct val do_strconcat(struct interp *in, const struct call *call)
{
    return join_from(in, call, 0, "");
}

static struct val do_strjoin(struct interp *in, const struct call *call)
{
    const char *separator = text_arg(in, call, 0);

    return separator ? join_from(in, call, 1, separator)
                     : val_unknown(call->node);
}

/* --- printf and copies into buffers -------------------------------------- */

static struct val format_from(struct interp *in, const struct call *call,
                              unsigned i)
{
    g_autofree char *text = NULL;

    if (i < call->n) {
        text = interp_format(in, &call->args[i], call->args + i + 1,
                             call->n - i - 1);
    }
    return text ? val_string(in, text) : val_unknown(call->node);
}

/* The buffer that argument I is, whether or not it was written before. */
static void store_text(struct interp *in, const struct call *call,
                       unsigned i, struct val text)
{
    struct val buffer = call_arg(call, i);
    struct place place = buffer.place;

    if (buffer.kind == VAL_POINTER) {
        place = place_array(in, place);
    } else {
        place = eval_place(in, ir_kid(call->node, i + 1));
    }
    memory_store(in, place, text, call->node);
}

static struct val text_length(const struct val *text,
                              const struct ir_node *node)
{
    return text->kind == VAL_STRING ? val_int((int64_t)strlen(text->text))
                                    : val_unknown(node);
}

static struct val do_strdup_printf(struct interp *in,
                                   const struct call *call)
{
    struct val text = format_from(in, call, 0);

    return text.kind == VAL_STRING ? new_text(in, text.text) : text;
}

static struct val do_sprintf(struct interp *in, const struct call *call)
{
    struct val text = format_from(in, call, 1);

    store_text(in, call, 0, text);
    return text_length(&text, call->node);
}

static struct val do_snprintf(struct interp *in, const struct call *call)
{
    struct val text = format_from(in, call, 2);

    store_text(in, call, 0, text);
    return text_length(&text, call->node);
}

/* sscanf(text, "%7s", buffer): one word; other formats are not known. */
static struct val do_sscanf(struct interp *in, const struct call *call)
{
    const char *text = text_arg(in, call, 0), *format = text_arg(in, call, 1);
    g_autofree char *word = NULL;
    size_t length, width = MAX_STRING;
    char *end;

    if (!text || !format || *format++ != '%' || call->n != 3) {
        return val_unknown(call->node);
    }
    if (g_ascii_isdigit(*format)) {
        width = g_ascii_strtoull(format, &end, 10);
        format = end;
    }
    if (strcmp(format, "s")) {
        return val_unknown(call->node);
    }
    text += strspn(text, " \t\n");
    length = strcspn(text, " \t\n");
    word = g_strndup(text, MIN(length, width));
    if (*word) {
        store_text(in, call, 2, val_string(in, word));
    }
    return val_int(*word ? 1 : -1);
}

static struct val string_arg(struct interp *in, const struct call *call,
                             unsigned i)
{
    const char *s = text_arg(in, call, i);

    return s ? val_string(in, s) : val_unknown(call->node);
}

static struct val do_strcpy(struct interp *in, const struct call *call)
{
    store_text(in, call, 0, string_arg(in, call, 1));
    return call_arg(call, 0);
}

static struct val do_pstrcpy(struct interp *in, const struct call *call)
{
    store_text(in, call, 0, string_arg(in, call, 2));
    return call_arg(call, 0);
}

/* --- Memory -------------------------------------------------------------- */

static struct val new_heap(struct interp *in, bool zeroed)
{
    struct object *object = object_make(in, OBJECT_HEAP);
    struct place place;

    object->zeroed = zeroed;
    place = place_index(in, (struct place){ object, "" }, 0);
    return val_pointer(place.object, place.path);
}

static struct val do_malloc(struct interp *in, const struct call *call)
{
    return new_heap(in, false);
}

static struct val do_malloc0(struct interp *in, const struct call *call)
{
    return new_heap(in, true);
}

static struct val do_memcpy(struct interp *in, const struct call *call)
{
    struct val to = call_arg(call, 0), from = call_arg(call, 1);

    if (to.kind != VAL_POINTER) {
        return to;
    }
    if (from.kind == VAL_POINTER) {
        memory_store(in, to.place, memory_load(in, from.place), call->node);
    } else {
        memory_store(in, to.place, val_unknown(call->node), call->node);
    }
    return to;
}

static struct val do_memdup(struct interp *in, const struct call *call)
{
    struct val to = new_heap(in, false), from = call_arg(call, 0);

    if (from.kind != VAL_POINTER) {
        return val_unknown(call->node);
    }
    memory_store(in, to.place, memory_load(in, from.place), call->node);
    return to;
}

static struct val do_memset(struct interp *in, const struct call *call)
{
    struct val to = call_arg(call, 0), byte = call_arg(call, 1);
    struct object *zero;

    if (to.kind != VAL_POINTER) {
        return to;
    }
    if (!val_is_zero(&byte)) {
        memory_store(in, to.place, val_unknown(call->node), call->node);
        return to;
    }
    zero = object_make(in, OBJECT_HEAP);
    zero->zeroed = true;
    memory_store(in, to.place, (struct val){
        .kind = VAL_AGGREGATE, .place = { zero, "" } }, call->node);
    return to;
}

/* --- The rest ------------------------------------------------------------ */

static struct val do_first(struct interp *in, const struct call *call)
{
    return call_arg(call, 0);
}

static struct val do_nothing(struct interp *in, const struct call *call)
{
    return val_int(0);
}

const struct builtin builtins_libc[] = {
    { "strlen", do_strlen },
    { "strcmp", do_strcmp },
    { "g_strcmp0", do_strcmp0 },
    { "strcasecmp", do_strcasecmp },
    { "g_ascii_strcasecmp", do_strcasecmp },
    { "strncmp", do_strncmp },
    { "g_str_equal", do_str_equal },
    { "g_str_has_prefix", do_has_prefix },
    { "g_str_has_suffix", do_has_suffix },
    { "strstr", do_strstr },
    { "strchr", do_strchr },
    { "strrchr", do_strrchr },
    { "strdup", do_strdup },
    { "g_strdup", do_strdup },
    { "g_intern_string", do_strdup },
    { "g_intern_static_string", do_strdup },
    { "strndup", do_strndup },
    { "g_strndup", do_strndup },
    { "g_ascii_strdown", do_strdown },
    { "g_ascii_strup", do_strup },
    { "g_strconcat", do_strconcat },
    { "g_strjoin", do_strjoin },
    { "g_strsplit", do_strsplit },
    { "g_strdup_printf", do_strdup_printf },
    { "sprintf", do_sprintf },
    { "snprintf", do_snprintf },
    { "g_snprintf", do_snprintf },
    { "sscanf", do_sscanf },
    { "strcpy", do_strcpy },
    { "strncpy", do_strcpy },
    { "g_strlcpy", do_strcpy },
    { "pstrcpy", do_pstrcpy },
    { "strpadcpy", do_pstrcpy },
    { "malloc", do_malloc },
    { "g_malloc", do_malloc },
    { "g_malloc_n", do_malloc },
    { "g_try_malloc", do_malloc },
    { "calloc", do_malloc0 },
    { "g_malloc0", do_malloc0 },
    { "g_malloc0_n", do_malloc0 },
    { "g_try_malloc0", do_malloc0 },
    { "memcpy", do_memcpy },
    { "memmove", do_memcpy },
    { "memset", do_memset },
    { "g_memdup", do_memdup },
    { "g_memdup2", do_memdup },
    { "__builtin_expect", do_first },
    { "g_steal_pointer", do_first },
    { "g_free", do_nothing },
    { "g_strfreev", do_nothing },
    { "free", do_nothing },
    { "error_report", do_nothing },
    { "warn_report", do_nothing },
    { NULL, NULL },
};
