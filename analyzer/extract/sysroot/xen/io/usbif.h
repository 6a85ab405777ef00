/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_IO_USBIF_H__
#define __XEN_PUBLIC_IO_USBIF_H__
#include <xen/grant_table.h>
#include <xen/io/ring.h>
#define USBIF_MAX_SEGMENTS_PER_REQUEST 16
enum usb_spec_version { USB_VER_UNKNOWN, USB_VER_USB11, USB_VER_USB20,
                        USB_VER_USB30 };
#define USBIF_MAX_PORTNR 31
enum { USBIF_SPEED_NONE, USBIF_SPEED_LOW, USBIF_SPEED_FULL, USBIF_SPEED_HIGH };
struct usbif_request_segment { grant_ref_t gref; uint16_t offset, length; };
struct usbif_urb_request {
    uint16_t id, nr_buffer_segs;
    uint32_t pipe;
    uint16_t transfer_flags, buffer_length;
    union {
        uint8_t ctrl[8];
        struct { uint16_t interval, start_frame, number_of_packets,
                 nr_frame_desc_segs; } isoc;
        struct { uint16_t interval, pad[3]; } intr;
        struct { uint16_t unlink_id, pad[3]; } unlink;
    } u;
    struct usbif_request_segment seg[USBIF_MAX_SEGMENTS_PER_REQUEST];
};
struct usbif_urb_response { uint16_t id, start_frame; int32_t status,
                            actual_length, error_count; };
struct usbif_conn_request { uint16_t id; };
struct usbif_conn_response { uint16_t id; uint8_t portnum, speed; };
struct usbif_iso_packet_descriptor { uint16_t offset, length,
                                     actual_length, status; };
typedef struct usbif_urb_request usbif_urb_request_t;
typedef struct usbif_urb_response usbif_urb_response_t;
typedef struct usbif_conn_request usbif_conn_request_t;
typedef struct usbif_conn_response usbif_conn_response_t;
DEFINE_RING_TYPES(usbif_urb, struct usbif_urb_request,
                  struct usbif_urb_response);
DEFINE_RING_TYPES(usbif_conn, struct usbif_conn_request,
                  struct usbif_conn_response);
#define USBIF_URB_RING_SIZE 32
#define USBIF_CONN_RING_SIZE 32
#define USBIF_PIPE_UNLINK 0x20
#define USBIF_PIPE_DIR 0x80
#define usbif_pipedevice(p) (((p) >> 8) & 0x7f)
#define usbif_pipeendpoint(p) (((p) >> 15) & 15)
#define usbif_pipetype(p) (((p) >> 30) & 3)
#define usbif_pipein(p) ((p) & USBIF_PIPE_DIR)
#define usbif_pipeint(p) (usbif_pipetype(p) == 1)
#define usbif_pipeisoc(p) (usbif_pipetype(p) == 0)
#define usbif_pipectrl(p) (usbif_pipetype(p) == 2)
#define usbif_pipebulk(p) (usbif_pipetype(p) == 3)
#define usbif_pipeunlink(p) ((p) & USBIF_PIPE_UNLINK)
#define usbif_pipesubmit(p) (!usbif_pipeunlink(p))
#define usbif_pipeportnum(p) ((p) & 31)
#define usbif_pipeout(p) (!usbif_pipein(p))
enum { USBIF_PIPE_TYPE_ISOC, USBIF_PIPE_TYPE_INT, USBIF_PIPE_TYPE_CTRL,
       USBIF_PIPE_TYPE_BULK };
enum { USBIF_STATUS_OK = 0, USBIF_STATUS_NODEV = -19,
       USBIF_STATUS_INVAL = -22, USBIF_STATUS_STALL = -32,
       USBIF_STATUS_IOERROR = -71, USBIF_STATUS_BABBLE = -75,
       USBIF_STATUS_SHUTDOWN = -108 };
#define USBIF_SHORT_NOT_OK 1
#endif
