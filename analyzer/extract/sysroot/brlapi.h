/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef int brlapi_fileDescriptor;
typedef struct brlapi_handle_t brlapi_handle_t;
typedef unsigned long brlapi_keyCode_t;
typedef struct { const char *auth, *host; } brlapi_connectionSettings_t;
typedef struct { int displayNumber; unsigned regionBegin, regionSize;
                 const char *text; int textSize; const unsigned char *andMask,
                 *orMask; int cursor; const char *charset; }
    brlapi_writeArguments_t;
typedef struct { int brlerrno, libcerrno, gaierrno; const char *errfun; }
    brlapi_error_t;
extern brlapi_error_t brlapi_error;
#define BRLAPI_DOT1 1
#define BRLAPI_DOT2 2
#define BRLAPI_DOT3 4
#define BRLAPI_DOT4 8
#define BRLAPI_DOT5 16
#define BRLAPI_DOT6 32
#define BRLAPI_DOT7 64
#define BRLAPI_DOT8 128
#define BRLAPI_CURSOR_OFF 0
#define BRLAPI_TTY_DEFAULT (-1)
#define BRLAPI_WRITEARGUMENTS_INITIALIZER { 0 }
#define BRLAPI_KEY_TYPE_MASK 0xe0000000UL
#define BRLAPI_KEY_TYPE_CMD 0x20000000UL
#define BRLAPI_KEY_CODE_MASK 0x1fffffffUL
enum { BRLAPI_KEY_CMD_LNUP = 1, BRLAPI_KEY_CMD_LNDN, BRLAPI_KEY_CMD_FWINLT,
       BRLAPI_KEY_CMD_FWINRT, BRLAPI_KEY_CMD_HOME };
size_t brlapi_getHandleSize(void);
const char *brlapi_strerror(const brlapi_error_t *e);
