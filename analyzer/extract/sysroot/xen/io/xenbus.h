/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
enum xenbus_state {
    XenbusStateUnknown, XenbusStateInitialising, XenbusStateInitWait,
    XenbusStateInitialised, XenbusStateConnected, XenbusStateClosing,
    XenbusStateClosed, XenbusStateReconfiguring, XenbusStateReconfigured
};
typedef enum xenbus_state XenbusState;
