/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only what is certain counts: a value that is known on both sides and
 * differs, or something that is done on one side alone, whatever happens at
 * run time.
 */
#include "check/guest-compare.h"

#include <string.h>

#include "base/borrow.h"
#include "check/guest-conditions.h"
#include "check/guest-doubt.h"
#include "check/guest-settings.h"

/* Config space that migration compares, below the capabilities. */
#define HEADER_END 0x40

struct comparison {
    const struct effects *before, *after;
    GHashTable *old, *new;       /* key → struct effect * */
    /* Those under conditions: place → GPtrArray of struct effect *. */
    GHashTable *old_places, *new_places;
    GPtrArray *bytes;            /* struct pair * */
    GPtrArray *calls;            /* struct pair *: of one side only */
    GPtrArray *found;
};

/* An effect as it was and as it is; one may be NULL. */
struct pair {
    const struct effect *old, *new;
};

static const struct effect *of(const struct pair *pair)
{
    return pair->new ? pair->new : pair->old;
}

/* --- Findings ----------------------------------------------------------------- */

static enum guest_doubt doubt_of(const struct comparison *c,
                                 const struct pair *pair)
{
    return pair->old && pair->new
           ? GUEST_SURE
           : guest_doubt(of(pair), pair->new ? c->before : c->after);
}

static struct guest_found *add_found(struct comparison *c,
                                     const struct pair *pair,
                                     enum guest_aspect aspect,
                                     const char *name)
{
    const struct effect *effect = of(pair);
    struct guest_found *found = g_new0(struct guest_found, 1);

    found->state.aspect = aspect;
    found->state.name = g_intern_string(name);
    found->state.migrated = true;
    found->state.doubt = doubt_of(c, pair);
    found->state.old_refuses = found->state.new_refuses =
        aspect == GUEST_CAPABILITY;
    found->function = g_intern_string(effect->function);
    found->loc = effect->loc;
    found->old_code = !pair->new;
    g_ptr_array_add(c->found, found);
    return found;
}

static void add_values(struct comparison *c, const struct pair *pair,
                       enum guest_aspect aspect, const char *name)
{
    struct guest_found *found = add_found(c, pair, aspect, name);

    found->state.old_value = pair->old ? g_intern_string(pair->old->value)
                                       : NULL;
    found->state.new_value = pair->new ? g_intern_string(pair->new->value)
                                       : NULL;
}

/* --- Bytes -------------------------------------------------------------------- */

static uint8_t byte_of(const struct effect *effect)
{
    return effect ? (uint8_t)effect->byte.value : 0;
}

/* What pci_init_cmask() covers of the header, and every capability. */
static bool is_migrated(const struct effect *effect)
{
    int64_t at = effect->offset;

    if (strcmp(effect->space, "config")) {
        return true;
    }
    if (effect->relative || at >= HEADER_END) {
        return true;
    }
    return at <= 0x03 || (at >= 0x08 && at <= 0x0b) || at == 0x0e ||
           at == 0x34;
}

static gint compare_pairs(gconstpointer a, gconstpointer b)
{
    const struct effect *x = of(*(struct pair *const *)a);
    const struct effect *y = of(*(struct pair *const *)b);
    int order = strcmp(x->base, y->base);

    return order ? order : (x->offset > y->offset) - (x->offset < y->offset);
}

/* Whether B was written at once with A. */
static bool is_same_write(const struct pair *a, const struct pair *b)
{
    const struct effect *x = of(a), *y = of(b);

    return !strcmp(x->base, y->base) && !strcmp(x->function, y->function) &&
           x->size == y->size && x->offset - x->at == y->offset - y->at &&
           x->loc.line == y->loc.line && !a->new == !b->new;
}

/* Where the write of EFFECT starts. */
static int64_t start_of(const struct effect *effect)
{
    return effect->offset - effect->at;
}

