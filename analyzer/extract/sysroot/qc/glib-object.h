/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* GObject and GIO: opaque objects that user interfaces hold. */
#include <glib.h>

typedef struct GTypeInstance { gpointer g_class; } GTypeInstance;
typedef struct GTypeClass { GType g_type; } GTypeClass;
typedef struct GTypeInterface { GType g_type; } GTypeInterface;
typedef struct GObject { GTypeInstance g; guint ref_count; } GObject;
typedef struct GObjectClass {
    GTypeClass g;
    void (*dispose)(GObject *o);
    void (*finalize)(GObject *o);
} GObjectClass;
typedef struct GValue { GType g_type; gpointer data[2]; } GValue;
typedef struct GParamSpec GParamSpec;
typedef struct GClosure GClosure;
typedef struct GTypeModule GTypeModule;
typedef struct GCancellable GCancellable;
typedef struct GAsyncResult GAsyncResult;
typedef struct GInputStream GInputStream;
typedef struct GOutputStream GOutputStream;
typedef struct GIOStream GIOStream;
typedef struct GSocket GSocket;
typedef struct GSocketConnection GSocketConnection;
typedef struct GUnixFDList GUnixFDList;
typedef struct GCredentials GCredentials;
typedef struct GFile GFile;
typedef struct GSettings GSettings;
typedef struct GTask GTask;
typedef struct GApplication GApplication;
typedef struct GMenu GMenu;
typedef struct GDBusConnection GDBusConnection;
typedef struct GDBusMethodInvocation GDBusMethodInvocation;
typedef struct GDBusMessage GDBusMessage;
typedef struct GDBusProxy GDBusProxy;
typedef struct GDBusServer GDBusServer;
typedef struct GDBusNodeInfo GDBusNodeInfo;
typedef struct GDBusAnnotationInfo GDBusAnnotationInfo;
typedef struct GDBusArgInfo {
    gint ref_count;
    gchar *name, *signature;
    GDBusAnnotationInfo **annotations;
} GDBusArgInfo;
typedef struct GDBusMethodInfo {
    gint ref_count;
    gchar *name;
    GDBusArgInfo **in_args, **out_args;
    GDBusAnnotationInfo **annotations;
} GDBusMethodInfo;
typedef struct GDBusSignalInfo {
    gint ref_count;
    gchar *name;
    GDBusArgInfo **args;
    GDBusAnnotationInfo **annotations;
} GDBusSignalInfo;
typedef struct GDBusPropertyInfo {
    gint ref_count;
    gchar *name, *signature;
    int flags;
    GDBusAnnotationInfo **annotations;
} GDBusPropertyInfo;
typedef struct GDBusInterfaceInfo {
    gint ref_count;
    gchar *name;
    GDBusMethodInfo **methods;
    GDBusSignalInfo **signals;
    GDBusPropertyInfo **properties;
    GDBusAnnotationInfo **annotations;
} GDBusInterfaceInfo;
typedef struct { gint error_code; const gchar *dbus_error_name; }
    GDBusErrorEntry;
typedef struct GDBusInterfaceSkeleton GDBusInterfaceSkeleton;
typedef struct GDBusObject GDBusObject;
typedef struct GDBusObjectSkeleton { GObject parent; } GDBusObjectSkeleton;
typedef struct { GObjectClass parent; } GDBusObjectSkeletonClass;
typedef struct GDBusObjectManagerServer GDBusObjectManagerServer;
typedef struct GDBusAuthObserver GDBusAuthObserver;
typedef int GDBusConnectionFlags, GDBusProxyFlags, GIOErrorEnum;
typedef void (*GAsyncReadyCallback)(GObject *o, GAsyncResult *r,
                                    gpointer opaque);
