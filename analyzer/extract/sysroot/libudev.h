/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
struct udev;
struct udev_device;
struct udev_list_entry;
struct udev_enumerate;
struct udev_monitor;
#define udev_list_entry_foreach(entry, first) \
    for (entry = first; entry; entry = udev_list_entry_get_next(entry))
struct udev_list_entry *udev_list_entry_get_next(struct udev_list_entry *e);
struct udev_list_entry *udev_enumerate_get_list_entry(
    struct udev_enumerate *e);
struct udev_enumerate *udev_enumerate_new(struct udev *u);
struct udev_device *udev_device_new_from_syspath(struct udev *u,
                                                 const char *path);
const char *udev_list_entry_get_name(struct udev_list_entry *e);
struct udev *udev_new(void);
const char *udev_device_get_property_value(struct udev_device *d,
                                           const char *name);
const char *udev_device_get_sysattr_value(struct udev_device *d,
                                          const char *name);
const char *udev_device_get_devnode(struct udev_device *d);
struct udev_device *udev_device_new_from_devnum(struct udev *u, char type,
                                                unsigned long nr);
