/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_HVM_PARAMS_H__
#define __XEN_PUBLIC_HVM_PARAMS_H__
enum { HVM_PARAM_CALLBACK_IRQ, HVM_PARAM_STORE_PFN, HVM_PARAM_STORE_EVTCHN,
       HVM_PARAM_IOREQ_PFN = 5, HVM_PARAM_BUFIOREQ_PFN,
       HVM_PARAM_CONSOLE_PFN = 17, HVM_PARAM_CONSOLE_EVTCHN,
       HVM_PARAM_ACPI_S_STATE = 14, HVM_PARAM_BUFIOREQ_EVTCHN = 26,
       HVM_PARAM_VMPORT_REGS_PFN = 36 };
#endif
