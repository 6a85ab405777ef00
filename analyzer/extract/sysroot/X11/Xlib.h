/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <X11/X.h>
typedef struct _XDisplay Display;
typedef unsigned long Atom, KeySym;
typedef int Bool;
typedef unsigned char KeyCode;
#define None 0L
#define True 1
#define False 0
Display *XOpenDisplay(const char *name);