static char *register_name(const struct effect *effect)
{
    return effect->name && g_ascii_isalpha(*effect->name)
           ? g_strdup_printf("%s in %s", effect->name, effect->space)
           : g_strdup_printf("%s[0x%" G_GINT64_MODIFIER "x]", effect->base,
                             (uint64_t)start_of(effect));
}

/* What INDEX has of the byte at OFFSET, or NULL. */
static const struct effect *stored(GHashTable *index,
                                   const struct effect *like, int64_t offset)
{
    g_autofree char *place = offset
        ? g_strdup_printf("%s+0x%" G_GINT64_MODIFIER "x", like->base,
                          (uint64_t)offset) : g_strdup(like->base);
    g_autofree char *key = guest_effect_key(EFFECT_BYTE, place, "", 0);

    return g_hash_table_lookup(index, key);
}

/* The byte at OFFSET as INDEX has it. */
static uint64_t stored_byte(GHashTable *index, const struct effect *like,
                            int64_t offset)
{
    return byte_of(stored(index, like, offset));
}

static const char *register_value(GHashTable *index,
                                  const struct effect *like)
{
    unsigned size = MIN(like->size, 8);
    uint64_t value = 0;

    for (unsigned i = 0; i < size; i++) {
        value |= stored_byte(index, like, start_of(like) + i) << 8 * i;
    }
    g_autofree char *text = g_strdup_printf(
        "0x%0*" G_GINT64_MODIFIER "x", (int)size * 2, value);

    return g_intern_string(text);
}

/* The byte of MASK beside EFFECT's, as INDEX has it; NULL where nothing is
 * done to it. */
static const struct effect *beside(GHashTable *index,
                                   const struct effect *effect,
                                   const char *mask)
{
    g_autofree char *base = g_strconcat(
        mask, effect->base + strlen(effect->space), NULL);
    struct effect like = { .base = base };

    return stored(index, &like, effect->offset);
}

/* The bits that migration compares: all that is migrated, less what the code
 * takes out of cmask. */
static uint8_t compared_bits(GHashTable *receiver,
                             const struct effect *effect)
{
    const struct effect *mask = !strcmp(effect->space, "config")
        ? beside(receiver, effect, "cmask") : NULL;

    return !is_migrated(effect) ? 0 : mask && mask->exact ? byte_of(mask)
                                                          : 0xff;
}

/* Mirrors get_pci_config_device() of hw/pci/pci.c: what the receiver lets a
 * guest write may differ.  Which register a place without a name is, and so
 * what its masks are, is not known. */
static bool is_refused(GHashTable *receiver, const struct pair *pair)
{
    const struct effect *effect = of(pair);
    unsigned differs = guest_is_nameless(effect)
        ? 0 : byte_of(pair->old) ^ byte_of(pair->new);

    return differs & compared_bits(receiver, effect) &
           ~(unsigned)byte_of(beside(receiver, effect, "wmask")) &
           ~(unsigned)byte_of(beside(receiver, effect, "w1cmask"));
}

static void add_register(struct comparison *c, guint first, guint n)
{
    const struct pair *pair = g_ptr_array_index(c->bytes, first);
    const struct effect *effect = of(pair);
    g_autofree char *name = register_name(effect);
    bool is_config = !strcmp(effect->space, "config");
    struct guest_found *found = add_found(
        c, pair, is_config ? GUEST_CONFIG : GUEST_MASK, name);

    found->state.migrated = false;
    for (guint i = 0; i < n; i++) {
        const struct pair *at = g_ptr_array_index(c->bytes, first + i);

        found->state.migrated |= compared_bits(c->new, of(at)) != 0;
        found->state.old_refuses |= is_config && is_refused(c->old, at);
        found->state.new_refuses |= is_config && is_refused(c->new, at);
    }
    found->state.old_value = register_value(c->old, effect);
    found->state.new_value = register_value(c->new, effect);
}

