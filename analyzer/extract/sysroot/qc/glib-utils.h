/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

typedef struct GDir GDir;
typedef struct GKeyFile GKeyFile;
typedef struct GChecksum GChecksum;
typedef struct GHmac GHmac;
typedef struct GRand GRand;
typedef struct GRegex GRegex;
typedef struct GMatchInfo GMatchInfo;
typedef struct GDateTime GDateTime;
typedef struct GTimeZone GTimeZone;
typedef struct GDate GDate;
typedef struct GUri GUri;
typedef struct GUriParamsIter { gpointer dummy[8]; } GUriParamsIter;
typedef struct GVariant GVariant;
typedef struct GVariantBuilder GVariantBuilder;
typedef struct GVariantIter GVariantIter;
typedef struct GVariantType GVariantType;
typedef struct GOptionContext GOptionContext;
typedef struct GOptionGroup GOptionGroup;
typedef struct GPatternSpec GPatternSpec;
typedef struct GMappedFile GMappedFile;
typedef struct GModule GModule;
typedef struct GStatBuf { struct stat st; } GStatBuf;
typedef struct GTimeVal { glong tv_sec, tv_usec; } GTimeVal;
typedef struct GTestSuite GTestSuite;
typedef struct GTestCase GTestCase;
typedef struct { const gchar *key; guint value; } GDebugKey;
typedef struct GOptionEntry {
    const gchar *long_name;
    gchar short_name;
    gint flags;
    int arg;
    gpointer arg_data;
    const gchar *description, *arg_description;
} GOptionEntry;
enum { G_OPTION_ARG_NONE, G_OPTION_ARG_STRING, G_OPTION_ARG_INT,
       G_OPTION_ARG_CALLBACK, G_OPTION_ARG_FILENAME,
       G_OPTION_ARG_STRING_ARRAY, G_OPTION_ARG_FILENAME_ARRAY,
       G_OPTION_ARG_DOUBLE, G_OPTION_ARG_INT64 };
#define G_OPTION_REMAINING ""
typedef enum { G_CHECKSUM_MD5, G_CHECKSUM_SHA1, G_CHECKSUM_SHA256,
               G_CHECKSUM_SHA512, G_CHECKSUM_SHA384 } GChecksumType;
typedef enum {
    G_LOG_FLAG_RECURSION = 1, G_LOG_FLAG_FATAL = 2, G_LOG_LEVEL_ERROR = 4,
    G_LOG_LEVEL_CRITICAL = 8, G_LOG_LEVEL_WARNING = 16,
    G_LOG_LEVEL_MESSAGE = 32, G_LOG_LEVEL_INFO = 64, G_LOG_LEVEL_DEBUG = 128,
    G_LOG_LEVEL_MASK = ~3
} GLogLevelFlags;
typedef void (*GLogFunc)(const gchar *domain, GLogLevelFlags level,
                         const gchar *message, gpointer opaque);
#define G_LOG_DOMAIN ((gchar *)0)
typedef enum { G_FILE_TEST_IS_REGULAR = 1, G_FILE_TEST_IS_SYMLINK = 2,
               G_FILE_TEST_IS_DIR = 4, G_FILE_TEST_IS_EXECUTABLE = 8,
               G_FILE_TEST_EXISTS = 16 } GFileTest;
typedef enum { G_FILE_ERROR_EXIST, G_FILE_ERROR_NOENT = 4,
               G_FILE_ERROR_FAILED = 24 } GFileError;
typedef enum { G_SPAWN_DEFAULT, G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
               G_SPAWN_DO_NOT_REAP_CHILD, G_SPAWN_SEARCH_PATH = 4,
               G_SPAWN_STDOUT_TO_DEV_NULL = 8,
               G_SPAWN_STDERR_TO_DEV_NULL = 16,
               G_SPAWN_CLOEXEC_PIPES = 256 } GSpawnFlags;
typedef enum { G_KEY_FILE_NONE } GKeyFileFlags;
typedef enum { G_REGEX_CASELESS = 1 } GRegexCompileFlags;
typedef enum { G_REGEX_MATCH_NOTEMPTY = 1024 } GRegexMatchFlags;
typedef enum { G_URI_FLAGS_NONE } GUriFlags;
typedef enum { G_URI_PARAMS_NONE } GUriParamsFlags;
typedef enum { G_NORMALIZE_DEFAULT } GNormalizeMode;
typedef enum { G_MODULE_BIND_LAZY = 1, G_MODULE_BIND_LOCAL } GModuleFlags;
#define G_CONVERT_ERROR 1
#define G_FILE_ERROR 2
#define G_OPTION_ERROR 3
#define G_SPAWN_ERROR 4
#define G_KEY_FILE_ERROR 5
#define G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "!$&'()*+,;=:@/"
#define G_VARIANT_TYPE(s) ((const GVariantType *)(s))

