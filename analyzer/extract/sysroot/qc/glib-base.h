/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

typedef int gint, gboolean, gint32, gunichar32;
typedef unsigned int guint, guint32, gunichar, GQuark;
typedef unsigned short gunichar2;
typedef char gchar;
typedef unsigned char guchar, guint8;
typedef signed char gint8;
typedef short gshort, gint16;
typedef unsigned short gushort, guint16;
typedef long glong, gint64, gssize, goffset, gintptr, GTime, GDateDay;
typedef unsigned long gulong, guint64, gsize, guintptr, GType;
typedef float gfloat;
typedef double gdouble;
typedef void *gpointer;
typedef const void *gconstpointer;
typedef gchar **GStrv;
typedef int GPid;

typedef void (*GDestroyNotify)(gpointer data);
typedef void (*GFreeFunc)(gpointer data);
typedef void (*GFunc)(gpointer data, gpointer opaque);
typedef void (*GVoidFunc)(void);
typedef void (*GCallback)(void);
typedef void (*GHFunc)(gpointer key, gpointer value, gpointer opaque);
typedef gboolean (*GHRFunc)(gpointer key, gpointer value, gpointer opaque);
typedef guint (*GHashFunc)(gconstpointer key);
typedef gboolean (*GEqualFunc)(gconstpointer a, gconstpointer b);
typedef gint (*GCompareFunc)(gconstpointer a, gconstpointer b);
typedef gint (*GCompareDataFunc)(gconstpointer a, gconstpointer b,
                                 gpointer opaque);
typedef gpointer (*GCopyFunc)(gconstpointer src, gpointer data);
typedef gpointer (*GThreadFunc)(gpointer data);
typedef gboolean (*GTraverseFunc)(gpointer key, gpointer value,
                                  gpointer opaque);
typedef gboolean (*GTraverseNodeFunc)(gpointer key, gpointer value,
                                      gpointer opaque);
typedef gboolean (*GSourceFunc)(gpointer opaque);

#define GLIB_MAJOR_VERSION 2
#define GLIB_MINOR_VERSION 80
#define GLIB_MICRO_VERSION 0
#define GLIB_CHECK_VERSION(a, b, c) \
    ((a) < 2 || ((a) == 2 && (b) <= GLIB_MINOR_VERSION))
#define G_ENCODE_VERSION(a, b) ((a) << 16 | (b) << 8)
#define GLIB_SIZEOF_VOID_P 8
#define GLIB_SIZEOF_LONG 8
#define GLIB_SIZEOF_SIZE_T 8

#define TRUE 1
#define FALSE 0
#define G_MAXINT INT_MAX
#define G_MININT INT_MIN
#define G_MAXUINT UINT_MAX
#define G_MAXINT16 32767
#define G_MAXUINT16 65535
#define G_MAXINT32 INT32_MAX
#define G_MININT32 INT32_MIN
#define G_MAXUINT32 UINT32_MAX
#define G_MAXINT64 INT64_MAX
#define G_MININT64 INT64_MIN
#define G_MAXUINT64 UINT64_MAX
#define G_MAXSIZE UINT64_MAX
#define G_MAXSSIZE INT64_MAX
#define G_MAXLONG LONG_MAX
#define G_MAXULONG ULONG_MAX
#define G_MAXOFFSET INT64_MAX
#define G_MAXDOUBLE __DBL_MAX__
#define G_MAXUINT8 255
#define G_MAXINT8 127
#define G_PI 3.14159265358979323846
#define G_USEC_PER_SEC 1000000
#define G_GINT64_CONSTANT(x) x ## L
#define G_GUINT64_CONSTANT(x) x ## UL
#define G_GINT64_FORMAT "li"
#define G_GUINT64_FORMAT "lu"
#define G_GUINT32_FORMAT "u"
#define G_GSIZE_FORMAT "lu"
#define G_GSSIZE_FORMAT "li"
#define G_GINT64_MODIFIER "l"
#define G_LITTLE_ENDIAN 1234
#define G_BIG_ENDIAN 4321
#define G_BYTE_ORDER G_LITTLE_ENDIAN
#define G_DIR_SEPARATOR '/'
#define G_DIR_SEPARATOR_S "/"
#define G_SEARCHPATH_SEPARATOR ':'
#define G_SEARCHPATH_SEPARATOR_S ":"
#define G_IS_DIR_SEPARATOR(c) ((c) == '/')

