/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
/* The guest's view of a QXL device. */
#include <spice/types.h>
#pragma pack(push, 1)
#define REDHAT_PCI_VENDOR_ID 0x1b36
#define QXL_DEVICE_ID_STABLE 0x0100
enum { QXL_REVISION_STABLE_V04 = 1, QXL_REVISION_STABLE_V06,
       QXL_REVISION_STABLE_V10, QXL_REVISION_STABLE_V12 };
#define QXL_DEVICE_ID_DEVEL 0x01ff
#define QXL_ROM_MAGIC 0x4f525851
#define QXL_RAM_MAGIC 0x41525851
enum { QXL_RAM_RANGE_INDEX, QXL_VRAM_RANGE_INDEX, QXL_ROM_RANGE_INDEX,
       QXL_IO_RANGE_INDEX, QXL_VRAM64_RANGE_INDEX, QXL_PCI_RANGES };
enum { QXL_IO_NOTIFY_CMD, QXL_IO_NOTIFY_CURSOR, QXL_IO_UPDATE_AREA,
       QXL_IO_UPDATE_IRQ, QXL_IO_NOTIFY_OOM, QXL_IO_RESET, QXL_IO_SET_MODE,
       QXL_IO_LOG, QXL_IO_MEMSLOT_ADD, QXL_IO_MEMSLOT_DEL,
       QXL_IO_DETACH_PRIMARY, QXL_IO_ATTACH_PRIMARY, QXL_IO_CREATE_PRIMARY,
       QXL_IO_DESTROY_PRIMARY, QXL_IO_DESTROY_SURFACE_WAIT,
       QXL_IO_DESTROY_ALL_SURFACES, QXL_IO_UPDATE_AREA_ASYNC,
       QXL_IO_MEMSLOT_ADD_ASYNC, QXL_IO_CREATE_PRIMARY_ASYNC,
       QXL_IO_DESTROY_PRIMARY_ASYNC, QXL_IO_DESTROY_SURFACE_ASYNC,
       QXL_IO_DESTROY_ALL_SURFACES_ASYNC, QXL_IO_FLUSH_SURFACES_ASYNC,
       QXL_IO_FLUSH_RELEASE, QXL_IO_MONITORS_CONFIG_ASYNC,
       QXL_IO_RANGE_SIZE };
#define QXL_INTERRUPT_DISPLAY 1
#define QXL_INTERRUPT_CURSOR 2
#define QXL_INTERRUPT_IO_CMD 4
#define QXL_INTERRUPT_ERROR 8
#define QXL_INTERRUPT_CLIENT 16
#define QXL_INTERRUPT_CLIENT_MONITORS_CONFIG 32
#define QXL_LOG_BUF_SIZE 4096
#define QXL_SURF_FLAG_KEEP_DATA 1
#define QXL_COMMAND_FLAG_COMPAT 1
#define QXL_COMMAND_FLAG_COMPAT_16BPP 2
enum QXLCmdType { QXL_CMD_NOP, QXL_CMD_DRAW, QXL_CMD_UPDATE, QXL_CMD_CURSOR,
                  QXL_CMD_MESSAGE, QXL_CMD_SURFACE };
typedef uint64_t QXLPHYSICAL;
typedef uint32_t QXLFIXED;
typedef struct QXLPoint { int32_t x, y; } QXLPoint;
typedef struct QXLPoint16 { int16_t x, y; } QXLPoint16;
typedef struct QXLRect { int32_t top, left, bottom, right; } QXLRect;
typedef struct QXLURect { uint32_t top, left, bottom, right; } QXLURect;
typedef struct QXLCommand { QXLPHYSICAL data; uint32_t type, padding; }
    QXLCommand;
typedef struct QXLCommandExt { QXLCommand cmd; uint32_t group_id, flags; }
    QXLCommandExt;
