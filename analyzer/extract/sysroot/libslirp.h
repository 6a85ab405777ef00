/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/socket.h>
#define SLIRP_MAJOR_VERSION 4
#define SLIRP_MINOR_VERSION 7
#define SLIRP_MICRO_VERSION 0
#define SLIRP_CONFIG_VERSION_MAX 4
#define SLIRP_CHECK_VERSION(a, b, c) \
    ((a) * 100 + (b) <= SLIRP_MAJOR_VERSION * 100 + SLIRP_MINOR_VERSION)
typedef ssize_t slirp_ssize_t;
typedef int slirp_os_socket;
typedef struct Slirp Slirp;
typedef enum { SLIRP_TIMER_RA, SLIRP_TIMER_NUM } SlirpTimerId;
typedef slirp_ssize_t (*SlirpReadCb)(void *buf, size_t n, void *opaque);
typedef slirp_ssize_t (*SlirpWriteCb)(const void *buf, size_t n, void *opaque);
typedef void (*SlirpTimerCb)(void *opaque);
typedef int (*SlirpAddPollCb)(int fd, int events, void *opaque);
typedef int (*SlirpGetREventsCb)(int idx, void *opaque);
enum { SLIRP_POLL_IN = 1, SLIRP_POLL_OUT, SLIRP_POLL_PRI = 4,
       SLIRP_POLL_ERR = 8, SLIRP_POLL_HUP = 16 };
typedef struct SlirpCb {
    slirp_ssize_t (*send_packet)(const void *buf, size_t n, void *opaque);
    void (*guest_error)(const char *msg, void *opaque);
    int64_t (*clock_get_ns)(void *opaque);
    void *(*timer_new)(SlirpTimerCb cb, void *cb_opaque, void *opaque);
    void (*timer_free)(void *timer, void *opaque);
    void (*timer_mod)(void *timer, int64_t expire, void *opaque);
    void (*register_poll_fd)(int fd, void *opaque);
    void (*unregister_poll_fd)(int fd, void *opaque);
    void (*notify)(void *opaque);
    void (*init_completed)(Slirp *slirp, void *opaque);
    void *(*timer_new_opaque)(SlirpTimerId id, void *cb_opaque, void *opaque);
    void (*register_poll_socket)(slirp_os_socket s, void *opaque);
    void (*unregister_poll_socket)(slirp_os_socket s, void *opaque);
} SlirpCb;
typedef struct SlirpConfig {
    uint32_t version;
    int restricted;
    bool in_enabled;
    struct in_addr vnetwork, vnetmask, vhost;
    bool in6_enabled;
    struct in6_addr vprefix_addr6;
    uint8_t vprefix_len;
    struct in6_addr vhost6;
    const char *vhostname, *tftp_server_name, *tftp_path, *bootfile;
    struct in_addr vdhcp_start, vnameserver;
    struct in6_addr vnameserver6;
    const char **vdnssearch;
    const char *vdomainname;
    size_t if_mtu, if_mru;
    bool disable_host_loopback, enable_emu;
    struct sockaddr_in *outbound_addr;
    struct sockaddr_in6 *outbound_addr6;
    bool disable_dns, disable_dhcp;
} SlirpConfig;
Slirp *slirp_new(const SlirpConfig *cfg, const SlirpCb *cb, void *opaque);
char *slirp_connection_info(Slirp *slirp);
