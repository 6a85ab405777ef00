/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
struct spa_list { struct spa_list *next, *prev; };
struct spa_callbacks { const void *funcs; void *data; };
struct spa_hook { struct spa_list link; struct spa_callbacks cb;
                  void (*removed)(struct spa_hook *h); void *priv; };
struct spa_ringbuffer { uint32_t readindex, writeindex; };
struct spa_pod { uint32_t size, type; };
struct spa_pod_builder { void *data; uint32_t size, pad[12]; };
struct spa_chunk { uint32_t offset, size; int32_t stride, flags; };
struct spa_data { uint32_t type, flags; int64_t fd; uint32_t mapoffset,
                  maxsize; void *data; struct spa_chunk *chunk; };
struct spa_buffer { uint32_t n_metas, n_datas; void *metas;
                    struct spa_data *datas; };
#define SPA_AUDIO_MAX_CHANNELS 64u
#define SPA_MIN(a, b) ((a) < (b) ? (a) : (b))
#define SPA_PTROFF(p, offset, type) ((type *)((char *)(p) + (offset)))
#define SPA_POD_BUILDER_INIT(d, n) { .data = (d), .size = (n) }
#define spa_zero(x) memset(&(x), 0, sizeof(x))
enum spa_audio_format { SPA_AUDIO_FORMAT_UNKNOWN, SPA_AUDIO_FORMAT_S8 = 257,
    SPA_AUDIO_FORMAT_U8, SPA_AUDIO_FORMAT_S16_LE, SPA_AUDIO_FORMAT_S16_BE,
    SPA_AUDIO_FORMAT_U16_LE, SPA_AUDIO_FORMAT_U16_BE,
    SPA_AUDIO_FORMAT_S32_LE = 267, SPA_AUDIO_FORMAT_S32_BE,
    SPA_AUDIO_FORMAT_U32_LE, SPA_AUDIO_FORMAT_U32_BE,
    SPA_AUDIO_FORMAT_F32_LE = 283, SPA_AUDIO_FORMAT_F32_BE };
enum spa_audio_channel { SPA_AUDIO_CHANNEL_UNKNOWN, SPA_AUDIO_CHANNEL_NA,
    SPA_AUDIO_CHANNEL_MONO, SPA_AUDIO_CHANNEL_FL, SPA_AUDIO_CHANNEL_FR,
    SPA_AUDIO_CHANNEL_FC, SPA_AUDIO_CHANNEL_LFE, SPA_AUDIO_CHANNEL_SL,
    SPA_AUDIO_CHANNEL_SR, SPA_AUDIO_CHANNEL_RL = 12, SPA_AUDIO_CHANNEL_RR };
struct spa_audio_info_raw { enum spa_audio_format format; uint32_t flags, rate,
    channels, position[SPA_AUDIO_MAX_CHANNELS]; };
enum spa_direction { SPA_DIRECTION_INPUT, SPA_DIRECTION_OUTPUT };
enum { SPA_PARAM_EnumFormat = 3, SPA_PROP_mute = 65540,
       SPA_PROP_channelVolumes = 65544 };
struct pw_thread_loop;
struct pw_loop;
struct pw_context;
struct pw_core;
struct pw_stream;
struct pw_properties;
struct pw_buffer { struct spa_buffer *buffer; void *user_data; uint64_t size,
                   requested, time; };
enum pw_stream_state { PW_STREAM_STATE_ERROR = -1,
    PW_STREAM_STATE_UNCONNECTED, PW_STREAM_STATE_CONNECTING,
    PW_STREAM_STATE_PAUSED, PW_STREAM_STATE_STREAMING };
struct pw_core_events { uint32_t version; void (*info)(); void (*done)();
    void (*ping)(); void (*error)(); };
struct pw_stream_events { uint32_t version; void (*destroy)();
    void (*state_changed)(); void (*control_info)(); void (*io_changed)();
    void (*param_changed)(); void (*add_buffer)(); void (*remove_buffer)();
    void (*process)(); void (*drained)(); };
#define PW_VERSION_CORE_EVENTS 1
#define PW_VERSION_STREAM_EVENTS 2
#define PW_ID_CORE 0
#define PW_ID_ANY 0xffffffffu
enum { PW_DIRECTION_INPUT, PW_DIRECTION_OUTPUT };
enum { PW_STREAM_FLAG_AUTOCONNECT = 1, PW_STREAM_FLAG_INACTIVE,
       PW_STREAM_FLAG_MAP_BUFFERS = 4, PW_STREAM_FLAG_RT_PROCESS = 16 };
#define PW_KEY_MEDIA_TYPE "media.type"
#define PW_KEY_MEDIA_CATEGORY "media.category"
#define PW_KEY_NODE_LATENCY "node.latency"
#define PW_KEY_TARGET_OBJECT "target.object"
struct pw_stream *pw_stream_new(struct pw_core *c, const char *name,
                                struct pw_properties *p);
struct pw_buffer *pw_stream_dequeue_buffer(struct pw_stream *s);
struct pw_properties *pw_properties_new(const char *key, ...);
struct pw_thread_loop *pw_thread_loop_new(const char *name, const void *p);
struct pw_loop *pw_thread_loop_get_loop(struct pw_thread_loop *l);
struct pw_context *pw_context_new(struct pw_loop *l, struct pw_properties *p,
                                  size_t n);
struct pw_core *pw_context_connect(struct pw_context *c,
                                   struct pw_properties *p, size_t n);
struct spa_pod *spa_format_audio_raw_build(struct spa_pod_builder *b,
                                           uint32_t id, const void *info);
const char *spa_strerror(int err);
const char *pw_stream_state_as_string(enum pw_stream_state s);
