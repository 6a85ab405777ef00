/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_REPORT_STYLE_H
#define QCOMPAT_REPORT_STYLE_H

#include <stdbool.h>

/* How a report for people looks. */
struct style {
    bool color;
    bool verbose;
    unsigned width;          /* columns to fit in; 0 = as long as it gets */
};

#endif
