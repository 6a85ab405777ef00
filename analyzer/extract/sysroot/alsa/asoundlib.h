/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef struct qc_snd_pcm snd_pcm_t;
typedef struct qc_snd_hw snd_pcm_hw_params_t;
typedef struct qc_snd_sw snd_pcm_sw_params_t;
typedef unsigned long snd_pcm_uframes_t;
typedef long snd_pcm_sframes_t;
typedef int snd_pcm_stream_t, snd_pcm_state_t, snd_pcm_access_t;
typedef enum {
    SND_PCM_FORMAT_UNKNOWN = -1, SND_PCM_FORMAT_S8, SND_PCM_FORMAT_U8,
    SND_PCM_FORMAT_S16_LE, SND_PCM_FORMAT_S16_BE, SND_PCM_FORMAT_U16_LE,
    SND_PCM_FORMAT_U16_BE, SND_PCM_FORMAT_S32_LE = 10, SND_PCM_FORMAT_S32_BE,
    SND_PCM_FORMAT_U32_LE, SND_PCM_FORMAT_U32_BE, SND_PCM_FORMAT_FLOAT_LE,
    SND_PCM_FORMAT_FLOAT_BE
} snd_pcm_format_t;
enum { SND_PCM_STREAM_PLAYBACK, SND_PCM_STREAM_CAPTURE };
enum { SND_PCM_STATE_OPEN, SND_PCM_STATE_SETUP, SND_PCM_STATE_PREPARED,
       SND_PCM_STATE_RUNNING, SND_PCM_STATE_XRUN, SND_PCM_STATE_DRAINING,
       SND_PCM_STATE_PAUSED, SND_PCM_STATE_SUSPENDED };
enum { SND_PCM_ACCESS_RW_INTERLEAVED = 3 };
#define SND_PCM_NONBLOCK 1
#define snd_pcm_hw_params_alloca(p) (*(p) = NULL)
#define snd_pcm_sw_params_alloca(p) (*(p) = NULL)
const char *snd_strerror(int err);
