/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define USBDEVFS_GET_SPEED 0x551f