void g_strfreev(gchar **v);
void g_error_free(GError *e);
void g_dir_close(GDir *d);
void g_rand_free(GRand *r);
void g_key_file_free(GKeyFile *f);
void g_checksum_free(GChecksum *c);
void g_hmac_unref(GHmac *h);
void g_date_time_unref(GDateTime *d);
void g_uri_unref(GUri *u);
gchar *g_strdup(const gchar *s);
gchar *g_strndup(const gchar *s, gsize n);
gchar *g_strnfill(gsize n, gchar c);
gchar *g_strdup_printf(const gchar *fmt, ...);
gchar *g_strdup_vprintf(const gchar *fmt, va_list ap);
gint g_vasprintf(gchar **s, const gchar *fmt, va_list ap);
gchar *g_strconcat(const gchar *s, ...);
gchar *g_strjoin(const gchar *sep, ...);
gchar *g_strjoinv(const gchar *sep, gchar **v);
gchar **g_strsplit(const gchar *s, const gchar *sep, gint n);
gchar **g_strsplit_set(const gchar *s, const gchar *set, gint n);
gchar **g_strdupv(gchar **v);
guint g_strv_length(gchar **v);
gboolean g_strv_contains(const gchar *const *v, const gchar *s);
gboolean g_strv_equal(const gchar *const *a, const gchar *const *b);
gchar *g_strstrip(gchar *s);
gchar *g_strchomp(gchar *s);
gchar *g_strchug(gchar *s);
gchar *g_strdelimit(gchar *s, const gchar *set, gchar c);
gchar *g_strcanon(gchar *s, const gchar *valid, gchar c);
gchar *g_strreverse(gchar *s);
gchar *g_strescape(const gchar *s, const gchar *except);
gchar *g_strcompress(const gchar *s);
gchar *g_strrstr(const gchar *s, const gchar *part);
gchar *g_strstr_len(const gchar *s, gssize n, const gchar *part);
gchar *g_stpcpy(gchar *to, const gchar *from);
gchar *g_ascii_strup(const gchar *s, gssize n);
gchar *g_ascii_strdown(const gchar *s, gssize n);
gchar *g_ascii_dtostr(gchar *buf, gint n, gdouble d);
gchar g_ascii_tolower(gchar c);
gchar g_ascii_toupper(gchar c);
gint64 g_ascii_strtoll(const gchar *s, gchar **end, guint base);
guint64 g_ascii_strtoull(const gchar *s, gchar **end, guint base);
gdouble g_ascii_strtod(const gchar *s, gchar **end);
gint g_strcmp0(const char *a, const char *b);
gsize g_strlcpy(gchar *to, const gchar *from, gsize n);
gsize g_strlcat(gchar *to, const gchar *from, gsize n);
gint g_ascii_strcasecmp(const gchar *a, const gchar *b);
gint g_ascii_strncasecmp(const gchar *a, const gchar *b, gsize n);
gboolean g_str_has_prefix(const gchar *s, const gchar *prefix);
gboolean g_str_has_suffix(const gchar *s, const gchar *suffix);
const gchar *g_strerror(gint err);
const gchar *g_strsignal(gint sig);
const gchar *g_intern_string(const gchar *s);
const gchar *g_intern_static_string(const gchar *s);
const gchar *g_quark_to_string(GQuark q);
gchar *g_markup_escape_text(const gchar *s, gssize n);
gchar *g_utf8_normalize(const gchar *s, gssize n, GNormalizeMode mode);
gchar *g_utf8_strdown(const gchar *s, gssize n);
gchar *g_utf8_strreverse(const gchar *s, gssize n);
gchar *g_utf16_to_utf8(const gunichar2 *s, glong n, glong *r, glong *w,
                       GError **error);
gunichar2 *g_utf8_to_utf16(const gchar *s, glong n, glong *r, glong *w,
                           GError **error);
gunichar *g_utf8_to_ucs4_fast(const gchar *s, glong n, glong *w);
gchar *g_convert(const gchar *s, gssize n, const gchar *to, const gchar *from,
                 gsize *r, gsize *w, GError **error);
gchar *g_locale_to_utf8(const gchar *s, gssize n, gsize *r, gsize *w,
                        GError **error);
guchar *g_base64_decode(const gchar *s, gsize *n);
guchar *g_base64_decode_inplace(gchar *s, gsize *n);
gchar *g_base64_encode(const guchar *p, gsize n);
gchar *g_compute_checksum_for_data(GChecksumType type, const guchar *p,
                                   gsize n);
gchar *g_compute_checksum_for_string(GChecksumType type, const gchar *s,
                                     gssize n);
GChecksum *g_checksum_new(GChecksumType type);
const gchar *g_checksum_get_string(GChecksum *c);
GHmac *g_hmac_new(GChecksumType type, const guchar *key, gsize n);

