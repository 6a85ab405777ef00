/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/ioctl.h>
#define PPSETMODE _IOW('p', 0x80, int)
#define PPRSTATUS _IOR('p', 0x81, unsigned char)
#define PPRCONTROL _IOR('p', 0x83, unsigned char)
#define PPWCONTROL _IOW('p', 0x84, unsigned char)
#define PPRDATA _IOR('p', 0x85, unsigned char)
#define PPWDATA _IOW('p', 0x86, unsigned char)
#define PPCLAIM _IO('p', 0x8b)
#define PPRELEASE _IO('p', 0x8c)
#define PPDATADIR _IOW('p', 0x90, int)
#define PPNEGOT _IOW('p', 0x91, int)
