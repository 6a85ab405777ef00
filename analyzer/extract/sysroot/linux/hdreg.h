/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
struct hd_geometry { unsigned char heads, sectors; unsigned short cylinders;
                     unsigned long start; };
#define HDIO_GETGEO 0x0301
