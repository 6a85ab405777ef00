/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
struct usbredirfilter_rule {
    int device_class, vendor_id, product_id, device_version_bcd, allow;
};
enum { usb_redir_success, usb_redir_cancelled, usb_redir_inval,
       usb_redir_ioerror, usb_redir_stall, usb_redir_timeout,
       usb_redir_babble };
enum { usb_redir_type_control, usb_redir_type_iso, usb_redir_type_bulk,
       usb_redir_type_interrupt, usb_redir_type_invalid = 255 };
enum { usb_redir_speed_low, usb_redir_speed_full, usb_redir_speed_high,
       usb_redir_speed_super, usb_redir_speed_unknown = 255 };
enum { usb_redir_cap_bulk_streams, usb_redir_cap_connect_device_version,
       usb_redir_cap_filter, usb_redir_cap_device_disconnect_ack,
       usb_redir_cap_ep_info_max_packet_size, usb_redir_cap_64bits_ids,
       usb_redir_cap_32bits_bulk_length, usb_redir_cap_bulk_receiving };
enum { usbredirparser_none, usbredirparser_error, usbredirparser_warning,
       usbredirparser_info, usbredirparser_debug, usbredirparser_debug_data };
enum { usbredirparser_fl_usb_host = 1, usbredirparser_fl_write_cb_owns_buffer,
       usbredirparser_fl_no_hello = 4 };
#define USB_REDIR_CAPS_SIZE 1
struct usb_redir_hello_header { char version[64]; uint32_t capabilities[0]; };
struct usb_redir_device_connect_header {
    uint8_t speed, device_class, device_subclass, device_protocol;
    uint16_t vendor_id, product_id, device_version_bcd;
};
struct usb_redir_interface_info_header {
    uint32_t interface_count;
    uint8_t interface[32], interface_class[32], interface_subclass[32],
            interface_protocol[32];
};
struct usb_redir_ep_info_header {
    uint8_t type[32], interval[32], interface[32];
    uint16_t max_packet_size[32];
    uint32_t max_streams[32];
};
struct usb_redir_set_configuration_header { uint8_t configuration; };
struct usb_redir_configuration_status_header { uint8_t status, configuration; };
struct usb_redir_set_alt_setting_header { uint8_t interface, alt; };
struct usb_redir_get_alt_setting_header { uint8_t interface; };
struct usb_redir_alt_setting_status_header { uint8_t status, interface, alt; };
struct usb_redir_start_iso_stream_header { uint8_t endpoint, pkts_per_urb,
                                           no_urbs; };
struct usb_redir_stop_iso_stream_header { uint8_t endpoint; };
struct usb_redir_iso_stream_status_header { uint8_t status, endpoint; };
struct usb_redir_start_interrupt_receiving_header { uint8_t endpoint; };
struct usb_redir_stop_interrupt_receiving_header { uint8_t endpoint; };
struct usb_redir_interrupt_receiving_status_header { uint8_t status, endpoint; };
struct usb_redir_alloc_bulk_streams_header { uint32_t endpoints, no_streams; };
struct usb_redir_free_bulk_streams_header { uint32_t endpoints; };
struct usb_redir_bulk_streams_status_header { uint32_t endpoints, no_streams;
                                              uint8_t status; };
struct usb_redir_start_bulk_receiving_header {
    uint32_t stream_id, bytes_per_transfer;
    uint8_t endpoint, no_transfers;
};
struct usb_redir_stop_bulk_receiving_header { uint32_t stream_id;
                                              uint8_t endpoint; };
struct usb_redir_bulk_receiving_status_header { uint32_t stream_id;
                                                uint8_t endpoint, status; };
struct usb_redir_control_packet_header {
    uint8_t endpoint, request, requesttype, status;
    uint16_t value, index, length;
};
struct usb_redir_bulk_packet_header {
    uint8_t endpoint, status;
    uint16_t length;
    uint32_t stream_id;
    uint16_t length_high;
};
struct usb_redir_iso_packet_header { uint8_t endpoint, status;
                                     uint16_t length; };
struct usb_redir_interrupt_packet_header { uint8_t endpoint, status;
                                           uint16_t length; };
struct usb_redir_buffered_bulk_packet_header {
    uint32_t stream_id, length;
    uint8_t endpoint, status;
};
struct usbredirparser {
    void *priv;
    void (*log_func)();
    int (*read_func)();
    int (*write_func)();
    void *(*alloc_lock_func)();
    void (*lock_func)(), (*unlock_func)(), (*free_lock_func)();
    void (*hello_func)(), (*device_connect_func)(),
         (*device_disconnect_func)(), (*reset_func)(),
         (*interface_info_func)(), (*ep_info_func)(),
         (*set_configuration_func)(), (*get_configuration_func)(),
         (*configuration_status_func)(), (*set_alt_setting_func)(),
         (*get_alt_setting_func)(), (*alt_setting_status_func)(),
         (*start_iso_stream_func)(), (*stop_iso_stream_func)(),
         (*iso_stream_status_func)(), (*start_interrupt_receiving_func)(),
         (*stop_interrupt_receiving_func)(),
         (*interrupt_receiving_status_func)(), (*alloc_bulk_streams_func)(),
         (*free_bulk_streams_func)(), (*bulk_streams_status_func)(),
         (*cancel_data_packet_func)(), (*filter_reject_func)(),
         (*filter_filter_func)(), (*device_disconnect_ack_func)(),
         (*start_bulk_receiving_func)(), (*stop_bulk_receiving_func)(),
         (*bulk_receiving_status_func)(), (*control_packet_func)(),
         (*bulk_packet_func)(), (*iso_packet_func)(),
         (*interrupt_packet_func)(), (*buffered_bulk_packet_func)();
};
struct usbredirparser *usbredirparser_create(void);
