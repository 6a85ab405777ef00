/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "reach-world.h"

GBytes *world_read(const char *path, void *opaque)
{
    for (const struct world_file *file = opaque; file->path; file++) {
        if (strcmp(file->path, path) == 0) {
            return g_bytes_new_static(file->text, strlen(file->text));
        }
    }
    return NULL;
}

const char *world_list(guint i, void *opaque)
{
    const struct world_file *file = opaque;

    for (guint k = 0; file->path; file++, k++) {
        if (k == i) {
            return g_intern_string(file->path);
        }
    }
    return NULL;
}

struct qom_type *world_type(struct facts *facts, const char *name,
                            const char *parent, const char *file)
{
    struct qom_type *type = facts_add_type(facts, g_intern_string(name));

    type->parent = g_intern_string(parent);
    type->loc.file = g_intern_string(file);
    return type;
}

struct qom_type *world_pluggable(struct facts *facts, const char *name,
                                 const char *parent, const char *file)
{
    struct qom_type *type = world_type(facts, name, parent, file);

    type->user_creatable = true;
    return type;
}

struct machine *world_machine(struct facts *facts, const char *name,
                              const char *target, const char *file)
{
    struct machine *machine = facts_add_machine(facts, g_intern_string(name));

    machine->targets = target_bit(target);
    machine->loc.file = g_intern_string(file);
    return machine;
}

static struct compat_array *add_array(struct facts *facts)
{
    return facts_add_array(facts, g_intern_string("hw_compat_7_2"));
}

struct facts *world_new(void)
{
    struct facts *facts = facts_new();
    struct compat_array *array = add_array(facts);

    g_ptr_array_add(world_machine(facts, "old-7.2", "x86_64",
                                  "hw/i386/old.c")->compat, array);
    g_ptr_array_add(world_machine(facts, "new-7.2", "x86_64",
                                  "hw/i386/new.c")->compat, array);
    g_ptr_array_add(world_machine(facts, "virt-7.2", "aarch64",
                                  "hw/arm/virt.c")->compat, array);
    world_machine(facts, "toy", "aarch64", "hw/arm/toy.c");
    world_type(facts, "device", "object", "hw/core/qdev.c")->abstract = true;
    world_type(facts, "pci-device", "device", "hw/pci/pci.c")->abstract = true;
    world_type(facts, "sys-bus-device", "device",
               "hw/core/sysbus.c")->abstract = true;
    return facts;
}

void world_assign(struct facts *facts, const struct world_file *files)
{
    struct reach_tree tree = { world_read, world_list,
                               (void *)(uintptr_t)files };

    reach_assign(facts, &tree);
    facts_seal(facts);
}

/* The names of the boards that can have TYPE, "*" where nothing is known. */
static char *boards_of(const struct facts *facts, const char *name)
{
    const struct qom_type *type = facts_type(facts, g_intern_string(name), 0);
    g_autoptr(GString) out = g_string_new(NULL);

    assert_non_null(type);
    if (type->boards == ALL_BOARDS) {
        return g_strdup("*");
    }
    for (guint i = 0; i < facts->boards->len; i++) {
        if (type->boards >> i & 1) {
            g_string_append_printf(out, "%s%s", out->len ? " " : "",
                                   (char *)g_ptr_array_index(facts->boards,
                                                             i));
        }
    }
    return g_strdup(out->str);
}

void world_assert_boards(const struct facts *facts, const char *name,
                         const char *expected)
{
    g_autofree char *boards = boards_of(facts, name);

    assert_string_equal(boards, expected);
}

char *world_repeat(const char *text, guint times)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < times; i++) {
        g_string_append(out, text);
    }
    return g_strdup(out->str);
}
