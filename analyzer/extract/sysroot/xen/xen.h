/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_XEN_H__
#define __XEN_PUBLIC_XEN_H__
#include <qc/types.h>
typedef uint16_t domid_t;
typedef uint8_t xen_domain_handle_t[16];
typedef unsigned long xen_pfn_t;
typedef unsigned long xen_ulong_t;
typedef uint16_t ioservid_t;
#define DOMID_SELF 0x7ff0
#define DOMID_INVALID 0x7ff4
#define PRI_xen_pfn "lx"
#define PRI_xen_ulong "lx"
#define XEN_PAGE_SIZE 4096
enum { SHUTDOWN_poweroff, SHUTDOWN_reboot, SHUTDOWN_suspend, SHUTDOWN_crash };
#define xen_mb() __sync_synchronize()
#define xen_rmb() __sync_synchronize()
#define xen_wmb() __sync_synchronize()
typedef struct shared_info {
    struct { uint8_t evtchn_upcall_pending; unsigned long pad[15]; }
        vcpu_info[32];
} shared_info_t;
#define XENFEAT_auto_translated_physmap 2
#define E820_RAM 1
#define HVM_MAX_VCPUS 128
struct hvm_info_table { char signature[8]; uint32_t length; uint8_t checksum,
                        apic_mode; uint32_t nr_vcpus; };
#endif
