/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/types.h>
struct signalfd_siginfo { uint32_t ssi_signo; int32_t ssi_errno, ssi_code;
                          uint32_t ssi_pid, ssi_uid; uint8_t pad[108]; };
