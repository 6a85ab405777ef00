/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef struct pa_context pa_context;
typedef struct pa_stream pa_stream;
typedef struct pa_operation pa_operation;
typedef struct pa_threaded_mainloop pa_threaded_mainloop;
typedef struct pa_mainloop_api pa_mainloop_api;
typedef struct pa_proplist pa_proplist;
typedef uint64_t pa_usec_t;
typedef uint32_t pa_volume_t;
typedef enum { PA_SAMPLE_U8, PA_SAMPLE_ALAW, PA_SAMPLE_ULAW, PA_SAMPLE_S16LE,
               PA_SAMPLE_S16BE, PA_SAMPLE_FLOAT32LE, PA_SAMPLE_FLOAT32BE,
               PA_SAMPLE_S32LE, PA_SAMPLE_S32BE } pa_sample_format_t;
typedef struct { pa_sample_format_t format; uint32_t rate; uint8_t channels; }
    pa_sample_spec;
typedef struct pa_buffer_attr { uint32_t maxlength, tlength, prebuf, minreq,
                                fragsize; } pa_buffer_attr;
typedef struct { uint8_t channels; int map[32]; } pa_channel_map;
typedef struct { uint8_t channels; pa_volume_t values[32]; } pa_cvolume;
typedef enum { PA_CONTEXT_UNCONNECTED, PA_CONTEXT_CONNECTING,
               PA_CONTEXT_AUTHORIZING, PA_CONTEXT_SETTING_NAME,
               PA_CONTEXT_READY, PA_CONTEXT_FAILED, PA_CONTEXT_TERMINATED }
    pa_context_state_t;
typedef enum { PA_STREAM_UNCONNECTED, PA_STREAM_CREATING, PA_STREAM_READY,
               PA_STREAM_FAILED, PA_STREAM_TERMINATED } pa_stream_state_t;
typedef enum { PA_STREAM_NODIRECTION, PA_STREAM_PLAYBACK, PA_STREAM_RECORD }
    pa_stream_direction_t;
typedef unsigned pa_stream_flags_t;
enum { PA_STREAM_INTERPOLATE_TIMING = 2, PA_STREAM_AUTO_TIMING_UPDATE = 8,
       PA_STREAM_DONT_MOVE = 512, PA_STREAM_ADJUST_LATENCY = 8192,
       PA_STREAM_EARLY_REQUESTS = 16384 };
enum { PA_SEEK_RELATIVE, PA_ERR_BADSTATE = 15 };
enum { PA_CHANNEL_POSITION_MONO, PA_CHANNEL_POSITION_FRONT_LEFT,
       PA_CHANNEL_POSITION_FRONT_RIGHT, PA_CHANNEL_POSITION_CENTER,
       PA_CHANNEL_POSITION_REAR_LEFT = 5, PA_CHANNEL_POSITION_REAR_RIGHT,
       PA_CHANNEL_POSITION_LFE, PA_CHANNEL_POSITION_SIDE_LEFT = 10,
       PA_CHANNEL_POSITION_SIDE_RIGHT };
#define PA_CHANNEL_POSITION_LEFT PA_CHANNEL_POSITION_FRONT_LEFT
#define PA_CHANNEL_POSITION_RIGHT PA_CHANNEL_POSITION_FRONT_RIGHT
#define PA_VOLUME_NORM 65536U
#define PA_VOLUME_MUTED 0U
#define PA_CONTEXT_IS_GOOD(s) ((s) >= 1 && (s) <= 4)
#define PA_STREAM_IS_GOOD(s) ((s) == 1 || (s) == 2)
#define PA_CHECK_VERSION(a, b, c) 1
pa_context *pa_context_new(pa_mainloop_api *api, const char *name);
pa_stream *pa_stream_new(pa_context *c, const char *name,
                         const pa_sample_spec *s, const pa_channel_map *m);
pa_threaded_mainloop *pa_threaded_mainloop_new(void);
pa_mainloop_api *pa_threaded_mainloop_get_api(pa_threaded_mainloop *m);
size_t pa_stream_writable_size(const pa_stream *s);
size_t pa_usec_to_bytes(pa_usec_t t, const pa_sample_spec *s);
const char *pa_strerror(int err);
