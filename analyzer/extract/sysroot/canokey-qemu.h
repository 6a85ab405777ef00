/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
enum { CANOKEY_EMU_EP_CTAPHID = 1, CANOKEY_EMU_EP_CCID, CANOKEY_EMU_EP_OPENPGP };
