/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document.h"

#include <sys/ioctl.h>
#include <unistd.h>

static const char *const formats[] = { "text", "markdown", "html", "json" };

GArray *document_outputs(const struct options *options, GError **error)
{
    return outputs_resolve(options, "text", formats, G_N_ELEMENTS(formats),
                           error);
}

/* Of the terminal that is written to; 0 = it is none. */
static guint width_of(const struct output *output)
{
    struct winsize size;

    return !output->path && isatty(STDOUT_FILENO) &&
           ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static void render(const struct options *options, const struct output *output,
                   const struct doc *doc, GString *text)
{
    const struct style style = output_style(options, output);

    if (g_str_equal(output->format, "markdown")) {
        doc_to_markdown(doc, text);
    } else if (g_str_equal(output->format, "html")) {
        doc_to_html(doc, text);
    } else {
        doc_to_text(doc, &style, width_of(output), text);
    }
}

bool document_write(const struct options *options, const GArray *outputs,
                    const struct doc *doc, document_json_fn write_json,
                    const void *value, GError **error)
{
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        g_autoptr(GString) text = g_string_new(NULL);

        if (g_str_equal(output->format, "json")) {
            write_json(value, text);
        } else {
            render(options, output, doc, text);
        }
        if (!output_write(output, text, error)) {
            return false;
        }
    }
    return true;
}
