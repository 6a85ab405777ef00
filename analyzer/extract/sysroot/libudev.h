/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
struct udev;
struct udev_device;
struct udev_list_entry;
struct udev_enumerate;
struct udev_monitor;
struct udev *udev_new(void);
const char *udev_device_get_property_value(struct udev_device *d,
                                           const char *name);
const char *udev_device_get_sysattr_value(struct udev_device *d,
                                          const char *name);
const char *udev_device_get_devnode(struct udev_device *d);
struct udev_device *udev_device_new_from_devnum(struct udev *u, char type,
                                                unsigned long nr);
