/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/socket.h>
#include <spice/enums.h>
#include <spice/qxl_dev.h>
#define SPICE_SERVER_VERSION 0x000f00
#define SPICE_INTERFACE_CORE "core"
#define SPICE_INTERFACE_CORE_MAJOR 1
#define SPICE_INTERFACE_CORE_MINOR 3
#define SPICE_INTERFACE_QXL "qxl"
#define SPICE_INTERFACE_QXL_MAJOR 3
#define SPICE_INTERFACE_QXL_MINOR 3
#define SPICE_INTERFACE_KEYBOARD "keyboard"
#define SPICE_INTERFACE_KEYBOARD_MAJOR 1
#define SPICE_INTERFACE_KEYBOARD_MINOR 1
#define SPICE_INTERFACE_MOUSE "mouse"
#define SPICE_INTERFACE_MOUSE_MAJOR 1
#define SPICE_INTERFACE_MOUSE_MINOR 1
#define SPICE_INTERFACE_TABLET "tablet"
#define SPICE_INTERFACE_TABLET_MAJOR 1
#define SPICE_INTERFACE_TABLET_MINOR 1
#define SPICE_INTERFACE_PLAYBACK "playback"
#define SPICE_INTERFACE_PLAYBACK_MAJOR 1
#define SPICE_INTERFACE_PLAYBACK_MINOR 4
#define SPICE_INTERFACE_PLAYBACK_FREQ 44100
#define SPICE_INTERFACE_PLAYBACK_CHAN 2
#define SPICE_INTERFACE_PLAYBACK_FMT 1
#define SPICE_INTERFACE_RECORD "record"
#define SPICE_INTERFACE_RECORD_MAJOR 2
#define SPICE_INTERFACE_RECORD_MINOR 3
#define SPICE_INTERFACE_RECORD_FREQ 44100
#define SPICE_INTERFACE_RECORD_CHAN 2
#define SPICE_INTERFACE_CHAR_DEVICE "char_device"
#define SPICE_INTERFACE_CHAR_DEVICE_MAJOR 1
#define SPICE_INTERFACE_CHAR_DEVICE_MINOR 3
#define SPICE_INTERFACE_MIGRATION "migration"
#define SPICE_INTERFACE_MIGRATION_MAJOR 1
#define SPICE_INTERFACE_MIGRATION_MINOR 1
#define SPICE_CHANNEL_EVENT_CONNECTED 1
#define SPICE_CHANNEL_EVENT_INITIALIZED 2
#define SPICE_CHANNEL_EVENT_DISCONNECTED 3
#define SPICE_CHANNEL_EVENT_FLAG_TLS 1
#define SPICE_CHANNEL_EVENT_FLAG_ADDR_EXT 2
#define SPICE_CHANNEL_SECURITY_NONE 1
#define SPICE_CHANNEL_SECURITY_SSL 2
#define SPICE_ADDR_FLAG_IPV4_ONLY 1
#define SPICE_ADDR_FLAG_IPV6_ONLY 2
#define SPICE_ADDR_FLAG_UNIX_ONLY 4
#define SPICE_WATCH_EVENT_READ 1
#define SPICE_WATCH_EVENT_WRITE 2
#define SPICE_CHAR_DEVICE_NOTIFY_WRITABLE 1

typedef struct SpiceServer SpiceServer;
typedef struct QXLState QXLState;
typedef struct QXLWorker QXLWorker;
typedef struct SpiceTimer SpiceTimer;
typedef struct SpiceWatch SpiceWatch;
typedef struct SpiceBaseInterface {
    const char *type, *description;
    uint32_t major_version, minor_version;
} SpiceBaseInterface;
typedef struct SpiceBaseInstance { const SpiceBaseInterface *sif; }
    SpiceBaseInstance;