/* Code that computes its place in another way does what it did. */
static bool cancels(const struct pair *a, const struct pair *b)
{
    return a->new && b->old && !a->old && !b->new &&
           (a->new->relative || b->old->relative) &&
           !strcmp(a->new->space, b->old->space) &&
           byte_of(a->new) == byte_of(b->old);
}

static void cancel_moved(GPtrArray *bytes)
{
    for (guint i = 0; i < bytes->len; i++) {
        for (guint j = 0; j < bytes->len; j++) {
            if (cancels(g_ptr_array_index(bytes, i),
                        g_ptr_array_index(bytes, j))) {
                g_ptr_array_remove_index(bytes, MAX(i, j));
                g_ptr_array_remove_index(bytes, MIN(i, j));
                i--;
                break;
            }
        }
    }
}

static void add_registers(struct comparison *c)
{
    guint n;

    cancel_moved(c->bytes);
    g_ptr_array_sort(c->bytes, compare_pairs);
    for (guint i = 0; i < c->bytes->len; i += n) {
        for (n = 1; i + n < c->bytes->len &&
             is_same_write(g_ptr_array_index(c->bytes, i),
                           g_ptr_array_index(c->bytes, i + n)); n++) {
        }
        add_register(c, i, n);
    }
}

/* Every device has ids, of its class or from code: where they were not seen,
 * they are not known, nor is what else such code may do to the header. */
static bool is_unknown_id(const struct comparison *c, const struct pair *pair)
{
    const struct effect *effect = of(pair);
    GHashTable *other = pair->new ? c->old : c->new;
    g_autofree char *vendor = NULL;

    if ((pair->old && pair->new) || effect->relative ||
        strcmp(effect->base, "config") || effect->offset >= 0x30 ||
        (effect->offset >= 0x0c && effect->offset < 0x2c)) {
        return false;
    }
    vendor = guest_effect_key(EFFECT_BYTE, "config", "", 0);
    return (effect->offset != 0x08 && effect->offset != 0x09) ||
           !g_hash_table_contains(other, vendor);
}

/* Some bit is known on both sides and is not the same. */
static bool known_to_differ(const struct effect *a, const struct effect *b)
{
    return (a->byte.value ^ b->byte.value) & a->byte.known & b->byte.known;
}

static void compare_byte(struct comparison *c, const struct pair *pair)
{
    const struct effect *a = pair->old, *b = pair->new;

    if (is_unknown_id(c, pair)) {
        return;
    }
    if (!strcmp(of(pair)->space, "used") ||
        !strcmp(of(pair)->space, "cmask") ||
        (a && b ? !known_to_differ(a, b)
                : !of(pair)->exact || !byte_of(of(pair)))) {
        return;
    }
    g_ptr_array_add(c->bytes, g_memdup2(pair, sizeof(*pair)));
}

/* --- Everything else ----------------------------------------------------------- */

static void compare_other(struct comparison *c, const struct pair *pair)
{
    const struct effect *a = pair->old, *b = pair->new;
    const struct effect *any = of(pair);

    if (a && b && (!a->exact || !b->exact || !strcmp(a->value, b->value))) {
        return;
    }
    switch (any->kind) {
    case EFFECT_BAR:
        add_values(c, pair, GUEST_BAR, any->place);
        return;
    case EFFECT_FEATURE:
        add_values(c, pair, GUEST_FEATURE, any->place);
        return;
    case EFFECT_CONFIG_SIZE:
        if (a && b) {
            add_values(c, pair, GUEST_CONFIG_SIZE, any->place);
        }
        return;
    case EFFECT_CALL:
        add_values(c, pair, GUEST_CAPABILITY, any->name ? any->name
                                                        : any->place);
        return;
    default:
        return;
    }
}

/* --- Pairing ------------------------------------------------------------------- */

/* What can be done more than once, and counts each time. */
static bool is_listed(const struct effect *effect)
{
    return effect->kind == EFFECT_CALL || effect->kind == EFFECT_FEATURE;
}

