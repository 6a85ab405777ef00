/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef int key_serial_t;
#define KEY_SPEC_USER_SESSION_KEYRING (-5)
#define KEY_SPEC_PROCESS_KEYRING (-2)
#define KEYCTL_READ 11
long keyctl_read(key_serial_t key, char *buf, unsigned long n);
