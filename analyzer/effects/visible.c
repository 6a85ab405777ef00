/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calls of QEMU's core API through which a guest sees something.
 */
#include "effects/walk.h"

#include "base/borrow.h"

#include <string.h>

/* --- Recording ---------------------------------------------------------------- */

static const char *guards_text(struct walker *w)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < w->guards->len; i++) {
        g_string_append_printf(text, "%s%s", i ? " && " : "",
                               (const char *)w->guards->pdata[i]);
    }
    return walk_string(w, text->str);
}

static struct effect *new_effect(struct walker *w, enum effect_kind kind,
                                 const char *place)
{
    struct effect *effect = walk_alloc(w, sizeof(*effect));
    const struct code_function *function =
        w->frame ? w->frame->function : NULL;

    effect->kind = kind;
    effect->place = walk_string(w, place);
    effect->guards = guards_text(w);
    effect->value = "";
    effect->function = "";
    effect->entry = w->entry;
    effect->loc = w->query->class_loc;
    if (!function) {
        return effect;
    }
    effect->function = function->symbol->name;
    effect->loc = (struct location) {
        .file = g_intern_string(ir_unit_file(function->unit, w->loc.file)),
        .line = (int)w->loc.line, .column = (int)w->loc.column,
    };
    return effect;
}

static struct effect *add_effect(struct walker *w, enum effect_kind kind,
                                 const char *place, const char *value,
                                 bool exact)
{
    struct effect *effect = new_effect(w, kind, place);

    effect->value = walk_string(w, value);
    effect->exact = exact;
    g_ptr_array_add(w->out->list, effect);
    return effect;
}

void visible_any(struct walker *w, const char *place, const char *value)
{
    add_effect(w, EFFECT_ANY, place, value, false);
}

void visible_setting(struct walker *w, const char *place, const char *value,
                     bool exact)
{
    add_effect(w, EFFECT_SETTING, place, value, exact);
}

void visible_feature(struct walker *w, unsigned bit, bool on)
{
    g_autofree char *place = g_strdup_printf("virtio feature %u", bit);

    add_effect(w, EFFECT_FEATURE, place, on ? "on" : "off", true);
}

/* --- Bytes of config space ------------------------------------------------------ */

static const struct effect *byte_before(struct walker *w, const char *place,
                                        const char *guards)
{
    g_autofree char *key = g_strdup_printf("%s\n%s", place, guards);
    const struct effect *found = g_hash_table_lookup(w->seen, key);

    return found || !*guards ? found : byte_before(w, place, "");
}

static struct bits combine(enum ir_op op, struct bits old, struct bits new)
{
    struct bits result = new;
    uint64_t a = old.value & old.known, b = new.value & new.known;

    if (op == IR_OP_OR_ASSIGN) {
        result.known = (old.known & new.known) | a | b;
        result.value = a | b;
    } else if (op == IR_OP_AND_ASSIGN) {
        result.known = (old.known & new.known) | (old.known & ~a) |
                       (new.known & ~b);
        result.value = a & b;
    }
    result.known &= 0xff;
    result.value &= result.known;
    return result;
}

static void write_byte(struct walker *w, const struct sym *to, enum ir_op op,
                       const struct sym *v, unsigned i, unsigned size,
                       const char *name)
{
    struct sym at = *to;
    struct bits byte = { 0, 0 };
    const struct effect *before;

    at.offset += i;
    const char *place = sym_to_text(w, &at);
    struct effect *effect = new_effect(w, EFFECT_BYTE, place);

    if (sym_is_number(v)) {
        byte.value = i < 8 ? v->number.value >> 8 * i & 0xff : 0;
        byte.known = i < 8 ? v->number.known >> 8 * i & 0xff : 0xff;
    }
    before = byte_before(w, place, effect->guards);
    effect->byte = combine(op, before ? before->byte
                                      : (struct bits) { 0, 0xff }, byte);
    effect->exact = effect->byte.known == 0xff;
    effect->value = effect->exact ? "" : sym_to_text(w, v);
    effect->name = name ? walk_string(w, name) : NULL;
    effect->space = to->space;
    effect->offset = at.offset;
    effect->at = i;
    effect->size = size;
    effect->relative = to->text != NULL;
    at.offset = 0;
    effect->base = sym_to_text(w, &at);
    g_autofree char *key = g_strdup_printf("%s\n%s", place, effect->guards);

    g_hash_table_insert(w->seen, borrow(walk_string(w, key)), effect);
}