#define GINT_TO_POINTER(i) ((gpointer)(glong)(i))
#define GUINT_TO_POINTER(u) ((gpointer)(gulong)(u))
#define GSIZE_TO_POINTER(s) ((gpointer)(gsize)(s))
#define GPOINTER_TO_INT(p) ((gint)(glong)(p))
#define GPOINTER_TO_UINT(p) ((guint)(gulong)(p))
#define GPOINTER_TO_SIZE(p) ((gsize)(p))
#define GUINT16_SWAP_LE_BE(x) __builtin_bswap16(x)
#define GUINT32_SWAP_LE_BE(x) __builtin_bswap32(x)
#define GUINT64_SWAP_LE_BE(x) __builtin_bswap64(x)
#define GUINT16_FROM_LE(x) ((guint16)(x))
#define GUINT32_FROM_LE(x) ((guint32)(x))
#define GUINT64_FROM_LE(x) ((guint64)(x))
#define GUINT16_TO_LE(x) ((guint16)(x))
#define GUINT32_TO_LE(x) ((guint32)(x))
#define GUINT64_TO_LE(x) ((guint64)(x))
#define GUINT16_FROM_BE(x) __builtin_bswap16(x)
#define GUINT32_FROM_BE(x) __builtin_bswap32(x)
#define GUINT64_FROM_BE(x) __builtin_bswap64(x)
#define GUINT16_TO_BE(x) __builtin_bswap16(x)
#define GUINT32_TO_BE(x) __builtin_bswap32(x)
#define GUINT64_TO_BE(x) __builtin_bswap64(x)

#define G_N_ELEMENTS(a) (sizeof(a) / sizeof((a)[0]))
#define G_STRUCT_OFFSET(type, member) __builtin_offsetof(type, member)
#define G_SIZEOF_MEMBER(type, member) sizeof(((type *)0)->member)
#define G_STRUCT_MEMBER_P(p, offset) ((gpointer)((guint8 *)(p) + (offset)))
#define G_STRINGIFY(x) G_STRINGIFY_ARG(x)
#define G_STRINGIFY_ARG(x) #x
#define G_PASTE_ARGS(a, b) a ## b
#define G_PASTE(a, b) G_PASTE_ARGS(a, b)
#define G_STRFUNC __func__
#define G_STRLOC __FILE__
#undef MAX
#undef MIN
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define ABS(a) (((a) < 0) ? -(a) : (a))
#define CLAMP(x, low, high) \
    (((x) > (high)) ? (high) : (((x) < (low)) ? (low) : (x)))
#define G_APPROX_VALUE(a, b, e) ((a) - (b) < (e))
#define G_LIKELY(e) (e)
#define G_UNLIKELY(e) (e)
#define G_STMT_START do
#define G_STMT_END while (0)
#define G_BEGIN_DECLS
#define G_END_DECLS
#define G_INLINE_FUNC static inline
#define G_GNUC_BEGIN_IGNORE_DEPRECATIONS
#define G_GNUC_END_IGNORE_DEPRECATIONS
#define G_GNUC_UNUSED
#define G_GNUC_NORETURN __attribute__((noreturn))
#define G_NORETURN __attribute__((noreturn))
#define G_GNUC_PRINTF(a, b)
#define G_GNUC_SCANF(a, b)
#define G_GNUC_FORMAT(a)
#define G_GNUC_STRFTIME(a)
#define G_GNUC_NULL_TERMINATED
#define G_GNUC_WARN_UNUSED_RESULT
#define G_GNUC_DEPRECATED
#define G_GNUC_CONST
#define G_GNUC_PURE
#define G_GNUC_MALLOC
#define G_GNUC_MAY_ALIAS
#define G_GNUC_NO_INSTRUMENT
#define G_GNUC_INTERNAL
#define G_GNUC_FALLTHROUGH
#define G_NO_INLINE
#define G_ALWAYS_INLINE
#define G_GNUC_CHECK_VERSION(a, b) 1
#define G_MODULE_EXPORT
#define G_STATIC_ASSERT(e) _Static_assert(e, "")
#define G_STATIC_ASSERT_EXPR(e) ((void)sizeof(char[(e) ? 1 : -1]))
#define G_DEFINE_AUTOPTR_CLEANUP_FUNC(type, func)
#define G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(type, func)
#define G_DEFINE_AUTO_CLEANUP_FREE_FUNC(type, func, none)

