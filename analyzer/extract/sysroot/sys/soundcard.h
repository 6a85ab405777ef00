/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/ioctl.h>
typedef struct { int fragments, fragstotal, fragsize, bytes; } audio_buf_info;
typedef struct { int bytes, blocks, ptr; } count_info;
enum { AFMT_U8 = 8, AFMT_S16_LE = 16, AFMT_S16_BE = 32, AFMT_S8 = 64,
       AFMT_U16_LE = 128, AFMT_U16_BE = 256 };
#define SNDCTL_DSP_SPEED _IOWR('P', 2, int)
#define SNDCTL_DSP_SETFMT _IOWR('P', 5, int)
#define SNDCTL_DSP_CHANNELS _IOWR('P', 6, int)
#define SNDCTL_DSP_NONBLOCK _IO('P', 14)
#define SNDCTL_DSP_SAMPLESIZE SNDCTL_DSP_SETFMT
#define SNDCTL_DSP_SETFRAGMENT _IOWR('P', 10, int)
#define SNDCTL_DSP_GETOSPACE _IOR('P', 12, audio_buf_info)
#define SNDCTL_DSP_GETISPACE _IOR('P', 13, audio_buf_info)
#define SNDCTL_DSP_SETTRIGGER _IOW('P', 16, int)
#define SNDCTL_DSP_GETOPTR _IOR('P', 18, count_info)
#define SNDCTL_DSP_POLICY _IOW('P', 45, int)
#define OSS_GETVERSION _IOR('M', 118, int)
#define PCM_ENABLE_INPUT 1
#define PCM_ENABLE_OUTPUT 2