typedef struct QXLMemSlot { uint64_t mem_start, mem_end; } QXLMemSlot;
typedef struct QXLSurfaceCreate {
    uint32_t width, height;
    int32_t stride;
    uint32_t format, position, mouse_mode, flags, type;
    QXLPHYSICAL mem;
} QXLSurfaceCreate;
typedef struct QXLMode { uint32_t id, x_res, y_res, bits, stride, x_mili,
                         y_mili, orientation; } QXLMode;
typedef struct QXLModes { uint32_t n_modes; QXLMode modes[]; } QXLModes;
typedef struct QXLHead { uint32_t id, surface_id, width, height, x, y, flags; }
    QXLHead;
typedef struct QXLMonitorsConfig { uint16_t count, max_allowed;
                                   QXLHead heads[]; } QXLMonitorsConfig;
typedef struct QXLRom {
    uint32_t magic, id, update_id, compression_level, log_level, mode,
             modes_offset, num_pages, pages_offset, draw_area_offset,
             surface0_area_size, ram_header_offset, mm_clock, n_surfaces;
    uint64_t flags;
    uint8_t slots_start, slots_end, slot_gen_bits, slot_id_bits,
            slot_generation, client_present, client_capabilities[58];
    uint32_t client_monitors_config_crc;
    struct {
        uint16_t count, padding;
        QXLURect heads[64];
    } client_monitors_config;
} QXLRom;
#define QXL_COMMAND_RING_SIZE 32
#define QXL_CURSOR_RING_SIZE 32
#define QXL_RELEASE_RING_SIZE 8
#define QC_QXL_RING(name, type, n) \
    typedef struct name { \
        uint32_t num_items, prod, notify_on_prod, cons, notify_on_cons; \
        struct { type el; } items[n]; \
    } name
QC_QXL_RING(QXLCommandRing, QXLCommand, QXL_COMMAND_RING_SIZE);
QC_QXL_RING(QXLCursorRing, QXLCommand, QXL_CURSOR_RING_SIZE);
QC_QXL_RING(QXLReleaseRing, uint64_t, QXL_RELEASE_RING_SIZE);
typedef struct QXLRam {
    uint32_t magic, int_pending, int_mask;
    uint8_t log_buf[QXL_LOG_BUF_SIZE];
    QXLCommandRing cmd_ring;
    QXLCursorRing cursor_ring;
    QXLReleaseRing release_ring;
    QXLRect update_area;
    uint32_t update_surface;
    QXLMemSlot mem_slot;
    QXLSurfaceCreate create_surface;
    uint64_t flags;
    QXLPHYSICAL monitors_config;
    uint8_t heads[2052];
} QXLRam;
typedef union QXLReleaseInfo { uint64_t id, next; } QXLReleaseInfo;
typedef struct QXLReleaseInfoExt { QXLReleaseInfo *info; uint32_t group_id; }
    QXLReleaseInfoExt;
typedef struct QXLDataChunk { uint32_t data_size; QXLPHYSICAL prev_chunk,
                              next_chunk; uint8_t data[]; } QXLDataChunk;
typedef struct QXLCursorHeader { uint64_t unique; uint16_t type, width, height,
                                 hot_spot_x, hot_spot_y; } QXLCursorHeader;
typedef struct QXLCursor { QXLCursorHeader header; uint32_t data_size;
                           QXLDataChunk chunk; } QXLCursor;
enum { QXL_CURSOR_SET, QXL_CURSOR_MOVE, QXL_CURSOR_HIDE, QXL_CURSOR_TRAIL };
typedef struct QXLCursorCmd {
    QXLReleaseInfo release_info;
    uint8_t type;
    union {
        struct { QXLPoint16 position; uint8_t visible; QXLPHYSICAL shape; }
            set;
        struct { uint16_t length, frequency; } trail;
        QXLPoint16 position;
    } u;
    uint8_t device_data[128];
} QXLCursorCmd;
typedef struct QXLClip { uint32_t type; QXLPHYSICAL data; } QXLClip;
typedef struct QXLBrush { uint32_t type; uint32_t color; } QXLBrush;
typedef struct QXLQMask { uint8_t flags; QXLPoint pos; QXLPHYSICAL bitmap; }
    QXLQMask;
