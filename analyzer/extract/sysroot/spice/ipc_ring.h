/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define SPICE_RING_INDEX_MASK(r) ((r)->num_items - 1)
#define SPICE_RING_INIT(r) \
    ((r)->num_items = sizeof((r)->items) / sizeof((r)->items[0]))
#define SPICE_RING_IS_EMPTY(r) ((r)->cons == (r)->prod)
#define SPICE_RING_IS_FULL(r) ((r)->prod - (r)->cons == (r)->num_items)
#define SPICE_RING_CONS_WAIT(r, wait) ((wait) = SPICE_RING_IS_EMPTY(r))
#define SPICE_RING_PROD_ITEM(r) \
    (&(r)->items[(r)->prod & SPICE_RING_INDEX_MASK(r)].el)
#define SPICE_RING_CONS_ITEM(r) \
    (&(r)->items[(r)->cons & SPICE_RING_INDEX_MASK(r)].el)
#define SPICE_RING_POP(r, notify) ((r)->cons++, (notify) = 1)
#define SPICE_RING_PUSH(r, notify) ((r)->prod++, (notify) = 1)