gchar *g_build_filename(const gchar *s, ...);
gchar *g_build_path(const gchar *sep, const gchar *s, ...);
gchar *g_path_get_basename(const gchar *path);
gchar *g_path_get_dirname(const gchar *path);
gchar *g_canonicalize_filename(const gchar *path, const gchar *dir);
gchar *g_find_program_in_path(const gchar *name);
gchar *g_file_read_link(const gchar *path, GError **error);
gchar *g_get_current_dir(void);
gchar *g_mkdtemp(gchar *templ);
gchar *g_dir_make_tmp(const gchar *templ, GError **error);
gchar *g_filename_to_uri(const gchar *path, const gchar *host, GError **error);
gchar *g_shell_quote(const gchar *s);
gchar *g_uuid_string_random(void);
const gchar *g_getenv(const gchar *name);
const gchar *g_get_home_dir(void);
const gchar *g_get_tmp_dir(void);
const gchar *g_get_user_runtime_dir(void);
const gchar *g_get_user_name(void);
const gchar *g_get_host_name(void);
const gchar *g_get_prgname(void);
const gchar *g_get_application_name(void);
const gchar *const *g_get_system_data_dirs(void);
const gchar *g_path_skip_root(const gchar *path);
gchar **g_get_environ(void);
gchar **g_environ_setenv(gchar **env, const gchar *name, const gchar *value,
                         gboolean overwrite);
const gchar *g_environ_getenv(gchar **env, const gchar *name);
GDir *g_dir_open(const gchar *path, guint flags, GError **error);
const gchar *g_dir_read_name(GDir *dir);
GMappedFile *g_mapped_file_new(const gchar *path, gboolean writable,
                               GError **error);
gchar *g_mapped_file_get_contents(GMappedFile *f);
gsize g_mapped_file_get_length(GMappedFile *f);

GError *g_error_new(GQuark domain, gint code, const gchar *fmt, ...);
GError *g_error_new_literal(GQuark domain, gint code, const gchar *message);
GError *g_error_copy(const GError *e);
GQuark g_quark_from_string(const gchar *s);
GQuark g_quark_from_static_string(const gchar *s);
GKeyFile *g_key_file_new(void);
gchar *g_key_file_get_string(GKeyFile *f, const gchar *group,
                             const gchar *key, GError **error);
gchar *g_key_file_to_data(GKeyFile *f, gsize *n, GError **error);
gchar **g_key_file_get_string_list(GKeyFile *f, const gchar *group,
                                   const gchar *key, gsize *n,
                                   GError **error);
GOptionContext *g_option_context_new(const gchar *s);
GRand *g_rand_new(void);
GRand *g_rand_new_with_seed(guint32 seed);
guint32 g_rand_int(GRand *r);
gdouble g_rand_double(GRand *r);
guint32 g_random_int(void);
gdouble g_random_double(void);
GRegex *g_regex_new(const gchar *s, GRegexCompileFlags c,
                    GRegexMatchFlags m, GError **error);
gchar *g_match_info_fetch(const GMatchInfo *m, gint n);
gchar *g_regex_replace(const GRegex *r, const gchar *s, gssize n, gint at,
                       const gchar *by, GRegexMatchFlags m, GError **error);
GPatternSpec *g_pattern_spec_new(const gchar *s);
GDateTime *g_date_time_new_now_utc(void);
GDateTime *g_date_time_new_now_local(void);
GDateTime *g_date_time_new_from_unix_utc(gint64 t);
GDateTime *g_date_time_add(GDateTime *d, gint64 span);
gchar *g_date_time_format(GDateTime *d, const gchar *fmt);
gchar *g_date_time_format_iso8601(GDateTime *d);
gint64 g_date_time_to_unix(GDateTime *d);
GUri *g_uri_parse(const gchar *s, GUriFlags flags, GError **error);
const gchar *g_uri_get_scheme(GUri *u);
const gchar *g_uri_get_host(GUri *u);
const gchar *g_uri_get_path(GUri *u);
const gchar *g_uri_get_query(GUri *u);
const gchar *g_uri_get_user(GUri *u);
const gchar *g_uri_get_fragment(GUri *u);
gchar *g_uri_unescape_string(const gchar *s, const gchar *illegal);
gchar *g_uri_escape_string(const gchar *s, const gchar *allowed,
                           gboolean utf8);
GHashTable *g_uri_parse_params(const gchar *s, gssize n, const gchar *sep,
                               GUriParamsFlags flags, GError **error);
GModule *g_module_open(const gchar *path, GModuleFlags flags);
const gchar *g_module_error(void);
gchar *g_module_build_path(const gchar *dir, const gchar *name);
GVariant *g_variant_new(const gchar *fmt, ...);
GVariant *g_variant_new_from_data(const GVariantType *type,
                                  gconstpointer data, gsize n,
                                  gboolean trusted, GDestroyNotify notify,
                                  gpointer opaque);
GVariant *g_variant_ref_sink(GVariant *v);
gconstpointer g_variant_get_fixed_array(GVariant *v, gsize *n, gsize size);
#define g_test_message(...) ((void)0)
#define N_(s) (s)
