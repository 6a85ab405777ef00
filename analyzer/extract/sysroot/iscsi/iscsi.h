/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
struct iscsi_context;
struct scsi_task;
enum scsi_persistent_in_sa { SCSI_PR_IN_READ_KEYS };