void visible_write(struct walker *w, const struct sym *to, enum ir_op op,
                   const struct sym *v, unsigned size, const char *name)
{
    for (unsigned i = 0; i < size && i < WALK_MAX_BYTES && walk_step(w);
         i++) {
        write_byte(w, to, op, v, i, size, name);
    }
}

/* As in QEMU's hw/pci/pci.h and pci_regs.h. */
enum { PCI_BASE_ADDRESS_0 = 0x10, PCI_ROM_SLOT = 6 };

/* --- Calls ------------------------------------------------------------------------- */

enum call_kind {
    CALL_SET, CALL_OR, CALL_CLEAR,       /* N bytes at a place */
    CALL_FIXED,                          /* N bytes at a register */
    CALL_FILL, CALL_COPY,
    CALL_BAR, CALL_VF_BAR, CALL_REGION,               /* N: the argument that is a size */
    CALL_FEATURE, CALL_NO_FEATURE, CALL_HAS_FEATURE,
    CALL_VIRTIO, CALL_QUEUE, CALL_RESET, CALL_NEW,
};

struct known_call {
    const char *name;
    enum call_kind kind;
    unsigned n, offset;
    bool hidden;                 /* seen only together with another */
};

static const struct known_call calls[] = {
    { "pci_set_byte", CALL_SET, 1, 0, false },
    { "pci_set_word", CALL_SET, 2, 0, false },
    { "pci_set_long", CALL_SET, 4, 0, false },
    { "pci_set_quad", CALL_SET, 8, 0, false },
    { "pci_byte_test_and_set_mask", CALL_OR, 1, 0, false },
    { "pci_word_test_and_set_mask", CALL_OR, 2, 0, false },
    { "pci_long_test_and_set_mask", CALL_OR, 4, 0, false },
    { "pci_quad_test_and_set_mask", CALL_OR, 8, 0, false },
    { "pci_byte_test_and_clear_mask", CALL_CLEAR, 1, 0, false },
    { "pci_word_test_and_clear_mask", CALL_CLEAR, 2, 0, false },
    { "pci_long_test_and_clear_mask", CALL_CLEAR, 4, 0, false },
    { "pci_quad_test_and_clear_mask", CALL_CLEAR, 8, 0, false },
    { "pci_config_set_vendor_id", CALL_FIXED, 2, 0x00, false },
    { "pci_config_set_device_id", CALL_FIXED, 2, 0x02, false },
    { "pci_config_set_revision", CALL_FIXED, 1, 0x08, false },
    { "pci_config_set_prog_interface", CALL_FIXED, 1, 0x09, false },
    { "pci_config_set_class", CALL_FIXED, 2, 0x0a, false },
    { "pci_config_set_interrupt_pin", CALL_FIXED, 1, 0x3d, false },
    { "memset", CALL_FILL, 0, 0, true },
    { "memcpy", CALL_COPY, 0, 0, true },
    { "pci_register_bar", CALL_BAR, 0, 0, false },
    { "pcie_sriov_vf_register_bar", CALL_VF_BAR, 0, 0, false },
    { "memory_region_init", CALL_REGION, 3, 0, true },
    { "memory_region_init_io", CALL_REGION, 5, 0, true },
    { "memory_region_init_alias", CALL_REGION, 5, 0, true },
    { "memory_region_init_rom_device", CALL_REGION, 5, 0, true },
    { "memory_region_init_ram", CALL_REGION, 3, 0, true },
    { "memory_region_init_ram_nomigrate", CALL_REGION, 3, 0, true },
    { "memory_region_init_rom", CALL_REGION, 3, 0, true },
    { "virtio_add_feature", CALL_FEATURE, 0, 0, false },
    { "virtio_clear_feature", CALL_NO_FEATURE, 0, 0, false },
    { "virtio_has_feature", CALL_HAS_FEATURE, 0, 0, true },
    { "virtio_add_feature_ex", CALL_FEATURE, 0, 0, false },
    { "virtio_clear_feature_ex", CALL_NO_FEATURE, 0, 0, false },
    { "virtio_init", CALL_VIRTIO, 0, 0, false },
    { "virtio_add_queue", CALL_QUEUE, 0, 0, false },
    { "qemu_register_reset", CALL_RESET, 0, 0, true },
    { "pci_new", CALL_NEW, 0, 0, true },
    { "pci_new_multifunction", CALL_NEW, 0, 0, true },
    { "pci_create", CALL_NEW, 0, 0, true },
    { "pci_create_multifunction", CALL_NEW, 0, 0, true },
    { "qdev_new", CALL_NEW, 0, 0, true },
    { "qdev_create", CALL_NEW, 0, 0, true },
    { "object_new", CALL_NEW, 0, 0, true },
};

