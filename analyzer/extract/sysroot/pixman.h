/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef int pixman_bool_t;
typedef int32_t pixman_fixed_t;
typedef union pixman_image pixman_image_t;
typedef struct pixman_color { uint16_t red, green, blue, alpha; }
    pixman_color_t;
typedef struct { int16_t x1, y1, x2, y2; } pixman_box16_t;
typedef struct { int32_t x1, y1, x2, y2; } pixman_box32_t;
typedef struct { int16_t x, y; uint16_t width, height; } pixman_rectangle16_t;
typedef struct { pixman_box16_t extents; void *data; } pixman_region16_t;
typedef struct { pixman_box32_t extents; void *data; } pixman_region32_t;
typedef struct { pixman_fixed_t matrix[3][3]; } pixman_transform_t;
typedef void (*pixman_image_destroy_func_t)(pixman_image_t *image, void *data);
#define PIXMAN_VERSION_ENCODE(a, b, c) ((a) * 10000 + (b) * 100 + (c))
#define PIXMAN_VERSION PIXMAN_VERSION_ENCODE(0, 42, 2)
#define PIXMAN_TYPE_OTHER 0
#define PIXMAN_TYPE_A 1
#define PIXMAN_TYPE_ARGB 2
#define PIXMAN_TYPE_ABGR 3
#define PIXMAN_TYPE_YUY2 6
#define PIXMAN_TYPE_BGRA 8
#define PIXMAN_TYPE_RGBA 9
#define PIXMAN_FORMAT(bpp, type, a, r, g, b) \
    (((bpp) << 24) | ((type) << 16) | ((a) << 12) | ((r) << 8) | ((g) << 4) | \
     (b))
#define PIXMAN_FORMAT_BPP(f) ((uint32_t)(f) >> 24)
#define PIXMAN_FORMAT_TYPE(f) (((f) >> 16) & 0x3f)
#define PIXMAN_FORMAT_RESHIFT(v, o, n) (((v) >> (o)) & ((1 << (n)) - 1))
#define PIXMAN_FORMAT_A(f) (((f) >> 12) & 15)
#define PIXMAN_FORMAT_R(f) (((f) >> 8) & 15)
#define PIXMAN_FORMAT_G(f) (((f) >> 4) & 15)
#define PIXMAN_FORMAT_B(f) ((f) & 15)
#define PIXMAN_FORMAT_DEPTH(f) \
    (PIXMAN_FORMAT_A(f) + PIXMAN_FORMAT_R(f) + PIXMAN_FORMAT_G(f) + \
     PIXMAN_FORMAT_B(f))
typedef enum {
    PIXMAN_a8r8g8b8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_ARGB, 8, 8, 8, 8),
    PIXMAN_x8r8g8b8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_ARGB, 0, 8, 8, 8),
    PIXMAN_a8b8g8r8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_ABGR, 8, 8, 8, 8),
    PIXMAN_x8b8g8r8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_ABGR, 0, 8, 8, 8),
    PIXMAN_b8g8r8a8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_BGRA, 8, 8, 8, 8),
    PIXMAN_b8g8r8x8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_BGRA, 0, 8, 8, 8),
    PIXMAN_r8g8b8a8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_RGBA, 8, 8, 8, 8),
    PIXMAN_r8g8b8x8 = PIXMAN_FORMAT(32, PIXMAN_TYPE_RGBA, 0, 8, 8, 8),
    PIXMAN_r8g8b8 = PIXMAN_FORMAT(24, PIXMAN_TYPE_ARGB, 0, 8, 8, 8),
    PIXMAN_b8g8r8 = PIXMAN_FORMAT(24, PIXMAN_TYPE_ABGR, 0, 8, 8, 8),
    PIXMAN_r5g6b5 = PIXMAN_FORMAT(16, PIXMAN_TYPE_ARGB, 0, 5, 6, 5),
    PIXMAN_a1r5g5b5 = PIXMAN_FORMAT(16, PIXMAN_TYPE_ARGB, 1, 5, 5, 5),
    PIXMAN_x1r5g5b5 = PIXMAN_FORMAT(16, PIXMAN_TYPE_ARGB, 0, 5, 5, 5),
    PIXMAN_a8 = PIXMAN_FORMAT(8, PIXMAN_TYPE_A, 8, 0, 0, 0),
    PIXMAN_yuy2 = PIXMAN_FORMAT(16, PIXMAN_TYPE_YUY2, 0, 0, 0, 0),
} pixman_format_code_t;
typedef enum { PIXMAN_OP_CLEAR, PIXMAN_OP_SRC, PIXMAN_OP_DST, PIXMAN_OP_OVER,
               PIXMAN_OP_ADD = 12 } pixman_op_t;
typedef enum { PIXMAN_FILTER_FAST, PIXMAN_FILTER_GOOD, PIXMAN_FILTER_BEST,
               PIXMAN_FILTER_NEAREST, PIXMAN_FILTER_BILINEAR,
               PIXMAN_FILTER_CONVOLUTION } pixman_filter_t;
#define pixman_double_to_fixed(d) ((pixman_fixed_t)((d) * 65536.0))
#define pixman_int_to_fixed(i) ((pixman_fixed_t)((i) * 65536))
#define pixman_fixed_1 65536
pixman_image_t *pixman_image_create_bits(pixman_format_code_t f, int w, int h,
                                         uint32_t *bits, int stride);
pixman_image_t *pixman_image_create_solid_fill(const pixman_color_t *c);
pixman_image_t *pixman_image_ref(pixman_image_t *i);
uint32_t *pixman_image_get_data(pixman_image_t *i);
pixman_format_code_t pixman_image_get_format(pixman_image_t *i);
pixman_box16_t *pixman_region_extents(pixman_region16_t *r);
pixman_box32_t *pixman_region32_rectangles(pixman_region32_t *r, int *n);