static void add_conditional(GHashTable *table, const struct effect *effect)
{
    GPtrArray *list = g_hash_table_lookup(table, effect->place);

    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(table, borrow(effect->place), list);
    }
    g_ptr_array_add(list, borrow(effect));
}

/* A capability may be there twice, a feature cannot. */
static bool counts(const struct effect *effect)
{
    return effect->kind != EFFECT_FEATURE;
}

/* Several effects of one place are told apart by their number. */
static GHashTable *index_effects(const struct effects *effects,
                                 GHashTable *conditional)
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal,
                                              g_free, NULL);

    for (guint i = 0; i < effects->list->len; i++) {
        const struct effect *effect = g_ptr_array_index(effects->list, i);
        char *key = NULL;

        if (effect->kind == EFFECT_ANY || effect->kind == EFFECT_SETTING) {
            continue;
        }
        if (*effect->guards) {
            add_conditional(conditional, effect);
            continue;
        }
        for (guint n = 0; !key || (counts(effect) &&
                                   g_hash_table_contains(index, key)); n++) {
            g_free(key);
            key = guest_effect_key(effect->kind, effect->place,
                                   is_listed(effect) ? effect->value : "", n);
        }
        g_hash_table_insert(index, key, borrow(effect));
    }
    return index;
}

/* The one condition of all EFFECTS if it says where a device sits, as one
 * object of the same type may and another may not; else NULL. */
static const char *topology(const GPtrArray *effects)
{
    const char *guards = ((struct effect *)effects->pdata[0])->guards;

    for (guint i = 1; i < effects->len; i++) {
        if (strcmp(((struct effect *)effects->pdata[i])->guards, guards)) {
            return NULL;
        }
    }
    return g_str_has_prefix(guards + (*guards == '!'), "pci_bus_is_") &&
           !strstr(guards, " && ") ? guards : NULL;
}

/* What is done on some condition on the other side may be the same; but a
 * device that sits elsewhere has lost what all had. */
static void compare_conditional(struct comparison *c, const struct pair *pair,
                                const GPtrArray *others)
{
    const char *where = topology(others);
    struct guest_found *found;

    if (pair->new || pair->old->kind != EFFECT_CALL || !where) {
        return;
    }
    const struct pair lost = { pair->old, others->pdata[0] };
    g_autofree char *value = g_strdup_printf(
        "made only if %.*s", (int)strcspn(where, "("), where);

    found = add_found(c, &lost, GUEST_CAPABILITY, pair->old->place);
    found->state.old_value = g_intern_static_string("made always");
    found->state.new_value = g_intern_string(value);
}

static void compare_pair(struct comparison *c, const struct pair *pair)
{
    GHashTable *others = pair->new ? c->old_places : c->new_places;
    const GPtrArray *conditional = g_hash_table_lookup(others,
                                                       of(pair)->place);

    if ((!pair->old || !pair->new) && conditional) {
        compare_conditional(c, pair, conditional);
        return;
    }
    if (is_listed(of(pair))) {
        if (!pair->old || !pair->new) {
            g_ptr_array_add(c->calls, g_memdup2(pair, sizeof(*pair)));
        }
    } else if (of(pair)->kind == EFFECT_BYTE) {
        compare_byte(c, pair);
    } else {
        compare_other(c, pair);
    }
}

/* The released code does not know FEATURE, on any condition. */
static bool is_unknown_before(const struct comparison *c,
                              const struct effect *feature)
{
    g_autofree char *on = guest_effect_key(EFFECT_FEATURE, feature->place,
                                           "on", 0);
    g_autofree char *off = guest_effect_key(EFFECT_FEATURE, feature->place,
                                            "off", 0);

    return !g_hash_table_contains(c->old_places, feature->place) &&
           !g_hash_table_contains(c->old, on) &&
           !g_hash_table_contains(c->old, off);
}

/* What has no name in the release was never offered: it is now, where
 * something that no property decides says so. */
