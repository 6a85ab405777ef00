/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
/* Xen's libraries as QEMU up to v7.2 used them. */
#include <qc/libc.h>
#include <xen/hvm/params.h>
#include <xen/xen.h>
typedef struct xc_interface_core xc_interface;
typedef struct xenevtchn_handle xenevtchn_handle, xc_evtchn;
typedef struct xengntdev_handle xengnttab_handle, xc_gnttab;
typedef struct xenforeignmemory_handle xenforeignmemory_handle;
typedef struct xenforeignmemory_resource_handle
    xenforeignmemory_resource_handle;
typedef struct xendevicemodel_handle xendevicemodel_handle;
typedef struct xentoollog_logger xentoollog_logger;
typedef struct xentoolcore__active_handle Xentoolcore__Active_Handle;
typedef struct xs_handle xs_handle;
typedef uint32_t xs_transaction_t;
typedef uint32_t evtchn_port_t;
typedef int xenevtchn_port_or_error_t, evtchn_port_or_error_t;
typedef struct { uint32_t domid; uint64_t shared_info_frame; } xc_dominfo_t;
typedef struct {
    uint16_t flags;
    int16_t status;
    uint16_t len;
    union xengnttab_copy_ptr {
        void *virt;
        struct { uint32_t ref; uint16_t offset, domid; } foreign;
    } source, dest;
} xengnttab_grant_copy_segment_t;
struct xs_permissions { unsigned id; int perms; };
typedef enum { HVMMEM_ram_rw, HVMMEM_ram_ro, HVMMEM_mmio_dm } hvmmem_type_t;
#define HVM_IOREQSRV_BUFIOREQ_OFF 0
#define HVM_IOREQSRV_BUFIOREQ_LEGACY 1
#define HVM_IOREQSRV_BUFIOREQ_ATOMIC 2
#define XEN_DOMCTL_MEM_CACHEATTR_WB 6
#define DPCI_ADD_MAPPING 1
#define DPCI_REMOVE_MAPPING 0
#define PT_IRQ_TYPE_PCI 0
#define PT_IRQ_TYPE_MSI 2
#define HVM_BELOW_4G_RAM_END 0xf0000000UL
#define GUEST_MAX_VCPUS 128
#define GUEST_VIRTIO_MMIO_BASE 0x02000000UL
#define GUEST_VIRTIO_MMIO_SIZE 0x00100000UL
#define GUEST_VIRTIO_MMIO_SPI_FIRST 33
#define GUEST_VIRTIO_MMIO_SPI_LAST 43
#define XC_PAGE_SHIFT 12
#define XC_PAGE_SIZE (1UL << XC_PAGE_SHIFT)
#define XC_PAGE_MASK (~(XC_PAGE_SIZE - 1))
#define XS_WATCH_PATH 0
#define XS_WATCH_TOKEN 1
#define XS_PERM_NONE 0
#define XS_PERM_READ 1
#define XS_PERM_WRITE 2
#define XBT_NULL 0
#define XENMEM_resource_ioreq_server 0
#define XENMEM_resource_ioreq_server_frame_bufioreq 0
#define XENMEM_resource_ioreq_server_frame_ioreq(n) (1 + (n))
xc_interface *xc_interface_open(void *a, void *b, unsigned flags);
xenevtchn_handle *xenevtchn_open(void *log, unsigned flags);
xengnttab_handle *xengnttab_open(void *log, unsigned flags);
xenforeignmemory_handle *xenforeignmemory_open(void *log, unsigned flags);
xendevicemodel_handle *xendevicemodel_open(void *log, unsigned flags);
void *xenforeignmemory_map(xenforeignmemory_handle *h, uint32_t dom, int prot,
                           size_t n, const xen_pfn_t *pfns, int *err);
void *xenforeignmemory_map2(xenforeignmemory_handle *h, uint32_t dom,
                            void *addr, int prot, int flags, size_t n,
                            const xen_pfn_t *pfns, int *err);
void *xc_map_foreign_range(xc_interface *x, uint32_t dom, int n, int prot,
                           unsigned long mfn);
void *xc_map_foreign_pages(xc_interface *x, uint32_t dom, int prot,
                           const xen_pfn_t *pfns, int n);
void *xc_map_foreign_bulk(xc_interface *x, uint32_t dom, int prot,
                          const xen_pfn_t *pfns, int *err, unsigned n);
xenforeignmemory_resource_handle *xenforeignmemory_map_resource(
    xenforeignmemory_handle *h, uint32_t dom, unsigned type, unsigned id,
    unsigned long frame, unsigned long n, void **addr, int prot, int flags);
void *xengnttab_map_grant_ref(xengnttab_handle *h, uint32_t dom, uint32_t ref,
                              int prot);
void *xengnttab_map_grant_refs(xengnttab_handle *h, uint32_t n, uint32_t *doms,
                               uint32_t *refs, int prot);
void *xengnttab_map_domain_grant_refs(xengnttab_handle *h, uint32_t n,
                                      uint32_t dom, uint32_t *refs, int prot);
struct xs_handle *xs_open(unsigned long flags);
struct xs_handle *xs_daemon_open(void);
void *xs_read(struct xs_handle *h, xs_transaction_t t, const char *path,
              unsigned *n);
char **xs_directory(struct xs_handle *h, xs_transaction_t t, const char *path,
                    unsigned *n);
char **xs_read_watch(struct xs_handle *h, unsigned *n);
char **xs_check_watch(struct xs_handle *h);
char *xs_get_domain_path(struct xs_handle *h, unsigned dom);
xs_transaction_t xs_transaction_start(struct xs_handle *h);
