/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How rules word what they found, the same in all of them.
 */
#ifndef QCOMPAT_RULES_WORDS_H
#define QCOMPAT_RULES_WORDS_H

#include "rules/rule.h"

/* "65535 (VIRTIO_BLK_AUTO_NUM_QUEUES)", "on", "no value"; free it. */
char *words_value(const struct property *property,
                  const struct value *value);
/* "x", "x and y", "x, y and z", "x and 11 more"; free it. */
char *words_types(const GPtrArray *types);
/* "v7.2.0" or "7.2": the revision that is compared with; free it. */
char *words_released(const struct change_set *changes);

/* A finding of RULE about a break, without message and location: subject,
 * values, devices, machines, arrays, and a level that respects how much the
 * devices promise and how sure the values are. */
struct finding *words_break(const struct rule *rule,
                            const struct compat_break *b);
/* Adds "the entry belongs in 'hw_compat_7_1': { … }" where that array is, or
 * will be, and the repair that writes it. */
void words_needed(struct finding *finding, const struct change_set *changes,
                  const struct compat_break *b);
/* The repair alone. */
void words_repair(struct finding *finding, const struct compat_break *b);
/* Repairs on the entries of a break: take away those that the release has
 * not, or give all of them VALUE. */
void words_repair_remove(struct finding *finding,
                         const struct change_set *changes,
                         const struct compat_break *b);
void words_repair_value(struct finding *finding, const struct compat_break *b,
                        const struct value *value);
/* A repair on the entry of an issue and its repeats: gives it the driver or
 * property (the other is NULL) that was meant; nothing where both are. */
void words_repair_issue(struct finding *finding,
                        const struct change_set *changes, guint index,
                        const char *driver, const char *property);
/* Whether the release has an array of ARRAY's id with an entry for the driver
 * and property of ENTRY. */
bool words_was_entry(const struct change_set *changes,
                     const struct compat_array *array,
                     const struct compat_entry *entry);
/* Adds the released declaration: "was 1 in v7.2.0". */
void words_was(struct finding *finding, const struct change_set *changes,
               const struct compat_break *b);

/* Issues on one driver and property are one finding: whether ISSUE, number
 * INDEX of the list, repeats an earlier one of its kind. */
bool words_is_repeat(const struct change_set *changes, guint index);
/* A finding of RULE about issue number INDEX and its repeats, located at the
 * entry, without message. */
struct finding *words_issue(const struct rule *rule,
                            const struct change_set *changes, guint index);

void words_add_devices(struct finding *finding, const GPtrArray *types);
void words_add_machines(struct finding *finding, const GPtrArray *machines);

#endif