typedef void (*SpiceTimerFunc)(void *opaque);
typedef void (*SpiceWatchFunc)(int fd, int event, void *opaque);
typedef struct SpiceChannelEventInfo {
    int connection_id, type, id, flags;
    struct sockaddr laddr, paddr;
    socklen_t llen, plen;
    struct sockaddr_storage laddr_ext, paddr_ext;
    socklen_t llen_ext, plen_ext;
} SpiceChannelEventInfo;
typedef struct SpiceCoreInterface {
    SpiceBaseInterface base;
    SpiceTimer *(*timer_add)(SpiceTimerFunc func, void *opaque);
    void (*timer_start)(SpiceTimer *timer, uint32_t ms);
    void (*timer_cancel)(SpiceTimer *timer);
    void (*timer_remove)(SpiceTimer *timer);
    SpiceWatch *(*watch_add)(int fd, int event, SpiceWatchFunc func,
                             void *opaque);
    void (*watch_update_mask)(SpiceWatch *watch, int event);
    void (*watch_remove)(SpiceWatch *watch);
    void (*channel_event)(int event, SpiceChannelEventInfo *info);
} SpiceCoreInterface;
typedef struct QXLDevInitInfo {
    uint32_t num_memslots_groups, num_memslots;
    uint8_t memslot_gen_bits, memslot_id_bits;
    uint32_t qxl_ram_size;
    uint8_t internal_groupslot_id;
    uint32_t n_surfaces;
} QXLDevInitInfo;
typedef struct QXLDevMemSlot {
    uint32_t slot_group_id, slot_id, generation;
    unsigned long virt_start, virt_end;
    uint64_t addr_delta;
    uint32_t qxl_ram_size;
} QXLDevMemSlot;
typedef struct QXLDevSurfaceCreate {
    uint32_t width, height;
    int32_t stride;
    uint32_t format, position, mouse_mode, flags, type;
    uint64_t mem;
    uint32_t group_id;
} QXLDevSurfaceCreate;
typedef struct VDAgentMonitorsConfig {
    uint32_t num_of_monitors, flags;
    struct VDAgentMonConfig { uint32_t height, width, depth; int32_t x, y; }
        monitors[];
} VDAgentMonitorsConfig;
typedef struct VDAgentMonConfig VDAgentMonConfig;
struct QXLWorker {
    uint32_t minor_version, major_version;
    void (*wakeup)(QXLWorker *w);
    void (*oom)(QXLWorker *w);
    void (*start)(QXLWorker *w);
    void (*stop)(QXLWorker *w);
};
typedef struct QXLInstance {
    SpiceBaseInstance base;
    int id;
    QXLState *st;
} QXLInstance;
typedef struct QXLInterface {
    SpiceBaseInterface base;
    union { void (*attache_worker)(QXLInstance *q, QXLWorker *w);
            void (*attached_worker)(QXLInstance *q); };
    void (*set_compression_level)(QXLInstance *q, int level);
    void (*set_mm_time)(QXLInstance *q, uint32_t time);
    void (*get_init_info)(QXLInstance *q, QXLDevInitInfo *info);
    int (*get_command)(QXLInstance *q, QXLCommandExt *cmd);
    int (*req_cmd_notification)(QXLInstance *q);
    void (*release_resource)(QXLInstance *q, QXLReleaseInfoExt info);
    int (*get_cursor_command)(QXLInstance *q, QXLCommandExt *cmd);
    int (*req_cursor_notification)(QXLInstance *q);
    void (*notify_update)(QXLInstance *q, uint32_t id);
    int (*flush_resources)(QXLInstance *q);
    void (*async_complete)(QXLInstance *q, uint64_t cookie);
    void (*update_area_complete)(QXLInstance *q, uint32_t surface,
                                 struct QXLRect *updated, uint32_t n);
    void (*set_client_capabilities)(QXLInstance *q, uint8_t present,
                                    uint8_t caps[58]);
    int (*client_monitors_config)(QXLInstance *q,
                                  VDAgentMonitorsConfig *config);
} QXLInterface;
#define QC_SPICE_INSTANCE(name) \
    typedef struct Spice##name##State Spice##name##State; \
    typedef struct Spice##name##Instance { \
        SpiceBaseInstance base; \
        Spice##name##State *st; \
    } Spice##name##Instance
QC_SPICE_INSTANCE(Kbd);
QC_SPICE_INSTANCE(Mouse);
QC_SPICE_INSTANCE(Tablet);
QC_SPICE_INSTANCE(Playback);
QC_SPICE_INSTANCE(Record);
QC_SPICE_INSTANCE(Migrate);
typedef struct SpiceKbdInterface {
    SpiceBaseInterface base;
    void (*push_scan_freg)(SpiceKbdInstance *k, uint8_t frag);
    uint8_t (*get_leds)(SpiceKbdInstance *k);
} SpiceKbdInterface;
typedef struct SpiceMouseInterface {
    SpiceBaseInterface base;
    void (*motion)(SpiceMouseInstance *m, int x, int y, int z, uint32_t b);
    void (*buttons)(SpiceMouseInstance *m, uint32_t b);
} SpiceMouseInterface;
typedef struct SpiceTabletInterface {
    SpiceBaseInterface base;
    void (*set_logical_size)(SpiceTabletInstance *t, int w, int h);
    void (*position)(SpiceTabletInstance *t, int x, int y, uint32_t b);
    void (*wheel)(SpiceTabletInstance *t, int z, uint32_t b);
    void (*buttons)(SpiceTabletInstance *t, uint32_t b);
} SpiceTabletInterface;
typedef struct SpicePlaybackInterface { SpiceBaseInterface base; }
    SpicePlaybackInterface;
typedef struct SpiceRecordInterface { SpiceBaseInterface base; }
    SpiceRecordInterface;
typedef struct SpiceMigrateInterface {
    SpiceBaseInterface base;
    void (*migrate_connect_complete)(SpiceMigrateInstance *m);
    void (*migrate_end_complete)(SpiceMigrateInstance *m);
} SpiceMigrateInterface;
typedef struct SpiceCharDeviceState SpiceCharDeviceState;
typedef struct SpiceCharDeviceInstance {
    SpiceBaseInstance base;
    const char *subtype;
    SpiceCharDeviceState *st;
    const char *portname;
} SpiceCharDeviceInstance;
typedef struct SpiceCharDeviceInterface {
    SpiceBaseInterface base;
    void (*state)(SpiceCharDeviceInstance *c, int connected);
    int (*write)(SpiceCharDeviceInstance *c, const uint8_t *p, int n);
    int (*read)(SpiceCharDeviceInstance *c, uint8_t *p, int n);
    void (*event)(SpiceCharDeviceInstance *c, uint8_t event);
    uint32_t flags;
} SpiceCharDeviceInterface;
SpiceServer *spice_server_new(void);
const char **spice_server_char_device_recognized_subtypes(void);
uint32_t spice_server_get_best_playback_rate(SpicePlaybackInstance *p);
uint32_t spice_server_get_best_record_rate(SpiceRecordInstance *r);
