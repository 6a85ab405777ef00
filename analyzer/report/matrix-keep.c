/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/matrix-keep.h"

#include "report/json.h"
#include "snapshot/snapshot.h"

#include <stdlib.h>

/* --- Writing ---------------------------------------------------------------- */

static json_t *remedy_out(const struct matrix_remedy *remedy)
{
    return json_pack("[o, o, o, b]", text_to_json(remedy->driver),
                     text_to_json(remedy->property),
                     text_to_json(remedy->value), remedy->on_destination);
}

static json_t *reason_out(const struct matrix_reason *reason)
{
    json_t *devices = json_array();

    for (guint i = 0; i < reason->devices->len; i++) {
        json_array_append_new(devices,
                              text_to_json(reason->devices->pdata[i]));
    }
    return json_pack("[i, i, o, o, o, o, o, i, i, o, o]",
                     (int)reason->verdict, (int)reason->about,
                     text_to_json(reason->subject),
                     text_to_json(reason->source),
                     text_to_json(reason->destination),
                     text_to_json(reason->because),
                     text_to_json(reason->loc.file), reason->loc.line,
                     reason->loc.column, devices,
                     remedy_out(&reason->remedy));
}

static json_t *hop_out(const struct matrix_hop *hop)
{
    json_t *reasons = json_array();

    for (guint i = 0; i < hop->reasons->len; i++) {
        json_array_append_new(reasons, reason_out(hop->reasons->pdata[i]));
    }
    return reasons;
}

void matrix_hops_to_text(const struct matrix_hop *forward,
                         const struct matrix_hop *backward, GString *out)
{
    json_append(out, json_pack("[o, o]", hop_out(forward),
                               hop_out(backward)), JSON_COMPACT);
}

/* --- Reading ---------------------------------------------------------------- */

static const char *interned(const json_t *text)
{
    return json_is_string(text) ? g_intern_string(json_string_value(text))
                                : NULL;
}

static char *copied(const json_t *text)
{
    return g_strdup(json_string_value(text));
}

struct parts {
    int verdict, about, line, column, on_destination;
    json_t *subject, *source, *destination, *because, *file, *devices;
    json_t *driver, *property, *value;
};

static bool unpack(json_t *json, struct parts *p)
{
    return !json_unpack(json, "[i, i, o, o, o, o, o, i, i, o, [o, o, o, b]]",
                        &p->verdict, &p->about, &p->subject, &p->source,
                        &p->destination, &p->because, &p->file, &p->line,
                        &p->column, &p->devices, &p->driver, &p->property,
                        &p->value, &p->on_destination) &&
           p->verdict >= 0 && p->verdict < MATRIX_N_VERDICTS &&
           p->about >= 0 && p->about < MATRIX_N_ABOUT &&
           json_is_string(p->subject);
}

static void reason_in(const struct parts *p, struct matrix_hop *hop)
{
    struct matrix_reason *reason =
        matrix_hop_add(hop, p->verdict, p->about, interned(p->subject));
    size_t i;
    json_t *device;

    reason->source = copied(p->source);
    reason->destination = copied(p->destination);
    reason->because = copied(p->because);
    reason->loc = (struct location){ interned(p->file), p->line, p->column };
    json_array_foreach(p->devices, i, device) {
        g_ptr_array_add(reason->devices,
                        (gpointer)(uintptr_t)interned(device));
    }
    reason->remedy = (struct matrix_remedy){
        .driver = interned(p->driver), .property = interned(p->property),
        .value = copied(p->value), .on_destination = p->on_destination,
    };
}

static bool hop_in(json_t *reasons, struct matrix_hop *hop)
{
    size_t i;
    json_t *json;

    json_array_foreach(reasons, i, json) {
        struct parts parts;

        if (!unpack(json, &parts)) {
            return false;
        }
        if (hop) {
            reason_in(&parts, hop);
        }
    }
    return json_is_array(reasons);
}

bool matrix_hops_from_text(const char *text, size_t length,
                           struct matrix_hop *forward,
                           struct matrix_hop *backward)
{
    json_t *root = json_loadb(text, length, 0, NULL);
    json_t *ahead = json_array_get(root, 0);
    json_t *back = json_array_get(root, 1);
    bool ok = hop_in(ahead, NULL) && hop_in(back, NULL);

    if (ok) {
        hop_in(ahead, forward);
        hop_in(back, backward);
    }
    json_decref(root);
    return ok;
}