typedef struct QXLCopy { QXLPHYSICAL src_bitmap; QXLRect src_area;
                         uint16_t rop_descriptor; uint8_t scale_mode;
                         QXLQMask mask; } QXLCopy;
typedef struct QXLFill { QXLBrush brush; uint16_t rop_descriptor;
                         QXLQMask mask; } QXLFill;
enum { QXL_DRAW_NOP, QXL_DRAW_FILL, QXL_DRAW_OPAQUE, QXL_DRAW_COPY,
       QXL_COPY_BITS, QXL_DRAW_BLEND, QXL_DRAW_BLACKNESS, QXL_DRAW_WHITENESS,
       QXL_DRAW_INVERS, QXL_DRAW_ROP3, QXL_DRAW_STROKE, QXL_DRAW_TEXT,
       QXL_DRAW_TRANSPARENT, QXL_DRAW_ALPHA_BLEND, QXL_DRAW_COMPOSITE };
enum { QXL_EFFECT_BLEND, QXL_EFFECT_OPAQUE, QXL_EFFECT_REVERT_ON_DUP,
       QXL_EFFECT_BLACKNESS_ON_DUP, QXL_EFFECT_WHITENESS_ON_DUP,
       QXL_EFFECT_NOP_ON_DUP, QXL_EFFECT_NOP, QXL_EFFECT_OPAQUE_BRUSH };
typedef struct QXLCompatDrawable {
    QXLReleaseInfo release_info;
    uint8_t effect, type;
    uint16_t bitmap_offset;
    QXLRect bitmap_area, bbox;
    QXLClip clip;
    uint32_t mm_time;
    union { QXLFill fill; QXLCopy copy; } u;
} QXLCompatDrawable;
typedef struct QXLDrawable {
    QXLReleaseInfo release_info;
    uint32_t surface_id;
    uint8_t effect, type, self_bitmap;
    QXLRect self_bitmap_area, bbox;
    QXLClip clip;
    uint32_t mm_time;
    int32_t surfaces_dest[3];
    QXLRect surfaces_rects[3];
    union { QXLFill fill; QXLCopy copy; } u;
} QXLDrawable;
typedef struct QXLUpdateCmd { QXLReleaseInfo release_info; QXLRect area;
                              uint32_t update_id, surface_id; } QXLUpdateCmd;
typedef struct QXLMessage { QXLReleaseInfo release_info; uint8_t data[]; }
    QXLMessage;
enum { QXL_SURFACE_CMD_CREATE, QXL_SURFACE_CMD_DESTROY };
typedef struct QXLSurface { uint32_t format, width, height; int32_t stride;
                            QXLPHYSICAL data; } QXLSurface;
typedef struct QXLSurfaceCmd {
    QXLReleaseInfo release_info;
    uint32_t surface_id;
    uint8_t type;
    uint32_t flags;
    union { QXLSurface surface_create; } u;
} QXLSurfaceCmd;
typedef struct QXLImageDescriptor { uint64_t id; uint8_t type, flags;
                                    uint32_t width, height; }
    QXLImageDescriptor;
typedef struct QXLBitmap { uint8_t format, flags; uint32_t x, y, stride;
                           QXLPHYSICAL palette, data; } QXLBitmap;
typedef struct QXLImage {
    QXLImageDescriptor descriptor;
    union { QXLBitmap bitmap; } ;
} QXLImage;
enum { QXL_IMAGE_GROUP_DRIVER, QXL_IMAGE_GROUP_DEVICE };
#define QXL_SET_IMAGE_ID(image, g, u) \
    ((image)->descriptor.id = ((uint64_t)(u) << 32) | (g))
#define QXL_BITMAP_DIRECT 1
#define QXL_BITMAP_TOP_DOWN 4
#pragma pack(pop)
