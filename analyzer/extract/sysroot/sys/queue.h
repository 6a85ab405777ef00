/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define LIST_HEAD(name, type) struct name { struct type *lh_first; }
#define LIST_ENTRY(type) struct { struct type *le_next, **le_prev; }
