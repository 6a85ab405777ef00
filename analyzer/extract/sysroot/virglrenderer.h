/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
#define VIRGL_RENDERER_CALLBACKS_VERSION 4
struct virgl_box { uint32_t x, y, z, w, h, d; };
struct virgl_renderer_gl_ctx_param { int version; bool shared;
                                     int major_ver, minor_ver, compat_ctx; };
typedef void *virgl_renderer_gl_context;
struct virgl_renderer_callbacks {
    int version;
    void (*write_fence)(void *opaque, uint32_t fence);
    virgl_renderer_gl_context (*create_gl_context)(void *opaque, int scanout,
        struct virgl_renderer_gl_ctx_param *param);
    void (*destroy_gl_context)(void *opaque, virgl_renderer_gl_context ctx);
    int (*make_current)(void *opaque, int scanout,
                        virgl_renderer_gl_context ctx);
    int (*get_drm_fd)(void *opaque);
    void (*write_context_fence)(void *opaque, uint32_t ctx, uint32_t ring,
                                uint64_t fence);
    void *(*get_server_fd)(void *opaque, uint32_t version);
    void *(*get_egl_display)(void *opaque);
};
struct virgl_renderer_resource_create_args {
    uint32_t handle, target, format, bind, width, height, depth, array_size,
             last_level, nr_samples, flags;
};
struct virgl_renderer_resource_info {
    uint32_t handle, virgl_format, width, height, depth, flags, tex_id, stride;
    int drm_fourcc, fd;
};
struct virgl_renderer_resource_info_ext {
    int version;
    struct virgl_renderer_resource_info base;
    bool has_dmabuf_export;
    int planes;
    uint64_t modifiers;
    void *d3d_tex2d;
};
struct virgl_renderer_resource_create_blob_args {
    uint32_t res_handle, ctx_id, blob_mem, blob_flags;
    uint64_t blob_id, size;
    const struct iovec *iovecs;
    uint32_t num_iovs;
};
enum { VIRGL_RENDERER_USE_EGL = 1, VIRGL_RENDERER_THREAD_SYNC,
       VIRGL_RENDERER_USE_GLX = 4, VIRGL_RENDERER_USE_SURFACELESS = 8,
       VIRGL_RENDERER_USE_GLES = 16, VIRGL_RENDERER_VENUS = 64,
       VIRGL_RENDERER_RENDER_SERVER = 512, VIRGL_RENDERER_D3D11_SHARE_TEXTURE
       = 4096, VIRGL_RENDERER_ASYNC_FENCE_CB = 256,
       VIRGL_RENDERER_DRM = 1024, VIRGL_RENDERER_USE_EXTERNAL_BLOB = 32,
       VIRGL_RENDERER_BLOB_FD_TYPE_DMABUF = 1,
       VIRGL_RENDERER_CONTEXT_FLAG_CAPSET_ID_MASK = 255,
       VIRGL_RENDERER_FENCE_FLAG_MERGEABLE = 1,
       VIRGL_RENDERER_MAP_CACHE_MASK = 15 };
char *virgl_renderer_get_cursor_data(uint32_t handle, uint32_t *w,
                                     uint32_t *h);
