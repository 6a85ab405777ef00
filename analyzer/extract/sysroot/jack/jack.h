/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
#include <qc/pthread.h>
typedef struct qc_jack_client jack_client_t;
typedef struct qc_jack_port jack_port_t;
typedef uint32_t jack_nframes_t;
typedef uint32_t jack_port_id_t;
typedef pthread_t jack_native_thread_t;
typedef float jack_default_audio_sample_t;
typedef int jack_options_t, jack_status_t, jack_latency_callback_mode_t;
enum { JackNullOption, JackNoStartServer, JackUseExactName,
       JackServerName = 4 };
enum { JackFailure = 1, JackInvalidOption, JackNameNotUnique = 4,
       JackServerStarted = 8, JackServerFailed = 16, JackVersionError = 1024,
       JackInitFailure = 256, JackNoSuchClient = 64 };
enum { JackPortIsInput = 1, JackPortIsOutput, JackPortIsPhysical = 4 };
#define JACK_DEFAULT_AUDIO_TYPE "32 bit float mono audio"
jack_client_t *jack_client_open(const char *name, jack_options_t o,
                                jack_status_t *s, ...);
jack_port_t *jack_port_register(jack_client_t *c, const char *name,
                                const char *type, unsigned long flags,
                                unsigned long size);
void *jack_port_get_buffer(jack_port_t *p, jack_nframes_t n);
const char **jack_get_ports(jack_client_t *c, const char *name,
                            const char *type, unsigned long flags);
const char *jack_port_name(const jack_port_t *p);
char *jack_get_client_name(jack_client_t *c);
