/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a property is worth on a machine type.
 *
 * Mirrors object_apply_compat_props() and object_apply_global_props() of
 * qom/object.c and hw/core/qdev-properties.c (v4.0 and later): the class
 * default, then the machine's entries in order of application; an entry
 * applies when its driver is the type, an ancestor or an interface of it; the
 * last one wins.  Entries on an outer device (virtio-blk-pci) beat those on
 * the device inside it (virtio-blk-device) whatever their arrays.
 */
#ifndef QCOMPAT_MODEL_EFFECTIVE_H
#define QCOMPAT_MODEL_EFFECTIVE_H

#include "model/facts.h"

struct effective {
    struct value value;
    const struct property *property;    /* the declaration behind it */
    const struct qom_type *owner;       /* the type that declares it */
    const struct compat_entry *entry;   /* the entry that won, or NULL */
    const struct compat_array *array;   /* its array, or NULL */
    bool bad_value;                     /* the entry's text does not parse */
};

/*
 * The value of property NAME of an object of TYPE on MACHINE (NULL = no
 * machine: the default).  False where the type has no such property.
 */
bool effective_value(const struct facts *facts, const struct machine *machine,
                     const struct qom_type *type, const char *name,
                     struct effective *ret);

#endif
