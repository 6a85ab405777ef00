/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/types.h>
typedef unsigned char Byte, Bytef;
typedef unsigned int uInt;
typedef unsigned long uLong, uLongf, z_crc_t;
typedef void *voidpf, *voidp;
typedef struct qc_gz *gzFile;
typedef struct z_stream_s {
    Bytef *next_in;
    uInt avail_in;
    uLong total_in;
    Bytef *next_out;
    uInt avail_out;
    uLong total_out;
    const char *msg;
    void *state;
    voidpf (*zalloc)(voidpf opaque, uInt n, uInt size);
    void (*zfree)(voidpf opaque, voidpf p);
    voidpf opaque;
    int data_type;
    uLong adler, reserved;
} z_stream, *z_streamp;
enum { Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH };
enum { Z_BUF_ERROR = -5, Z_MEM_ERROR, Z_DATA_ERROR, Z_STREAM_ERROR, Z_ERRNO,
       Z_OK, Z_STREAM_END, Z_NEED_DICT };
enum { Z_DEFAULT_COMPRESSION = -1, Z_NO_COMPRESSION, Z_BEST_SPEED,
       Z_BEST_COMPRESSION = 9 };
enum { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY };
#define Z_BINARY 0
#define Z_DEFLATED 8
#define Z_NULL 0
#define MAX_WBITS 15
#define MAX_MEM_LEVEL 9
uLong crc32(uLong crc, const Bytef *p, uInt n);
uLong adler32(uLong adler, const Bytef *p, uInt n);
uLong compressBound(uLong n);
uLong deflateBound(z_streamp s, uLong n);
gzFile gzopen(const char *path, const char *mode);
gzFile gzdopen(int fd, const char *mode);
