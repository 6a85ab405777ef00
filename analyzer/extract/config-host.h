/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of config-host.h that does not depend on the tree. */
#ifndef QCOMPAT_EXTRACT_CONFIG_HOST_H
#define QCOMPAT_EXTRACT_CONFIG_HOST_H

/* Macros that are 1; NULL-terminated. */
const char *const *config_host_enabled(void);
/* Text of "#define NAME VALUE" lines for the others. */
const char *config_host_values(void);

#endif