static const struct known_call *find_call(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
        if (!strcmp(calls[i].name, name)) {
            return &calls[i];
        }
    }
    return NULL;
}

/* Adds a capability or the like: pcie_aer_init, msix_init_exclusive_bar. */
bool visible_is_helper(const char *name)
{
    static const char *const names[] = {
        "msi_init", "msix_init", "msix_init_exclusive_bar", "shpc_init",
        "slotid_cap_init", "pci_pm_init", "pci_bridge_ssvid_init",
        "pci_register_vga",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!strcmp(name, names[i])) {
            return true;
        }
    }
    if (!g_str_has_prefix(name, "pci_") && !g_str_has_prefix(name, "pcie_")) {
        return false;
    }
    return strstr(name, "add_capability") || strstr(name, "_cap_init") ||
           (strstr(name, "_cap_") && g_str_has_suffix(name, "_init")) ||
           (g_str_has_prefix(name, "pcie_") && !strstr(name, "host") &&
            !strstr(name, "port_init") && g_str_has_suffix(name, "_init"));
}

bool effects_is_space(const char *name)
{
    static const char *const spaces[] = {
        "config", "wmask", "w1cmask", "cmask", NULL
    };

    return g_strv_contains(spaces, name);
}

bool effects_is_visible(const char *name)
{
    const struct known_call *call = find_call(name);

    return effects_is_space(name) || (call && !call->hidden) ||
           visible_is_helper(name);
}

/* How many of the arguments count: a position of 0 and a missing error are
 * the same as none. */
static unsigned count_args(const struct sym *args, unsigned n)
{
    while (n > 1 && ((sym_is_known(&args[n - 1]) &&
                      !args[n - 1].number.value) ||
                     (args[n - 1].text && strstr(args[n - 1].text, "err")))) {
        n--;
    }
    return n;
}

/* A pointer to the device, to a region or to an error is not what a guest
 * sees of a call: numbers are. */
void visible_helper(struct walker *w, const char *name,
                    const struct sym *args, unsigned n)
{
    g_autoptr(GString) text = g_string_new(NULL);
    bool exact = true;

    if (!visible_is_helper(name)) {
        return;
    }
    n = count_args(args, n);
    for (unsigned i = 1; i < n; i++) {
        if (!sym_is_number(&args[i])) {
            bool pointer = args[i].text && (*args[i].text == '&' ||
                           strstr(args[i].text, "err"));

            if (pointer) {
                continue;
            }
            exact = false;
        }
        g_string_append_printf(text, "%s%s", text->len ? ", " : "",
                               sym_to_text(w, &args[i]));
    }
    add_effect(w, EFFECT_CALL, name, text->str, exact)->name =
        walk_string(w, name);
}

/* What pci_register_bar() writes again: the address of REGION, as the class and
 * the code before it left it. */
