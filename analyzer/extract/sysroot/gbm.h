/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
struct gbm_device;
struct gbm_bo;
#define GBM_FORMAT_XRGB8888 0x34325258
#define GBM_BO_USE_RENDERING 4
struct gbm_device *gbm_create_device(int fd);
struct gbm_bo *gbm_bo_create(struct gbm_device *d, unsigned w, unsigned h,
                             unsigned format, unsigned flags);
