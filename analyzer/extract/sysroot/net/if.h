/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/socket.h>
#define IFNAMSIZ 16
#define IF_NAMESIZE 16
#define IFF_UP 1
#define IFF_BROADCAST 2
#define IFF_LOOPBACK 8
#define IFF_RUNNING 64
#define IFF_PROMISC 256
struct ifmap { unsigned long mem_start; };
struct ifreq {
    char ifr_name[IFNAMSIZ];
    union {
        struct sockaddr ifr_addr, ifr_hwaddr, ifr_netmask;
        short ifr_flags;
        int ifr_ifindex, ifr_mtu, ifr_metric;
        struct ifmap ifr_map;
        char *ifr_data;
        char ifr_newname[IFNAMSIZ];
    };
};
struct if_nameindex { unsigned if_index; char *if_name; };
unsigned if_nametoindex(const char *name);