static void forget_address(struct walker *w, const struct sym *region)
{
    const char *guards = guards_text(w);
    int64_t from = PCI_BASE_ADDRESS_0 + 4 * (int64_t)region->number.value;
    GHashTableIter iter;
    gpointer value;

    if (!sym_is_known(region) || region->number.value >= PCI_ROM_SLOT) {
        return;
    }
    g_hash_table_iter_init(&iter, w->seen);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct effect *effect = value;

        if (!effect->relative && effect->offset >= from &&
            effect->offset < from + 4 && !strcmp(effect->guards, guards)) {
            g_hash_table_iter_remove(&iter);
        }
    }
}

static void add_bar(struct walker *w, const struct sym *args)
{
    forget_address(w, &args[1]);
    g_autofree char *place = g_strdup_printf("BAR %s",
                                             sym_to_text(w, &args[1]));
    const struct sym *size = g_hash_table_lookup(
        w->heap, sym_to_text(w, &args[3]));
    g_autofree char *value = g_strdup_printf(
        "type %s, size %s", sym_to_text(w, &args[2]),
        size ? sym_to_text(w, size) : "not known");

    add_effect(w, EFFECT_BAR, place, value,
               sym_is_known(&args[1]) && sym_is_known(&args[2]) && size &&
               sym_is_known(size));
}

/* Its type and size are the physical function's. */
static void add_vf_bar(struct walker *w, const struct sym *args)
{
    g_autofree char *place = g_strdup_printf("BAR %s",
                                             sym_to_text(w, &args[1]));

    add_effect(w, EFFECT_BAR, place, "of a virtual function", false);
}

static void set_region(struct walker *w, const struct sym *args, unsigned n,
                       unsigned size)
{
    if (size < n) {
        struct sym *copy = walk_alloc(w, sizeof(*copy));

        *copy = args[size];
        g_hash_table_insert(w->heap, borrow(sym_to_text(w, &args[0])), copy);
    }
}

static void fill(struct walker *w, const struct sym *args, unsigned n)
{
    struct sym byte = n > 1 ? args[1] : sym_number(0);

    if (n < 3 || !args[0].space || !sym_is_known(&args[2])) {
        return;
    }
    if (sym_is_known(&byte)) {
        byte = sym_number((byte.number.value & 0xff) *
                          UINT64_C(0x0101010101010101));
    }
    for (uint64_t i = 0; i < args[2].number.value && i < WALK_MAX_BYTES;
         i += 8) {
        struct sym at = args[0];
        uint64_t rest = args[2].number.value - i;

        at.offset += (int64_t)i;
        visible_write(w, &at, IR_OP_ASSIGN, &byte, rest < 8 ? rest : 8,
                      args[0].spelling);
    }
}

static void copy_bytes(struct walker *w, const struct sym *args, unsigned n)
{
    struct sym unknown;

    if (n < 3 || !args[0].space || !sym_is_known(&args[2]) ||
        args[2].number.value > WALK_MAX_BYTES) {
        return;
    }
    unknown = sym_text(w, "copy of %s", sym_to_text(w, &args[1]));
    visible_write(w, &args[0], IR_OP_ASSIGN, &unknown,
                  (unsigned)args[2].number.value, args[0].spelling);
}

/* The variable that &features names. */
static struct sym has_feature(struct walker *w, const struct sym *args)
{
    struct sym bit = sym_binary(w, IR_OP_SHL, sym_number(1), args[1]);
    struct sym set = sym_binary(w, IR_OP_AND, args[0], bit);
    int truth = sym_truth(&set);

    return truth >= 0 ? sym_number((uint64_t)truth) : set;
}

