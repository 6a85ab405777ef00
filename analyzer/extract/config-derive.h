/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headers that QEMU derives from other files of its tree. */
#ifndef QCOMPAT_EXTRACT_CONFIG_DERIVE_H
#define QCOMPAT_EXTRACT_CONFIG_DERIVE_H

#include "extract/config.h"

/* What hxtool makes of an .hx file: its lines without documentation. */
char *config_derive_hx(char *const *lines);

/* The object types that gdbus-codegen makes of a D-Bus description. */
char *config_derive_dbus(char *const *lines);

/*
 * target/s390x/gen-features.h from the program that prints it: names of
 * feature lists and groups.  The lists themselves are not evaluated; they
 * expand to an address, which no evaluator takes for a number.
 */
char *config_derive_s390x_features(char *const *lines);

#endif
