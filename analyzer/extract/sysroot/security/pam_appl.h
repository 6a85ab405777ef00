/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef struct pam_handle pam_handle_t;
struct pam_message { int msg_style; const char *msg; };
struct pam_response { char *resp; int resp_retcode; };
struct pam_conv {
    int (*conv)(int n, const struct pam_message **msg,
                struct pam_response **resp, void *opaque);
    void *appdata_ptr;
};
#define PAM_SUCCESS 0
#define PAM_CONV_ERR 19
#define PAM_SILENT 0x8000
#define PAM_USER 2
const char *pam_strerror(pam_handle_t *h, int err);
