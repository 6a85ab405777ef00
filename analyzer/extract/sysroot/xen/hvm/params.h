/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
/* Newer trees carry a copy with some of the names. */
#define HVM_PARAM_CALLBACK_IRQ 0
#define HVM_PARAM_STORE_PFN 1
#define HVM_PARAM_STORE_EVTCHN 2
#define HVM_PARAM_IOREQ_PFN 5
#define HVM_PARAM_BUFIOREQ_PFN 6
#define HVM_PARAM_ACPI_S_STATE 14
#define HVM_PARAM_CONSOLE_PFN 17
#define HVM_PARAM_CONSOLE_EVTCHN 18
#define HVM_PARAM_BUFIOREQ_EVTCHN 26
#define HVM_PARAM_VMPORT_REGS_PFN 36
