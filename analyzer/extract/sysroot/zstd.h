/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/types.h>
typedef struct ZSTD_CCtx ZSTD_CCtx, ZSTD_CStream;
typedef struct ZSTD_DCtx ZSTD_DCtx, ZSTD_DStream;
typedef struct { const void *src; size_t size, pos; } ZSTD_inBuffer;
typedef struct { void *dst; size_t size, pos; } ZSTD_outBuffer;
typedef enum { ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end } ZSTD_EndDirective;
ZSTD_CCtx *ZSTD_createCCtx(void);
ZSTD_DCtx *ZSTD_createDCtx(void);
ZSTD_CStream *ZSTD_createCStream(void);
ZSTD_DStream *ZSTD_createDStream(void);
size_t ZSTD_compressBound(size_t n);
size_t ZSTD_initCStream(ZSTD_CStream *s, int level);
size_t ZSTD_initDStream(ZSTD_DStream *s);
size_t ZSTD_compressStream2(ZSTD_CCtx *c, ZSTD_outBuffer *o, ZSTD_inBuffer *i,
                            ZSTD_EndDirective end);
size_t ZSTD_decompressStream(ZSTD_DStream *s, ZSTD_outBuffer *o,
                             ZSTD_inBuffer *i);
const char *ZSTD_getErrorName(size_t code);
