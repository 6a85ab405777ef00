/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef struct libusb_context libusb_context;
typedef struct libusb_device libusb_device;
typedef struct libusb_device_handle libusb_device_handle;
typedef int libusb_hotplug_callback_handle;
#define LIBUSB_CALL
#define LIBUSB_API_VERSION 0x01000109
#define LIBUSBX_API_VERSION LIBUSB_API_VERSION
struct libusb_version { uint16_t major, minor, micro, nano;
                        const char *rc, *describe; };
struct libusb_device_descriptor {
    uint8_t bLength, bDescriptorType;
    uint16_t bcdUSB;
    uint8_t bDeviceClass, bDeviceSubClass, bDeviceProtocol, bMaxPacketSize0;
    uint16_t idVendor, idProduct, bcdDevice;
    uint8_t iManufacturer, iProduct, iSerialNumber, bNumConfigurations;
};
struct libusb_endpoint_descriptor {
    uint8_t bLength, bDescriptorType, bEndpointAddress, bmAttributes;
    uint16_t wMaxPacketSize;
    uint8_t bInterval, bRefresh, bSynchAddress;
    const unsigned char *extra;
    int extra_length;
};
struct libusb_interface_descriptor {
    uint8_t bLength, bDescriptorType, bInterfaceNumber, bAlternateSetting,
            bNumEndpoints, bInterfaceClass, bInterfaceSubClass,
            bInterfaceProtocol, iInterface;
    const struct libusb_endpoint_descriptor *endpoint;
    const unsigned char *extra;
    int extra_length;
};
struct libusb_interface {
    const struct libusb_interface_descriptor *altsetting;
    int num_altsetting;
};
struct libusb_config_descriptor {
    uint8_t bLength, bDescriptorType;
    uint16_t wTotalLength;
    uint8_t bNumInterfaces, bConfigurationValue, iConfiguration, bmAttributes,
            MaxPower;
    const struct libusb_interface *interface;
    const unsigned char *extra;
    int extra_length;
};
struct libusb_ss_endpoint_companion_descriptor {
    uint8_t bLength, bDescriptorType, bMaxBurst, bmAttributes;
    uint16_t wBytesPerInterval;
};
struct libusb_iso_packet_descriptor {
    unsigned int length, actual_length;
    int status;
};
enum libusb_error { LIBUSB_SUCCESS, LIBUSB_ERROR_IO = -1,
    LIBUSB_ERROR_INVALID_PARAM = -2, LIBUSB_ERROR_ACCESS = -3,
    LIBUSB_ERROR_NO_DEVICE = -4, LIBUSB_ERROR_NOT_FOUND = -5,
    LIBUSB_ERROR_BUSY = -6, LIBUSB_ERROR_TIMEOUT = -7,
    LIBUSB_ERROR_OVERFLOW = -8, LIBUSB_ERROR_PIPE = -9,
    LIBUSB_ERROR_INTERRUPTED = -10, LIBUSB_ERROR_NO_MEM = -11,
    LIBUSB_ERROR_NOT_SUPPORTED = -12, LIBUSB_ERROR_OTHER = -99 };
enum libusb_transfer_status { LIBUSB_TRANSFER_COMPLETED, LIBUSB_TRANSFER_ERROR,
    LIBUSB_TRANSFER_TIMED_OUT, LIBUSB_TRANSFER_CANCELLED,
    LIBUSB_TRANSFER_STALL, LIBUSB_TRANSFER_NO_DEVICE,
    LIBUSB_TRANSFER_OVERFLOW };
enum libusb_speed { LIBUSB_SPEED_UNKNOWN, LIBUSB_SPEED_LOW, LIBUSB_SPEED_FULL,
    LIBUSB_SPEED_HIGH, LIBUSB_SPEED_SUPER, LIBUSB_SPEED_SUPER_PLUS };
enum libusb_class_code { LIBUSB_CLASS_HID = 3,
    LIBUSB_CLASS_MASS_STORAGE = 8, LIBUSB_CLASS_HUB };
enum { LIBUSB_TRANSFER_TYPE_CONTROL, LIBUSB_TRANSFER_TYPE_ISOCHRONOUS,
       LIBUSB_TRANSFER_TYPE_BULK, LIBUSB_TRANSFER_TYPE_INTERRUPT };
enum libusb_descriptor_type { LIBUSB_DT_DEVICE = 1, LIBUSB_DT_CONFIG };
enum libusb_hotplug_event { LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED = 1,
    LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT };
enum { LIBUSB_OPTION_LOG_LEVEL, LIBUSB_OPTION_USE_USBDK,
       LIBUSB_OPTION_NO_DEVICE_DISCOVERY, LIBUSB_OPTION_WEAK_AUTHORITY };
enum { LIBUSB_LOG_LEVEL_NONE, LIBUSB_LOG_LEVEL_ERROR,
       LIBUSB_LOG_LEVEL_WARNING, LIBUSB_LOG_LEVEL_INFO,
       LIBUSB_LOG_LEVEL_DEBUG };
#define LIBUSB_TRANSFER_SHORT_NOT_OK 1
#define LIBUSB_TRANSFER_FREE_BUFFER 2
#define LIBUSB_TRANSFER_FREE_TRANSFER 4
#define LIBUSB_TRANSFER_ADD_ZERO_PACKET 8
#define LIBUSB_CONTROL_SETUP_SIZE 8
#define LIBUSB_HOTPLUG_MATCH_ANY (-1)
#define LIBUSB_HOTPLUG_NO_FLAGS 0
struct libusb_transfer;
typedef void (*libusb_transfer_cb_fn)(struct libusb_transfer *xfer);
struct libusb_transfer {
    libusb_device_handle *dev_handle;
    uint8_t flags;
    unsigned char endpoint, type;
    unsigned int timeout;
    enum libusb_transfer_status status;
    int length, actual_length;
    libusb_transfer_cb_fn callback;
    void *user_data;
    unsigned char *buffer;
    int num_iso_packets;
    struct libusb_iso_packet_descriptor iso_packet_desc[];
};
struct libusb_pollfd { int fd; short events; };
typedef void (*libusb_pollfd_added_cb)(int fd, short events, void *opaque);
typedef void (*libusb_pollfd_removed_cb)(int fd, void *opaque);
struct libusb_transfer *libusb_alloc_transfer(int n);
unsigned char *libusb_get_iso_packet_buffer_simple(struct libusb_transfer *x,
                                                   unsigned int i);
const struct libusb_pollfd **libusb_get_pollfds(libusb_context *c);
const char *libusb_error_name(int err);
const char *libusb_strerror(int err);
libusb_device *libusb_get_device(libusb_device_handle *h);
ssize_t libusb_get_device_list(libusb_context *c, libusb_device ***list);