typedef void (*GClosureNotify)(gpointer data, GClosure *c);
#define G_DBUS_PROPERTY_INFO_FLAGS_READABLE 1
#define G_DBUS_CALL_FLAGS_NONE 0
#define G_DBUS_CALL_FLAGS_NO_AUTO_START 1
#define G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT 1
#define G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_ALLOW_ANONYMOUS 4
#define G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION 8
#define G_DBUS_PROXY(o) ((GDBusProxy *)(o))
#define G_DBUS_INTERFACE_SKELETON(o) ((GDBusInterfaceSkeleton *)(o))
#define G_DBUS_OBJECT_SKELETON(o) ((GDBusObjectSkeleton *)(o))
enum { G_DBUS_PROXY_FLAGS_NONE, G_DBUS_METHOD_INVOCATION_HANDLED = 1,
       G_DBUS_METHOD_INVOCATION_UNHANDLED = 0,
       G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START = 2,
       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER = 2,
       G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING = 16 };
enum { G_IO_ERROR_FAILED, G_IO_ERROR_CANCELLED = 19 };
#define G_IO_ERROR 1
#define G_DBUS_ERROR 2
#define G_DBUS_ERROR_INVALID_ARGS 16
#define G_DBUS_ERROR_FAILED 0
#define G_TYPE_OBJECT ((GType)80)
#define G_OBJECT(o) ((GObject *)(o))
#define G_OBJECT_CLASS(c) ((GObjectClass *)(c))
#define G_ASYNC_RESULT(o) ((GAsyncResult *)(o))
#define G_IO_STREAM(o) ((GIOStream *)(o))
#define G_FILE(o) ((GFile *)(o))
#define G_TYPE_CHECK_INSTANCE_CAST(o, t, c) ((c *)(o))
#define G_TYPE_CHECK_INSTANCE_TYPE(o, t) (1)
#define G_DEFINE_TYPE(T, t, parent)
#define G_DECLARE_FINAL_TYPE(T, t, M, O, P) \
    typedef struct _##T T; typedef struct { P##Class parent; } T##Class;
enum { G_DATA_STREAM_BYTE_ORDER_BIG_ENDIAN,
       G_DATA_STREAM_BYTE_ORDER_LITTLE_ENDIAN };
enum { G_BUS_TYPE_SYSTEM = 1, G_BUS_TYPE_SESSION };
enum { G_BUS_NAME_OWNER_FLAGS_NONE };
typedef struct GDataInputStream GDataInputStream;
typedef struct GDataOutputStream GDataOutputStream;
void g_object_unref(gpointer o);
GInputStream *g_memory_input_stream_new_from_data(gconstpointer p, gssize n,
                                                  GDestroyNotify f);
GOutputStream *g_memory_output_stream_new_resizable(void);
GDataInputStream *g_data_input_stream_new(GInputStream *s);
GDataOutputStream *g_data_output_stream_new(GOutputStream *s);
gpointer g_memory_output_stream_get_data(gpointer s);
gsize g_memory_output_stream_get_size(gpointer s);
#define G_OUTPUT_STREAM(o) ((GOutputStream *)(o))
#define G_INPUT_STREAM(o) ((GInputStream *)(o))
#define G_MEMORY_OUTPUT_STREAM(o) (o)
#define G_MEMORY_INPUT_STREAM(o) (o)
GVariant *g_dbus_proxy_call_sync(GDBusProxy *p, const gchar *method,
                                 GVariant *args, int flags, gint timeout,
                                 GCancellable *c, GError **error);
GVariant *g_dbus_proxy_get_cached_property(GDBusProxy *p, const gchar *name);
GDBusProxy *g_dbus_proxy_new_sync(GDBusConnection *c, int flags,
                                  GDBusInterfaceInfo *info, const gchar *name,
                                  const gchar *path, const gchar *interface,
                                  GCancellable *ca, GError **error);
GVariant *g_variant_get_child_value(GVariant *v, gsize i);
gpointer g_object_new(GType type, const gchar *name, ...);
gpointer g_object_ref(gpointer o);
gpointer g_object_ref_sink(gpointer o);
gpointer g_object_get_data(GObject *o, const gchar *key);
gulong g_signal_connect(gpointer o, const gchar *s, GCallback f, gpointer d);
const gchar *g_dbus_connection_get_unique_name(GDBusConnection *c);
GDBusConnection *g_dbus_connection_new_sync(GIOStream *s, const gchar *guid,
                                            GDBusConnectionFlags flags,
                                            GDBusAuthObserver *o,
                                            GCancellable *c, GError **error);
GUnixFDList *g_unix_fd_list_new(void);
GCancellable *g_cancellable_new(void);
