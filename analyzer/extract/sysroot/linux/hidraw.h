/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/ioctl.h>
#include <linux/types.h>
struct hidraw_report_descriptor { __u32 size; __u8 value[4096]; };
struct hidraw_devinfo { __u32 bustype; __s16 vendor, product; };
#define HIDIOCGRDESCSIZE _IOR('H', 1, int)
#define HIDIOCGRDESC _IOR('H', 2, struct hidraw_report_descriptor)
#define HIDIOCGRAWINFO _IOR('H', 3, struct hidraw_devinfo)
