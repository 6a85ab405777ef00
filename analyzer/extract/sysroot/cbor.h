/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef struct cbor_item_t cbor_item_t;
typedef enum { CBOR_INT_8, CBOR_INT_16, CBOR_INT_32, CBOR_INT_64 }
    cbor_int_width;
enum { CBOR_ERR_NONE };
struct cbor_pair { cbor_item_t *key, *value; };
struct cbor_load_result { struct { size_t position; int code; } error;
                          size_t read; };
cbor_item_t *cbor_load(const unsigned char *p, size_t n,
                       struct cbor_load_result *r);
cbor_item_t *cbor_build_bool(bool b);
cbor_item_t *cbor_build_string(const char *s);
cbor_item_t *cbor_build_bytestring(const unsigned char *p, size_t n);
cbor_item_t *cbor_build_uint8(uint8_t x);
cbor_item_t *cbor_build_uint64(uint64_t x);
cbor_item_t *cbor_new_null(void);
cbor_item_t *cbor_new_int8(void);
cbor_item_t *cbor_new_definite_map(size_t n);
cbor_item_t *cbor_new_definite_array(size_t n);
cbor_item_t *cbor_move(cbor_item_t *i);
cbor_item_t *cbor_incref(cbor_item_t *i);
struct cbor_pair *cbor_map_handle(const cbor_item_t *i);
unsigned char *cbor_string_handle(const cbor_item_t *i);
unsigned char *cbor_bytestring_handle(const cbor_item_t *i);
size_t cbor_map_size(const cbor_item_t *i);
size_t cbor_string_length(const cbor_item_t *i);
size_t cbor_bytestring_length(const cbor_item_t *i);
size_t cbor_serialize(const cbor_item_t *i, unsigned char *p, size_t n);
