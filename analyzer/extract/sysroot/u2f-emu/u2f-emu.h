/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef struct u2f_emu_vdev u2f_emu_vdev;
typedef enum { U2F_EMU_OK } u2f_emu_rc;
enum { U2F_EMU_USB };
struct u2f_emu_vdev_setup {
    const char *certificate, *private_key;
    uint8_t entropy[48];
    const struct u2f_emu_vdev_counter *counter;
};
struct u2f_emu_vdev_counter { uint32_t (*counter_read)();
                              void (*counter_increment)(); };
