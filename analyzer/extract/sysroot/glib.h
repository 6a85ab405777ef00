/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* GLib as far as QEMU's sources need it: no behaviour, the types of values. */
#include <qc/libc.h>
#include <qc/glib-base.h>
#include <qc/glib-containers.h>
#include <qc/glib-main.h>
#include <qc/glib-utils.h>
