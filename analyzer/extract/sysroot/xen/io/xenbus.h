/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef _XEN_PUBLIC_IO_XENBUS_H
#define _XEN_PUBLIC_IO_XENBUS_H
enum xenbus_state {
    XenbusStateUnknown, XenbusStateInitialising, XenbusStateInitWait,
    XenbusStateInitialised, XenbusStateConnected, XenbusStateClosing,
    XenbusStateClosed, XenbusStateReconfiguring, XenbusStateReconfigured
};
typedef enum xenbus_state XenbusState;
#endif
