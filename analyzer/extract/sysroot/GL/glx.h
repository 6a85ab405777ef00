/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <X11/Xlib.h>
#include <epoxy/gl.h>
typedef struct qc_glx_context *GLXContext;
typedef struct qc_glx_config *GLXFBConfig;
typedef XID GLXPbuffer;
enum { GLX_GREEN_SIZE = 9, GLX_BLUE_SIZE, GLX_RGBA_TYPE = 0x8014,
       GLX_PRESERVED_CONTENTS = 0x801b, GLX_PBUFFER_HEIGHT = 0x8040,
       GLX_PBUFFER_WIDTH };
GLXContext glXCreateNewContext(Display *d, GLXFBConfig c, int type,
                               GLXContext share, Bool direct);
GLXFBConfig *glXChooseFBConfig(Display *d, int screen, const int *attrs,
                               int *n);
