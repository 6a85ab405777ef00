/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef struct png_struct_def png_struct, *png_structp;
typedef struct png_info_def png_info, *png_infop;
typedef unsigned char png_byte, *png_bytep;
typedef png_byte **png_bytepp;
typedef size_t png_size_t;
typedef struct { png_byte red, green, blue; } png_color;
enum { PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB = 2, PNG_COLOR_TYPE_PALETTE,
       PNG_COLOR_TYPE_RGB_ALPHA = 6 };
enum { PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT = 0,
       PNG_FILTER_TYPE_DEFAULT = 0, PNG_NO_FILTERS = 0 };
#define PNG_LIBPNG_VER_STRING "1.6.39"
png_struct *png_create_write_struct(const char *v, void *e, void *f, void *g);
png_info *png_create_info_struct(png_struct *p);
void *png_get_io_ptr(png_struct *p);
