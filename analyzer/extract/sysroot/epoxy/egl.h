/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <X11/X.h>
#include <epoxy/gl.h>
typedef int EGLint;
typedef unsigned int EGLBoolean, EGLenum;
typedef unsigned long EGLuint64KHR;
typedef long EGLAttrib;
typedef void *EGLDisplay, *EGLConfig, *EGLSurface, *EGLContext, *EGLImageKHR,
             *EGLImage, *EGLSync, *EGLSyncKHR, *EGLDeviceEXT,
             *EGLNativeDisplayType, *EGLNativeWindowType,
             *EGLNativePixmapType, *EGLClientBuffer;
#define EGL_NO_CONTEXT ((EGLContext)0)
#define EGL_NO_DISPLAY ((EGLDisplay)0)
#define EGL_NO_SURFACE ((EGLSurface)0)
#define EGL_NO_IMAGE_KHR ((EGLImageKHR)0)
#define EGL_NO_SYNC_KHR ((EGLSyncKHR)0)
#define EGL_DEFAULT_DISPLAY ((EGLNativeDisplayType)0)
#define EGL_DONT_CARE (-1)
enum { EGL_FALSE, EGL_TRUE };
enum { EGL_SUCCESS = 0x3000, EGL_NOT_INITIALIZED, EGL_BAD_ACCESS,
       EGL_BAD_ALLOC, EGL_BAD_ATTRIBUTE, EGL_BAD_CONFIG, EGL_BAD_CONTEXT,
       EGL_BAD_CURRENT_SURFACE, EGL_BAD_DISPLAY, EGL_BAD_MATCH,
       EGL_BAD_NATIVE_PIXMAP, EGL_BAD_NATIVE_WINDOW, EGL_BAD_PARAMETER,
       EGL_BAD_SURFACE, EGL_CONTEXT_LOST, EGL_ALPHA_SIZE = 0x3021,
       EGL_BLUE_SIZE, EGL_GREEN_SIZE, EGL_RED_SIZE, EGL_SURFACE_TYPE = 0x3033,
       EGL_NONE = 0x3038, EGL_RENDERABLE_TYPE = 0x3040, EGL_VENDOR = 0x3053,
       EGL_VERSION, EGL_EXTENSIONS, EGL_HEIGHT, EGL_WIDTH,
       EGL_CONTEXT_CLIENT_VERSION = 0x3098, EGL_OPENGL_ES_API = 0x30a0,
       EGL_OPENGL_API = 0x30a2, EGL_GL_TEXTURE_2D_KHR = 0x30b1,
       EGL_CONTEXT_MINOR_VERSION_KHR = 0x30fb,
       EGL_CONTEXT_OPENGL_PROFILE_MASK = 0x30fd,
       EGL_SYNC_NATIVE_FENCE_ANDROID = 0x3144,
       EGL_PLATFORM_X11_KHR = 0x31d5, EGL_PLATFORM_GBM_MESA = 0x31d7,
       EGL_DEVICE_EXT = 0x322c, EGL_LINUX_DMA_BUF_EXT = 0x3270,
       EGL_LINUX_DRM_FOURCC_EXT, EGL_DMA_BUF_PLANE0_FD_EXT,
       EGL_DMA_BUF_PLANE0_OFFSET_EXT, EGL_DMA_BUF_PLANE0_PITCH_EXT,
       EGL_DMA_BUF_PLANE1_FD_EXT, EGL_DMA_BUF_PLANE1_OFFSET_EXT,
       EGL_DMA_BUF_PLANE1_PITCH_EXT, EGL_DMA_BUF_PLANE2_FD_EXT,
       EGL_DMA_BUF_PLANE2_OFFSET_EXT, EGL_DMA_BUF_PLANE2_PITCH_EXT,
       EGL_D3D11_DEVICE_ANGLE = 0x33a1,
       EGL_DMA_BUF_PLANE3_FD_EXT = 0x3440, EGL_DMA_BUF_PLANE3_OFFSET_EXT,
       EGL_DMA_BUF_PLANE3_PITCH_EXT, EGL_DMA_BUF_PLANE0_MODIFIER_LO_EXT,
       EGL_DMA_BUF_PLANE0_MODIFIER_HI_EXT, EGL_DMA_BUF_PLANE1_MODIFIER_LO_EXT,
       EGL_DMA_BUF_PLANE1_MODIFIER_HI_EXT, EGL_DMA_BUF_PLANE2_MODIFIER_LO_EXT,
       EGL_DMA_BUF_PLANE2_MODIFIER_HI_EXT, EGL_DMA_BUF_PLANE3_MODIFIER_LO_EXT,
       EGL_DMA_BUF_PLANE3_MODIFIER_HI_EXT };
#define EGL_PBUFFER_BIT 1
#define EGL_WINDOW_BIT 4
#define EGL_OPENGL_ES2_BIT 4
#define EGL_OPENGL_BIT 8
#define EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT 1
EGLContext eglCreateContext(EGLDisplay d, EGLConfig c, EGLContext share,
                            const EGLint *attrs);
EGLContext eglGetCurrentContext(void);
EGLSurface eglCreateWindowSurface(EGLDisplay d, EGLConfig c,
                                  EGLNativeWindowType w, const EGLint *attrs);
EGLSurface eglCreatePbufferSurface(EGLDisplay d, EGLConfig c,
                                   const EGLint *attrs);
EGLDisplay eglGetDisplay(EGLNativeDisplayType native);
EGLDisplay eglGetPlatformDisplayEXT(EGLenum p, void *n, const EGLint *attrs);
EGLDisplay eglGetCurrentDisplay(void);
EGLImageKHR eglCreateImageKHR(EGLDisplay d, EGLContext c, EGLenum target,
                              EGLClientBuffer b, const EGLint *attrs);
EGLSyncKHR eglCreateSyncKHR(EGLDisplay d, EGLenum type, const EGLint *attrs);
const char *eglQueryString(EGLDisplay d, EGLint name);