/* Where the bit is on already, adding it changes nothing. */
static void change_feature(struct walker *w, const struct ir_node *node,
                           const struct sym *args, bool on)
{
    const struct ir_node *to = ir_kid(node, 1);
    struct sym bit = sym_binary(w, IR_OP_SHL, sym_number(1), args[1]);
    struct sym old, new;

    if (!to || !sym_is_known(&args[1]) || args[1].number.value >= 1024) {
        return;
    }
    if (to->kind != IR_ADDR || args[1].number.value >= 64) {
        visible_feature(w, (unsigned)args[1].number.value, on);
        return;
    }
    old = walk_eval(w, to->kids);
    if (!sym_is_number(&old)) {
        old = (struct sym) { .number = { 0, 0 } };
    }
    new = on ? sym_binary(w, IR_OP_OR, old, bit)
             : sym_binary(w, IR_OP_AND, old, sym_unary(w, IR_OP_NOT, bit));
    walk_assign(w, to->kids, new);
    if (!(old.number.known & bit.number.value) ||
        !(old.number.value & bit.number.value) == on) {
        visible_feature(w, (unsigned)args[1].number.value, on);
    }
}

static void virtio_config(struct walker *w, const struct sym *args,
                          unsigned n)
{
    const struct sym *size = &args[n - 1];

    if (n >= 3) {
        add_effect(w, EFFECT_CONFIG_SIZE, "virtio config size",
                   sym_to_text(w, size), sym_is_known(size));
    }
}

static void add_queue(struct walker *w, const struct sym *args, unsigned n)
{
    if (n >= 2) {
        add_effect(w, EFFECT_CALL, "virtio_add_queue",
                   sym_to_text(w, &args[1]), sym_is_known(&args[1]));
    }
}

static void write_call(struct walker *w, const struct known_call *call,
                       const struct sym *args)
{
    struct sym to = args[0], v = args[1];
    const char *name = to.spelling;

    if (!to.space) {
        return;
    }
    if (call->kind == CALL_FIXED) {
        to.offset += call->offset;
        name = call->name + strlen("pci_config_set_");
    }
    if (call->kind == CALL_CLEAR) {
        v = sym_unary(w, IR_OP_NOT, v);
    }
    visible_write(w, &to, call->kind == CALL_OR ? IR_OP_OR_ASSIGN :
                  call->kind == CALL_CLEAR ? IR_OP_AND_ASSIGN : IR_OP_ASSIGN,
                  &v, call->n, name);
}

static void call_reset(struct walker *w, const struct ir_node *node)
{
    const struct ir_node *handler = ir_kid(node, 1);
    const struct code_function *function =
        handler && handler->kind == IR_REF && handler->str
        ? code_find(w->world, handler->str, w->frame->function->file)
        : NULL;

    if (function) {
        walk_call(w, function, NULL, 0);
    }
}

bool visible_call(struct walker *w, const char *name,
                  const struct ir_node *node, const struct sym *args,
                  unsigned n, struct sym *ret)
{
    const struct known_call *call = find_call(name);

    if (!call || !n) {
        return false;
    }
    *ret = sym_text(w, "%s()", name);
    switch (call->kind) {
    case CALL_FILL:
        fill(w, args, n);
        break;
    case CALL_COPY:
        copy_bytes(w, args, n);
        break;
    case CALL_BAR:
        if (n >= 4) {
            add_bar(w, args);
        }
        break;
    case CALL_VF_BAR:
        if (n >= 2) {
            add_vf_bar(w, args);
        }
        break;
    case CALL_REGION:
        set_region(w, args, n, call->n);
        break;
    case CALL_FEATURE:
    case CALL_NO_FEATURE:
        if (n >= 2) {
            change_feature(w, node, args, call->kind == CALL_FEATURE);
        }
        break;
    case CALL_HAS_FEATURE:
        *ret = n >= 2 ? has_feature(w, args) : *ret;
        break;
    case CALL_VIRTIO:
        virtio_config(w, args, n);
        break;
    case CALL_QUEUE:
        add_queue(w, args, n);
        break;
    case CALL_RESET:
        call_reset(w, node);
        break;
    case CALL_NEW:
        *ret = sym_text(w, WALK_ANOTHER "%s()", name);
        break;
    default:
        if (n >= 2) {
            write_call(w, call, args);
        }
    }
    return true;
}
