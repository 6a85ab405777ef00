/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
#define GNUTLS_VERSION_NUMBER 0x030709
#define LIBGNUTLS_VERSION_NUMBER GNUTLS_VERSION_NUMBER
#define LIBGNUTLS_VERSION_MAJOR 3
typedef struct qc_gnutls_session *gnutls_session_t;
typedef struct qc_gnutls_cred *gnutls_certificate_credentials_t,
        *gnutls_anon_server_credentials_t, *gnutls_anon_client_credentials_t,
        *gnutls_psk_server_credentials_t, *gnutls_psk_client_credentials_t;
typedef struct qc_gnutls_dh *gnutls_dh_params_t;
typedef struct qc_gnutls_priority *gnutls_priority_t;
typedef struct qc_gnutls_crt *gnutls_x509_crt_t;
typedef struct qc_gnutls_key *gnutls_x509_privkey_t;
typedef struct qc_gnutls_hash *gnutls_hash_hd_t;
typedef struct qc_gnutls_hmac *gnutls_hmac_hd_t;
typedef struct qc_gnutls_cipher *gnutls_cipher_hd_t;
typedef void *gnutls_transport_ptr_t;
typedef struct { unsigned char *data; unsigned int size; } gnutls_datum_t;
typedef enum { GNUTLS_CIPHER_UNKNOWN, GNUTLS_CIPHER_CHACHA20_POLY1305 = 22,
               GNUTLS_CIPHER_AES_128_CBC = 4, GNUTLS_CIPHER_AES_256_CBC = 5,
               GNUTLS_CIPHER_AES_192_CBC = 92, GNUTLS_CIPHER_3DES_CBC = 3,
               GNUTLS_CIPHER_AES_128_XTS = 28, GNUTLS_CIPHER_AES_256_XTS }
    gnutls_cipher_algorithm_t;
typedef enum { GNUTLS_DIG_UNKNOWN, GNUTLS_DIG_MD5 = 2, GNUTLS_DIG_SHA1,
               GNUTLS_DIG_RMD160, GNUTLS_DIG_SHA256 = 6, GNUTLS_DIG_SHA384,
               GNUTLS_DIG_SHA512, GNUTLS_DIG_SHA224 }
    gnutls_digest_algorithm_t;
typedef enum { GNUTLS_MAC_UNKNOWN, GNUTLS_MAC_MD5 = 2, GNUTLS_MAC_SHA1,
               GNUTLS_MAC_RMD160, GNUTLS_MAC_SHA256 = 6, GNUTLS_MAC_SHA384,
               GNUTLS_MAC_SHA512, GNUTLS_MAC_SHA224 } gnutls_mac_algorithm_t;
typedef enum { GNUTLS_X509_FMT_DER, GNUTLS_X509_FMT_PEM }
    gnutls_x509_crt_fmt_t;
typedef enum { GNUTLS_TLS1_2 = 4, GNUTLS_TLS1_3 } gnutls_protocol_t;
enum { GNUTLS_CRD_CERTIFICATE = 1, GNUTLS_CRD_ANON, GNUTLS_CRD_SRP,
       GNUTLS_CRD_PSK };
enum { GNUTLS_E_SUCCESS = 0, GNUTLS_E_UNKNOWN_CIPHER_SUITE = -21,
       GNUTLS_E_AGAIN = -28, GNUTLS_E_SHORT_MEMORY_BUFFER = -51,
       GNUTLS_E_INTERRUPTED = -52, GNUTLS_E_PREMATURE_TERMINATION = -110,
       GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE = -56 };
#define GNUTLS_SERVER 1
#define GNUTLS_CLIENT 2
#define GNUTLS_NONBLOCK 8
#define GNUTLS_SHUT_RDWR 0
#define GNUTLS_SHUT_WR 1
#define GNUTLS_CERT_REQUEST 1
#define GNUTLS_CERT_REQUIRE 2
#define GNUTLS_CERT_INVALID 2
#define GNUTLS_CERT_REVOKED 32
#define GNUTLS_CERT_SIGNER_NOT_FOUND 64
#define GNUTLS_CERT_INSECURE_ALGORITHM 256
#define GNUTLS_PSK_KEY_RAW 0
#define GNUTLS_PSK_KEY_HEX 1
#define GNUTLS_RND_NONCE 0
#define GNUTLS_RND_RANDOM 1
#define GNUTLS_KEY_DIGITAL_SIGNATURE 128
#define GNUTLS_KEY_KEY_ENCIPHERMENT 32
#define GNUTLS_KEY_KEY_CERT_SIGN 4
#define GNUTLS_KP_TLS_WWW_SERVER "1.3.6.1.5.5.7.3.1"
#define GNUTLS_KP_TLS_WWW_CLIENT "1.3.6.1.5.5.7.3.2"
#define GNUTLS_KP_ANY "2.5.29.37.0"
const char *gnutls_strerror(int err);
const gnutls_datum_t *gnutls_certificate_get_peers(gnutls_session_t s,
                                                   unsigned int *n);
ssize_t gnutls_record_send(gnutls_session_t s, const void *p, size_t n);
ssize_t gnutls_record_recv(gnutls_session_t s, void *p, size_t n);
size_t gnutls_record_check_pending(gnutls_session_t s);
time_t gnutls_x509_crt_get_expiration_time(gnutls_x509_crt_t crt);
time_t gnutls_x509_crt_get_activation_time(gnutls_x509_crt_t crt);
