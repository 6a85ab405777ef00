/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef struct sasl_conn sasl_conn_t;
typedef struct { unsigned min_ssf, max_ssf, maxbufsize, security_flags;
                 const char **property_names, **property_values; }
    sasl_security_properties_t;
typedef unsigned sasl_ssf_t;
typedef struct { unsigned long id; int (*proc)(void); void *context; }
    sasl_callback_t;
enum { SASL_OK, SASL_CONTINUE, SASL_BADAUTH = -13 };
enum { SASL_USERNAME, SASL_SSF, SASL_SSF_EXTERNAL = 100, SASL_SEC_PROPS };
#define SASL_SEC_NOPLAINTEXT 1
#define SASL_SEC_NOANONYMOUS 16
#define SASL_SUCCESS_DATA 4
const char *sasl_errdetail(sasl_conn_t *c);
const char *sasl_errstring(int err, const char *langs, const char **out);