/* Clean-up says nothing about a device: plain variables. */
#define g_autofree
#define g_autoptr(type) type *
#define g_auto(type) type
#define g_autolist(type) GList *
#define g_autoslist(type) GSList *
#define g_autoqueue(type) GQueue *

struct GError { GQuark domain; gint code; gchar *message; };
typedef struct GError GError;

gpointer g_malloc(gsize n);
gpointer g_malloc0(gsize n);
gpointer g_realloc(gpointer p, gsize n);
gpointer g_malloc_n(gsize n, gsize size);
gpointer g_malloc0_n(gsize n, gsize size);
gpointer g_realloc_n(gpointer p, gsize n, gsize size);
gpointer g_try_malloc(gsize n);
gpointer g_try_malloc0(gsize n);
gpointer g_try_malloc_n(gsize n, gsize size);
gpointer g_try_malloc0_n(gsize n, gsize size);
gpointer g_try_realloc(gpointer p, gsize n);
gpointer g_aligned_alloc(gsize n, gsize size, gsize align);
gpointer g_aligned_alloc0(gsize n, gsize size, gsize align);
gpointer g_memdup(gconstpointer p, guint n);
gpointer g_memdup2(gconstpointer p, gsize n);
gpointer g_slice_alloc(gsize n);
gpointer g_slice_alloc0(gsize n);
gpointer g_steal_pointer(gpointer pp);
void g_free(gpointer p);
#define g_new(type, n) ((type *)g_malloc(sizeof(type) * (n)))
#define g_new0(type, n) ((type *)g_malloc0(sizeof(type) * (n)))
#define g_try_new(type, n) ((type *)g_try_malloc(sizeof(type) * (n)))
#define g_try_new0(type, n) ((type *)g_try_malloc0(sizeof(type) * (n)))
#define g_renew(type, p, n) ((type *)g_realloc((p), sizeof(type) * (n)))
#define g_try_renew(type, p, n) ((type *)g_try_realloc((p), sizeof(type) * (n)))
#define g_newa(type, n) ((type *)__builtin_alloca(sizeof(type) * (n)))
#define g_alloca(n) __builtin_alloca(n)
#define g_slice_new(type) ((type *)g_slice_alloc(sizeof(type)))
#define g_slice_new0(type) ((type *)g_slice_alloc0(sizeof(type)))
#define g_slice_dup(type, p) ((type *)g_memdup((p), sizeof(type)))
#define g_slice_free(type, p) g_free(p)
#define g_steal_pointer(pp) \
    ({ __typeof__(*(pp)) qc_stolen = *(pp); *(pp) = NULL; qc_stolen; })
#define g_clear_pointer(pp, destroy) \
    do { if (*(pp)) { (destroy)(*(pp)); } *(pp) = NULL; } while (0)
#define g_set_object(pp, o) (*(pp) = (o))

/* The condition stays visible, nothing depends on it. */
#define g_assert(e) ((void)(e))
#define g_assert_true(e) ((void)(e))
#define g_assert_false(e) ((void)(e))
#define g_assert_null(e) ((void)(e))
#define g_assert_nonnull(e) ((void)(e))
#define g_assert_no_error(e) ((void)(e))
#define g_assert_not_reached() abort()
#define g_assert_cmpint(a, op, b) ((void)((a) op (b)))
#define g_assert_cmpuint(a, op, b) ((void)((a) op (b)))
#define g_assert_cmphex(a, op, b) ((void)((a) op (b)))
#define g_assert_cmpfloat(a, op, b) ((void)((a) op (b)))
#define g_assert_cmpstr(a, op, b) ((void)(a), (void)(b))
#define g_assert_cmpmem(a, n, b, m) ((void)(a), (void)(b))
#define g_return_if_fail(e) do { if (!(e)) { return; } } while (0)
#define g_return_val_if_fail(e, v) do { if (!(e)) { return (v); } } while (0)
#define g_return_if_reached() return
#define g_return_val_if_reached(v) return (v)
#define g_warn_if_reached() ((void)0)
#define g_warn_if_fail(e) ((void)(e))
#define g_debug(...) ((void)0)
#define g_info(...) ((void)0)
#define g_message(...) ((void)0)
#define g_warning(...) ((void)0)
#define g_critical(...) ((void)0)
#define g_error(...) abort()
#define g_print(...) ((void)0)
#define g_printerr(...) ((void)0)
#define G_BREAKPOINT() __builtin_trap()
