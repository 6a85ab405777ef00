/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Byte format of a unit, shared by encode.c and decode.c.
 *
 * magic, then varints: strings (count, then length and bytes each), path,
 * targets, files (count, string each), gaps, symbols (each with the length of
 * its body), then the bodies one after the other.  A string is its index + 1,
 * 0 = NULL.  Signed values are zigzag.  A node is its kind, a byte that says
 * which parts follow, the parts, and its kids.
 */
#ifndef QCOMPAT_IR_FORMAT_H
#define QCOMPAT_IR_FORMAT_H

#define IR_MAGIC "qcompat-ir 1\n"

enum ir_part {
    IR_PART_OP = 1 << 0,
    IR_PART_FLAGS = 1 << 1,
    IR_PART_VALUE = 1 << 2,
    IR_PART_VALUE2 = 1 << 3,
    IR_PART_STR = 1 << 4,
    IR_PART_STR2 = 1 << 5,
    IR_PART_LOC = 1 << 6,
    IR_PART_KIDS = 1 << 7,
};

/* Deeper nesting than this is hostile: cut off by both sides. */
#define IR_MAX_DEPTH 400

#endif
