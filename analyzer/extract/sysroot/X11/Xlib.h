/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef struct _XDisplay Display;
typedef unsigned long Window, XID, Atom, KeySym;
typedef int Bool;
typedef unsigned char KeyCode;
#define None 0L
#define True 1
#define False 0
Display *XOpenDisplay(const char *name);
