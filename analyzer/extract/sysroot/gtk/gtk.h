/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/glib-object.h>
#define QC_GTK_TYPE(name) typedef struct name name
QC_GTK_TYPE(GtkWidget);
QC_GTK_TYPE(GtkWindow);
QC_GTK_TYPE(GtkMenuItem);
QC_GTK_TYPE(GtkClipboard);
QC_GTK_TYPE(GtkNotebook);
QC_GTK_TYPE(GtkAdjustment);
QC_GTK_TYPE(GtkAccelGroup);
QC_GTK_TYPE(GtkGLArea);
QC_GTK_TYPE(GtkIconTheme);
QC_GTK_TYPE(GtkSettings);
QC_GTK_TYPE(GtkSelectionData);
QC_GTK_TYPE(GtkTargetList);
QC_GTK_TYPE(GtkDrawingArea);
QC_GTK_TYPE(GdkDisplay);
QC_GTK_TYPE(GdkWindow);
QC_GTK_TYPE(GdkCursor);
QC_GTK_TYPE(GdkGLContext);
QC_GTK_TYPE(GdkDevice);
QC_GTK_TYPE(GdkDeviceManager);
QC_GTK_TYPE(GdkMonitor);
QC_GTK_TYPE(GdkPixbuf);
QC_GTK_TYPE(GdkScreen);
QC_GTK_TYPE(GdkSeat);
QC_GTK_TYPE(GdkEventCrossing);
QC_GTK_TYPE(GdkEventExpose);
QC_GTK_TYPE(GdkEventGrabBroken);
QC_GTK_TYPE(VteTerminal);
QC_GTK_TYPE(cairo_t);
QC_GTK_TYPE(cairo_surface_t);
typedef struct { gint16 left, right, top, bottom; } GtkBorder;
typedef struct { int x, y, width, height; } GdkRectangle;
typedef struct { int min_width, min_height, base_width, base_height; }
    GdkGeometry;
typedef struct { int type; guint state, keyval; guint16 hardware_keycode;
                 guint length; } GdkEventKey;
typedef struct { int type; gdouble x, y, x_root, y_root; guint state; }
    GdkEventMotion;
typedef struct { int type; gdouble x, y; guint state, button; }
    GdkEventButton;
typedef struct { int type; gdouble x, y, delta_x, delta_y; guint state;
                 int direction; } GdkEventScroll;
typedef struct { int type; gdouble x, y; void *sequence; } GdkEventTouch;
typedef struct { int type, x, y, width, height; } GdkEventConfigure;
typedef struct { int type; gint16 in; } GdkEventFocus;
typedef union { int type; GdkEventKey key; } GdkEvent;
typedef struct { gchar *target; guint flags, info; } GtkTargetEntry;
typedef int GdkWindowHints, GdkSeatCapabilities, GdkInputSource, GdkEventMask,
            GdkModifierType;
enum { GDK_SHIFT_MASK = 1, GDK_CONTROL_MASK = 4, GDK_MOD1_MASK = 8 };
#define GTK_CHECK_VERSION(a, b, c) ((a) <= 3)
#define VTE_CHECK_VERSION(a, b, c) 1
