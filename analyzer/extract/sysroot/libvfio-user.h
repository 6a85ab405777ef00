/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/socket.h>
typedef struct vfu_ctx vfu_ctx_t;
typedef ssize_t (vfu_region_access_cb_t)(vfu_ctx_t *ctx, char *buf,
                                         size_t count, loff_t offset,
                                         bool is_write);
typedef struct { struct iovec iova; void *vaddr; struct iovec mapping;
                 size_t page_size; uint32_t prot; } vfu_dma_info_t;
typedef enum { VFU_RESET_DEVICE, VFU_RESET_LOST_CONN, VFU_RESET_PCI_FLR }
    vfu_reset_type_t;
typedef enum { VFU_PCI_TYPE_CONVENTIONAL, VFU_PCI_TYPE_PCI_X_1,
               VFU_PCI_TYPE_PCI_X_2, VFU_PCI_TYPE_EXPRESS } vfu_pci_type_t;
enum { VFU_TRANS_SOCK, VFU_DEV_TYPE_PCI = 0 };
enum { VFU_DEV_INTX_IRQ, VFU_DEV_MSI_IRQ, VFU_DEV_MSIX_IRQ, VFU_DEV_ERR_IRQ,
       VFU_DEV_REQ_IRQ };
enum { VFU_PCI_DEV_BAR0_REGION_IDX, VFU_PCI_DEV_ROM_REGION_IDX = 6,
       VFU_PCI_DEV_CFG_REGION_IDX };
#define VFU_REGION_FLAG_READ 1
#define VFU_REGION_FLAG_WRITE 2
#define VFU_REGION_FLAG_RW 3
#define VFU_REGION_FLAG_ALWAYS_CB 16
#define LIBVFIO_USER_FLAG_ATTACH_NB 1
vfu_ctx_t *vfu_create_ctx(int trans, const char *path, int flags, void *pvt,
                          int type);
void *vfu_get_private(vfu_ctx_t *ctx);
