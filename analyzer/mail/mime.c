/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mail/part.h"

#include <gmime/gmime.h>
#include <string.h>

/* A series is shorter; more is an archive. */
#define MAX_MESSAGES 2000

bool mail_is_mail(const char *text, gsize length)
{
    const char *newline = memchr(text, '\n', length);
    gsize line = newline ? (gsize)(newline - text) : length;
    gsize name = 0;

    if (line > 5 && !strncmp(text, "From ", 5)) {
        return true;
    }
    while (name < line && (g_ascii_isalnum(text[name]) || text[name] == '-')) {
        name++;
    }
    /* A bare diff may start with "Index: file", which is no header. */
    return name > 0 && name < line && text[name] == ':' &&
           strncmp(text, "Index:", 6);
}

/* TEXT of CHARSET in UTF-8; what cannot be converted is made valid. */
static char *to_utf8(const GByteArray *bytes, const char *charset)
{
    const char *data = (const char *)bytes->data;
    bool foreign = charset && g_ascii_strcasecmp(charset, "utf-8") &&
                   g_ascii_strcasecmp(charset, "us-ascii");
    char *text = foreign ? g_convert(data, bytes->len, "UTF-8", charset, NULL,
                                     NULL, NULL) : NULL;

    /* Sources need not be UTF-8: a diff keeps the bytes it came with. */
    return text ? text : g_strndup(data ? data : "", bytes->len);
}

static bool is_text(GMimeObject *object)
{
    GMimeContentType *type = g_mime_object_get_content_type(object);
    const char *name = GMIME_IS_PART(object)
        ? g_mime_part_get_filename((GMimePart *)object) : NULL;

    if (g_mime_content_type_is_type(type, "text", "html")) {
        return false;
    }
    return g_mime_content_type_is_type(type, "text", "*") ||
           (name && (g_str_has_suffix(name, ".patch") ||
                     g_str_has_suffix(name, ".diff")));
}

static void add_part(GMimeObject *parent, GMimeObject *object,
                     gpointer opaque)
{
    GString *body = opaque;
    GMimeDataWrapper *content = GMIME_IS_PART(object) && is_text(object)
        ? g_mime_part_get_content((GMimePart *)object) : NULL;

    if (!content) {
        return;
    }
    GMimeStream *stream = g_mime_stream_mem_new();
    const char *charset =
        g_mime_object_get_content_type_parameter(object, "charset");

    g_mime_data_wrapper_write_to_stream(content, stream);
    g_autofree char *text = to_utf8(
        g_mime_stream_mem_get_byte_array((GMimeStreamMem *)stream), charset);
    g_string_append(body, text);
    if (body->len && body->str[body->len - 1] != '\n') {
        g_string_append_c(body, '\n');
    }
    g_object_unref(stream);
}

void mail_foreach(const char *text, gsize length, mail_message_fn *fn,
                  void *opaque)
{
    g_mime_init();
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    bool mbox = length > 5 && !strncmp(text, "From ", 5);

    g_mime_parser_set_format(parser, mbox ? GMIME_FORMAT_MBOX
                                          : GMIME_FORMAT_MESSAGE);
    for (int i = 0; i < MAX_MESSAGES && !g_mime_parser_eos(parser); i++) {
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        g_autoptr(GString) body = g_string_new(NULL);

        if (!message) {
            break;
        }
        const char *subject = g_mime_message_get_subject(message);

        g_mime_message_foreach(message, add_part, body);
        fn(subject ? subject : "", body->str, opaque);
        g_object_unref(message);
        if (!mbox) {
            break;
        }
    }
    g_object_unref(parser);
    g_object_unref(stream);
}
