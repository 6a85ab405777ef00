/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
struct rutabaga;
struct rutabaga_fence { uint32_t flags; uint64_t fence_id; uint32_t ctx_id,
                        ring_idx; };
struct rutabaga_debug { uint32_t debug_type; const char *message; };
struct rutabaga_iovecs { struct iovec *iovecs; size_t num_iovecs; };
struct rutabaga_channel { const char *channel_name; uint32_t channel_type; };
struct rutabaga_channels { const struct rutabaga_channel *channels;
                           size_t num_channels; };
struct rutabaga_handle { int64_t os_handle; uint32_t handle_type; };
struct rutabaga_mapping { void *ptr; uint64_t size; };
struct rutabaga_command { uint32_t ctx_id, cmd_size; uint8_t *cmd; uint32_t
                          num_in_fences; uint64_t *fence_ids; };
struct rutabaga_transfer { uint32_t x, y, z, w, h, d, level, stride,
                           layer_stride; uint64_t offset; };
struct rutabaga_create_blob { uint32_t blob_mem, blob_flags; uint64_t blob_id,
                              size; };
struct rutabaga_create_3d { uint32_t target, format, bind, width, height,
                            depth, array_size, last_level, nr_samples, flags; };
struct rutabaga_builder {
    uint64_t user_data;
    uint32_t default_component;
    uint64_t capset_mask;
    void (*fence_cb)(uint64_t user_data, const struct rutabaga_fence *fence);
    void (*debug_cb)(uint64_t user_data, const struct rutabaga_debug *debug);
    const char *wsi, *renderer_features;
    const struct rutabaga_channels *channels;
};
enum { RUTABAGA_CAPSET_VIRGL = 1, RUTABAGA_CAPSET_VIRGL2,
       RUTABAGA_CAPSET_GFXSTREAM_VULKAN, RUTABAGA_CAPSET_VENUS,
       RUTABAGA_CAPSET_CROSS_DOMAIN, RUTABAGA_CAPSET_DRM,
       RUTABAGA_CAPSET_GFXSTREAM_MAGMA, RUTABAGA_CAPSET_GFXSTREAM_GLES,
       RUTABAGA_CAPSET_GFXSTREAM_COMPOSER };
enum { RUTABAGA_FLAG_FENCE = 1, RUTABAGA_FLAG_INFO_RING_IDX = 2,
       RUTABAGA_CHANNEL_TYPE_WAYLAND = 1, RUTABAGA_MAP_ACCESS_RW = 3,
       RUTABAGA_MAP_CACHE_MASK = 15, RUTABAGA_DEBUG_ERROR = 1,
       RUTABAGA_DEBUG_WARN, RUTABAGA_DEBUG_INFO };
