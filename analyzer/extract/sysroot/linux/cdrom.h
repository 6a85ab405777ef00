/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define CDROMEJECT 0x5309
#define CDROMCLOSETRAY 0x5319
#define CDROM_DRIVE_STATUS 0x5326
#define CDROM_LOCKDOOR 0x5329
#define CDS_DISC_OK 4
#define CDSL_CURRENT 0x7fffffff
#define CDSL_NONE 0x7ffffffe
