/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/config-trace.h"

#include <string.h>

#define EVENTS "trace-events"

bool config_is_trace_events(const char *path)
{
    return g_str_has_suffix(path, EVENTS) &&
           (strlen(path) == strlen(EVENTS) ||
            path[strlen(path) - strlen(EVENTS) - 1] == '/') &&
           !g_str_has_prefix(path, "tests/");
}

/* The name of the event that LINE declares ("vcpu disable x(int a) …"). */
static char *event_name(const char *line)
{
    const char *end = strchr(line, '(');
    const char *start = end;

    if (*line == '#' || !end) {
        return NULL;
    }
    while (start > line && (g_ascii_isalnum(start[-1]) || start[-1] == '_')) {
        start--;
    }
    return start < end ? g_strndup(start, (gsize)(end - start)) : NULL;
}

/*
 * An event is a macro: calls vanish, tests whether it is enabled are 0.  Some
 * callers write (trace_x)(…), hence the function behind it.
 */
static void add_event(GString *text, const char *name)
{
    g_autofree char *upper = g_ascii_strup(name, -1);

    g_string_append_printf(text,
                           "#undef trace_%s\n"
                           "void trace_%s();\n"
                           "#define trace_%s(...) ((void)0)\n"
                           "#define trace_event_get_state_backends_%s 0\n"
                           "enum { TRACE_%s };\n"
                           "#define TRACE_%s_ENABLED 0\n"
                           "#define TRACE_%s_BACKEND_DSTATE() 0\n"
                           "#define _TRACE_%s_DSTATE 0\n",
                           name, name, name, name, upper, upper, upper,
                           upper);
}

static char *read_text(const char *path, config_read_fn read, void *opaque)
{
    g_autoptr(GBytes) bytes = read(path, opaque);
    gsize size = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;

    return g_strndup(data ? data : "", size);
}

/* Sources rely on what a generated header includes. */
static char *prologue(config_read_fn read, void *opaque)
{
    g_autofree char *script = read_text("scripts/tracetool/format/h.py", read,
                                        opaque);
    g_autofree char *control = read_text("trace/control.h", read, opaque);

    return g_strconcat("#pragma once\n",
                       strstr(script, "\"qemu-common.h\"")
                       ? "#include \"qemu-common.h\"\n" : "",
                       *control ? "#include \"trace/control.h\"\n" : "",
                       NULL);
}

static char *events_text(const char *path, const char *start,
                         config_read_fn read, void *opaque)
{
    g_autofree char *all = read_text(path, read, opaque);
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    GString *text = g_string_new(start);

    for (char **line = lines; *line; line++) {
        g_autofree char *name = event_name(*line);

        if (name) {
            add_event(text, name);
        }
    }
    return g_string_free(text, FALSE);
}

static void add(GPtrArray *files, char *path, const char *text)
{
    struct generated_file *file = g_new(struct generated_file, 1);

    file->path = path;
    file->text = g_strdup(text);
    g_ptr_array_add(files, file);
}

/*
 * For "hw/net/trace-events": trace/trace-hw_net.h as meson builds name it,
 * and hw/net/trace.h as make builds did, beside the sources.
 */
static void add_dir(GPtrArray *files, const char *events, const char *text,
                    bool has_header)
{
    g_autofree char *dir = g_path_get_dirname(events);
    g_autofree char *flat = g_strdelimit(g_strdup(dir), "/-", '_');

    if (!strcmp(dir, ".")) {
        add(files, g_strdup("gen/trace-root.h"), text);
        add(files, g_strdup("gen/trace/trace-root.h"), text);
        return;
    }
    add(files, g_strdup_printf("gen/trace/trace-%s.h", flat), text);
    if (!has_header) {
        add(files, g_strdup_printf("src/%s/trace.h", dir), text);
    }
}

/* From v5.2 on the tree itself has a trace.h that includes trace/trace-X.h. */
static bool has_header(const char *events, config_read_fn read, void *opaque)
{
    g_autofree char *dir = g_path_get_dirname(events);
    g_autofree char *path = g_strconcat(dir, "/trace.h", NULL);
    g_autoptr(GBytes) bytes = read(path, opaque);

    return bytes != NULL;
}

void config_generate_trace(GPtrArray *files, GPtrArray *events,
                           config_read_fn read, void *opaque)
{
    static const char *const fixed[] = {
        "generated-helpers.h", "generated-helpers-wrappers.h",
        "generated-tcg-tracers.h", "trace-dtrace-root.h",
    };
    g_autofree char *start = prologue(read, opaque);
    GString *all = g_string_new(start);

    for (guint i = 0; i < events->len; i++) {
        const char *path = g_ptr_array_index(events, i);
        g_autofree char *text = events_text(path, start, read, opaque);

        add_dir(files, path, text, has_header(path, read, opaque));
        g_string_append(all, text + strlen(start));
    }
    /* Up to v2.8 one header has the events of all directories. */
    add(files, g_strdup("gen/trace/generated-tracers.h"), all->str);
    add(files, g_strdup("gen/trace/generated-events.h"),
        "#pragma once\n"
        "typedef enum { TRACE_EVENT_COUNT } TraceEventID;\n"
        "typedef enum { TRACE_VCPU_EVENT_COUNT } TraceEventVCPUID;\n"
        "#include \"trace/event-internal.h\"\n");
    g_string_free(all, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++) {
        add(files, g_strdup_printf("gen/trace/%s", fixed[i]), "");
    }
}
