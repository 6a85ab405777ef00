/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
struct sio_hdl;
struct sio_par { unsigned bits, bps, sig, le, msb, rchan, pchan, rate, bufsz,
                 xrun, round, appbufsz; };
#define SIO_DEVANY "default"
#define SIO_PLAY 1
#define SIO_REC 2
#define SIO_LE_NATIVE 1
#define SIO_IGNORE 0
struct sio_hdl *sio_open(const char *name, unsigned mode, int nbio);