static void add_offered(struct comparison *c)
{
    GHashTableIter iter;
    gpointer place, list;

    g_hash_table_iter_init(&iter, c->new_places);
    while (g_hash_table_iter_next(&iter, &place, &list)) {
        const struct effect *first = ((GPtrArray *)list)->pdata[0];
        const struct pair pair = { NULL, first };

        if (first->kind == EFFECT_FEATURE && !strcmp(first->value, "on") &&
            is_unknown_before(c, first)) {
            g_autofree char *value = g_strdup_printf("on if %s",
                                                     first->guards);

            add_found(c, &pair, GUEST_FEATURE, place)->state.new_value =
                g_intern_string(value);
        }
    }
}

static gint compare_calls(gconstpointer a, gconstpointer b)
{
    const struct effect *x = of(*(struct pair *const *)a);
    const struct effect *y = of(*(struct pair *const *)b);
    int order = strcmp(x->place, y->place);

    return order ? order : strcmp(x->value, y->value);
}

/* One call less and one more of a kind are one call that changed. */
static void add_calls(struct comparison *c)
{
    for (guint i = 0; i < c->calls->len; i++) {
        struct pair *a = g_ptr_array_index(c->calls, i);

        for (guint j = i + 1; j < c->calls->len; j++) {
            struct pair *b = g_ptr_array_index(c->calls, j);

            if (!a->old != !b->old && !strcmp(of(a)->place, of(b)->place)) {
                a->old = a->old ? a->old : b->old;
                a->new = a->new ? a->new : b->new;
                g_ptr_array_remove_index(c->calls, j);
                break;
            }
        }
        compare_other(c, a);
    }
}

static gint compare_found(gconstpointer a, gconstpointer b)
{
    const struct guest_found *x = *(struct guest_found *const *)a;
    const struct guest_found *y = *(struct guest_found *const *)b;
    int order = (x->loc.line > y->loc.line) - (x->loc.line < y->loc.line);

    order = order ? order : strcmp(x->function, y->function);
    order = order ? order : strcmp(x->state.name, y->state.name);
    order = order ? order : g_strcmp0(x->state.new_value,
                                      y->state.new_value);
    return order ? order : g_strcmp0(x->state.old_value, y->state.old_value);
}

static GHashTable *new_places(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                 (GDestroyNotify)g_ptr_array_unref);
}

GPtrArray *guest_compare(const struct effects *old,
                         const struct effects *new)
{
    struct comparison c = {
        .before = old, .after = new,
        .old_places = new_places(), .new_places = new_places(),
        .bytes = g_ptr_array_new_with_free_func(g_free),
        .calls = g_ptr_array_new_with_free_func(g_free),
        .found = g_ptr_array_new_with_free_func(g_free),
    };
    GHashTableIter iter;
    gpointer key, effect;

    c.old = index_effects(old, c.old_places);
    c.new = index_effects(new, c.new_places);
    guest_add_same_conditions(c.old, c.old_places, c.new, c.new_places);
    g_hash_table_iter_init(&iter, c.new);
    while (g_hash_table_iter_next(&iter, &key, &effect)) {
        struct pair pair = { g_hash_table_lookup(c.old, key), effect };

        compare_pair(&c, &pair);
    }
    g_hash_table_iter_init(&iter, c.old);
    while (g_hash_table_iter_next(&iter, &key, &effect)) {
        struct pair pair = { effect, NULL };

        if (!g_hash_table_contains(c.new, key)) {
            compare_pair(&c, &pair);
        }
    }
    g_ptr_array_sort(c.calls, compare_calls);
    add_calls(&c);
    add_registers(&c);
    add_offered(&c);
    guest_compare_settings(old, new, c.found);
    g_ptr_array_sort(c.found, compare_found);
    g_hash_table_unref(c.old);
    g_hash_table_unref(c.new);
    g_hash_table_unref(c.old_places);
    g_hash_table_unref(c.new_places);
    g_ptr_array_unref(c.bytes);
    g_ptr_array_unref(c.calls);
    return c.found;
}
