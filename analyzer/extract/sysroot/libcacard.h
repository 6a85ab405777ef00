/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <glib.h>
typedef struct VReaderStruct VReader;
typedef struct VCardStruct VCard;
typedef struct VCardEmulOptionsStruct VCardEmulOptions;
typedef struct VEventStruct VEvent;
typedef uint32_t vreader_id_t;
typedef enum { VEVENT_READER_INSERT, VEVENT_READER_REMOVE, VEVENT_CARD_INSERT,
               VEVENT_CARD_REMOVE, VEVENT_LAST } VEventType;
struct VEventStruct { VEvent *next; VEventType type; VReader *reader;
                      VCard *card; };
typedef enum { VREADER_OK, VREADER_NO_CARD, VREADER_OUT_OF_MEMORY }
    VReaderStatus;
typedef enum { VCARD_EMUL_OK, VCARD_EMUL_FAIL, VCARD_EMUL_INIT_ALREADY_INITED }
    VCardEmulError;
typedef enum { VSC_Init = 1, VSC_Error, VSC_ReaderAdd, VSC_ReaderRemove,
               VSC_ATR, VSC_CardRemove, VSC_APDU, VSC_Flush, VSC_FlushComplete,
               VSC_Reconnect } VSCMsgType;
typedef enum { VSC_SUCCESS, VSC_GENERAL_ERROR, VSC_CANNOT_ADD_MORE_READERS,
               VSC_CARD_ALREAY_INSERTED } VSCErrorCode;
typedef struct VSCMsgHeader { uint32_t type, reader_id, length; uint8_t data[]; }
    VSCMsgHeader;
typedef struct VSCMsgInit { uint32_t magic, version, capabilities[1]; }
    VSCMsgInit;
typedef struct VSCMsgError { uint32_t code; } VSCMsgError;
typedef struct VSCMsgATR { uint8_t atr[0]; } VSCMsgATR;
typedef struct VSCMsgReaderAdd { uint8_t name[0]; } VSCMsgReaderAdd;
#define VSCARD_MAGIC 0x44435356
#define VSCARD_VERSION 2
#define VSCARD_MINIMAL_READER_ID 0
#define VSCARD_UNDEFINED_READER_ID 0xffffffff
VEvent *vevent_wait_next_vevent(void);
VEvent *vevent_new(VEventType type, VReader *reader, VCard *card);
VReader *vreader_get_reader_by_id(vreader_id_t id);
VCardEmulOptions *vcard_emul_options(const char *args);
const char *vreader_get_name(VReader *r);
