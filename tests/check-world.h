/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts made by hand for the tests of the engine: two machine families in
 * three releases, a few devices in variants.
 */
#ifndef QCOMPAT_TESTS_CHECK_WORLD_H
#define QCOMPAT_TESTS_CHECK_WORLD_H

#include "check/check.h"
#include "rules/rule.h"

/* What a test changes in a tree before it is sealed. */
typedef void edit_fn(struct facts *facts);

/*
 * The world, changed by EDIT (may be NULL).
 * Machine types: pc-q35 (x86_64) and virt (aarch64), 7.1, 7.2, 8.0, and 8.1
 * where OPEN: then hw_compat_8_0 exists as well.
 * Types: device > pci-device > demo-base > demo, demo-fast (one state
 * struct), lone (own struct); virtio-device > vdemo-device; pci-device >
 * vdemo-pci-base > vdemo-pci, vdemo-pci-transitional (alias everything of
 * vdemo-device); sysbus-demo (x86_64 only).
 * Properties: pci-device: multifunction off; demo-base: queues 4, size 64K,
 * mode auto, vectors 3 (DemoProxy.nvectors); lone: rate 10; vdemo-device:
 * depth 128; sysbus-demo: signal on.
 */
struct facts *world_new(bool open, edit_fn *edit);

struct qom_type *world_type(struct facts *facts, const char *name);
struct property *world_property(struct facts *facts, const char *type,
                                const char *name);
struct compat_array *world_array(struct facts *facts, const char *id);
struct machine *world_machine(struct facts *facts, const char *name);

struct qom_type *world_add_type(struct facts *facts, const char *name,
                                const char *parent);
struct property *world_add_bool(struct facts *facts, const char *type,
                                const char *name, bool def);
struct property *world_add_uint(struct facts *facts, const char *type,
                                const char *name, uint64_t def);
void world_bind(struct property *property, const char *record,
                const char *field, int bit);
struct compat_entry *world_add_entry(struct facts *facts, const char *array,
                                     const char *driver, const char *property,
                                     const char *value);
void world_remove_property(struct facts *facts, const char *type,
                           const char *name);
/* Takes the last application of ARRAY from the machine's list. */
void world_unapply(struct facts *facts, const char *machine,
                   const char *array);

/* Runs all rules; takes the facts, any of RELEASED and BASE may be NULL.
 * The findings are freed with the verdict. */
struct verdict {
    struct check_input input;
    struct check_result *result;
    struct facts *released, *base, *head;
};
void verdict_init(struct verdict *verdict, struct facts *released,
                  struct facts *base, struct facts *head);
void verdict_run(struct verdict *verdict);
void verdict_clear(struct verdict *verdict);
typedef struct verdict Verdict;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Verdict, verdict_clear)

/* The findings in a line: "rule:subject:level; …", for comparison. */
char *verdict_text(const struct verdict *verdict);
/* Base is the release; HEAD is the world with 8.1, changed by EDIT.  Asserts
 * on the text of the findings. */
void assert_verdict(edit_fn *edit, const char *expected);

#endif
