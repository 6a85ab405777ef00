/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * printf on known values.
 */
#include "qom/interp.h"

#include <string.h>

struct conversion {
    char spec[64];               /* "%-02" PRIx64: ours, not the caller's */
    char letter;
    unsigned longs;
    unsigned stars;
};

/* The width or precision at *P; false where it is absurd. */
static bool read_number(const char **p, GString *spec,
                        struct conversion *conversion)
{
    unsigned digits = 0;

    if (**p == '*') {
        conversion->stars++;
        (*p)++;
        return false;
    }
    while (g_ascii_isdigit(**p)) {
        if (++digits > 3) {
            return false;
        }
        g_string_append_c(spec, *(*p)++);
    }
    return true;
}

static void read_length(const char **p, struct conversion *conversion)
{
    static const char letters[] = "hlqjzt";

    while (**p && strchr(letters, **p)) {
        if (**p != 'h') {
            conversion->longs++;
        }
        (*p)++;
    }
}

/* Parses the conversion after '%'; false where it is not understood. */
static bool read_conversion(const char **p, struct conversion *conversion)
{
    g_autoptr(GString) spec = g_string_new("%");

    memset(conversion, 0, sizeof(*conversion));
    while (**p && strchr("-+ #0", **p) && spec->len < 8) {
        g_string_append_c(spec, *(*p)++);
    }
    if (!read_number(p, spec, conversion)) {
        return false;
    }
    if (**p == '.') {
        g_string_append_c(spec, *(*p)++);
        if (!read_number(p, spec, conversion)) {
            return false;
        }
    }
    read_length(p, conversion);
    conversion->letter = **p;
    if (**p) {
        (*p)++;
    }
    g_strlcpy(conversion->spec, spec->str, sizeof(conversion->spec));
    return conversion->letter != '\0';
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void append_integer(GString *out, struct conversion *conversion,
                           int64_t n)
{
    char letter[] = { conversion->letter, '\0' };
    bool is_signed = strchr("di", conversion->letter) != NULL;

    if (!conversion->longs) {
        n = is_signed ? (int64_t)(int32_t)n : (int64_t)(uint32_t)n;
    }
    g_strlcat(conversion->spec, "ll", sizeof(conversion->spec));
    g_strlcat(conversion->spec, letter, sizeof(conversion->spec));
    g_string_append_printf(out, conversion->spec, (long long)n);
}

static void append_text(GString *out, struct conversion *conversion,
                        const char *text)
{
    g_strlcat(conversion->spec, "s", sizeof(conversion->spec));
    g_string_append_printf(out, conversion->spec, text);
}

#pragma GCC diagnostic pop

static bool append_conversion(struct interp *in, GString *out,
                              struct conversion *conversion,
                              const struct val *arg)
{
    const char *text;

    switch (conversion->letter) {
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
        if (arg->kind != VAL_INT) {
            return false;
        }
        append_integer(out, conversion, arg->number);
        return true;
    case 'c':
        if (arg->kind != VAL_INT) {
            return false;
        }
        g_string_append_c(out, (char)arg->number);
        return true;
    case 's':
        text = memory_string(in, arg);
        if (!text) {
            return false;
        }
        append_text(out, conversion, text);
        return true;
    default:
        return false;
    }
}

char *interp_format(struct interp *in, const struct val *format,
                    const struct val *args, unsigned n)
{
    const char *p = memory_string(in, format);
    g_autoptr(GString) out = g_string_new(NULL);
    unsigned used = 0;

    while (p && *p) {
        struct conversion conversion;

        if (*p != '%') {
            g_string_append_c(out, *p++);
        } else if (p[1] == '%') {
            g_string_append_c(out, '%');
            p += 2;
        } else {
            p++;
            if (!read_conversion(&p, &conversion) || used >= n ||
                !append_conversion(in, out, &conversion, &args[used++])) {
                return NULL;
            }
        }
        if (out->len > MAX_STRING) {
            return NULL;
        }
    }
    return p ? g_string_free(g_steal_pointer(&out), false) : NULL;
}
