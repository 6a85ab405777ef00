/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

typedef struct GMainContext GMainContext;
typedef struct GMainLoop GMainLoop;
typedef struct GSource GSource;
typedef struct GThread GThread;
typedef struct GThreadPool GThreadPool;
typedef struct GTimer GTimer;
typedef struct GPollFD { gint fd; gushort events, revents; } GPollFD;
typedef gint (*GPollFunc)(GPollFD *fds, guint n, gint timeout);
typedef struct GSourceFuncs {
    gboolean (*prepare)(GSource *source, gint *timeout);
    gboolean (*check)(GSource *source);
    gboolean (*dispatch)(GSource *source, GSourceFunc func, gpointer opaque);
    void (*finalize)(GSource *source);
    GSourceFunc closure_callback;
    gpointer closure_marshal;
} GSourceFuncs;
struct GSource {
    gpointer callback_data, callback_funcs;
    const GSourceFuncs *source_funcs;
    guint ref_count;
    GMainContext *context;
    gint priority;
    guint flags, source_id;
    GSList *poll_fds;
};
typedef union { gpointer p; guint i[2]; } GMutex;
typedef struct { gpointer p; guint i[2]; } GCond, GRecMutex, GRWLock, GPrivate;
typedef struct { int status; gpointer retval; } GOnce;
typedef struct { GMutex m; } GStaticMutex;
#define G_STATIC_MUTEX_INIT { { NULL } }
#define G_PRIVATE_INIT(notify) { NULL }
#define G_ONCE_INIT { 0, NULL }
typedef enum { G_IO_IN = 1, G_IO_PRI = 2, G_IO_OUT = 4, G_IO_ERR = 8,
               G_IO_HUP = 16, G_IO_NVAL = 32 } GIOCondition;
typedef enum { G_IO_STATUS_ERROR, G_IO_STATUS_NORMAL, G_IO_STATUS_EOF,
               G_IO_STATUS_AGAIN } GIOStatus;
typedef enum { G_IO_FLAG_APPEND = 1, G_IO_FLAG_NONBLOCK = 2 } GIOFlags;
typedef struct GIOChannel GIOChannel;
typedef gboolean (*GIOFunc)(GIOChannel *channel, GIOCondition cond,
                            gpointer opaque);
typedef void (*GChildWatchFunc)(GPid pid, gint status, gpointer opaque);
typedef void (*GSpawnChildSetupFunc)(gpointer opaque);
#define G_SOURCE_CONTINUE TRUE
#define G_SOURCE_REMOVE FALSE
#define G_SOURCE_FUNC(f) ((GSourceFunc)(void (*)(void))(f))
#define G_CALLBACK(f) ((GCallback)(f))
#define G_PRIORITY_HIGH (-100)
#define G_PRIORITY_DEFAULT 0
#define G_PRIORITY_HIGH_IDLE 100
#define G_PRIORITY_DEFAULT_IDLE 200
#define G_PRIORITY_LOW 300

gboolean g_source_remove(guint id);
void g_source_destroy(GSource *s);
void g_source_unref(GSource *s);
void g_main_context_unref(GMainContext *c);
void g_main_loop_unref(GMainLoop *l);
void g_io_channel_unref(GIOChannel *c);
void g_timer_destroy(GTimer *t);
GMainContext *g_main_context_default(void);
GMainContext *g_main_context_new(void);
GMainContext *g_main_context_ref(GMainContext *c);
GMainContext *g_main_context_get_thread_default(void);
GMainLoop *g_main_loop_new(GMainContext *c, gboolean running);
GMainLoop *g_main_loop_ref(GMainLoop *l);
GMainContext *g_main_loop_get_context(GMainLoop *l);
GSource *g_source_new(GSourceFuncs *funcs, guint size);
GSource *g_source_ref(GSource *s);
GSource *g_idle_source_new(void);
GSource *g_timeout_source_new(guint ms);
GSource *g_timeout_source_new_seconds(guint s);
GSource *g_main_context_find_source_by_id(GMainContext *c, guint id);
GSource *g_main_current_source(void);
GSource *g_unix_fd_source_new(gint fd, GIOCondition cond);
GSource *g_io_create_watch(GIOChannel *c, GIOCondition cond);
GMainContext *g_source_get_context(GSource *s);
const char *g_source_get_name(GSource *s);
gpointer g_source_add_unix_fd(GSource *s, gint fd, GIOCondition cond);
GIOChannel *g_io_channel_unix_new(int fd);
GIOChannel *g_io_channel_new_file(const gchar *path, const gchar *mode,
                                  GError **error);
GIOChannel *g_io_channel_ref(GIOChannel *c);
GThread *g_thread_new(const gchar *name, GThreadFunc func, gpointer data);
GThread *g_thread_create(GThreadFunc func, gpointer data, gboolean joinable,
                         GError **error);
GThread *g_thread_self(void);
gpointer g_thread_join(GThread *t);
GThreadPool *g_thread_pool_new(GFunc func, gpointer opaque, gint n,
                               gboolean exclusive, GError **error);
gpointer g_private_get(GPrivate *p);
GTimer *g_timer_new(void);
gdouble g_timer_elapsed(GTimer *t, gulong *us);
gint64 g_get_monotonic_time(void);
gint64 g_get_real_time(void);
#define g_once(once, func, arg) (func)(arg)
#define g_atomic_int_get(p) (*(p))
#define g_atomic_int_set(p, v) (*(p) = (v))
#define g_atomic_int_inc(p) ((void)(*(p))++)
#define g_atomic_int_dec_and_test(p) (--*(p) == 0)
#define g_atomic_int_add(p, v) __sync_fetch_and_add(p, v)
#define g_atomic_pointer_get(p) (*(p))
#define g_atomic_pointer_set(p, v) (*(p) = (v))
