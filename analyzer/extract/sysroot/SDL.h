/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef uint8_t Uint8;
typedef uint16_t Uint16;
typedef uint32_t Uint32;
typedef int32_t Sint32;
typedef int SDL_bool;
typedef struct SDL_Window SDL_Window;
typedef struct SDL_Renderer SDL_Renderer;
typedef struct SDL_Texture SDL_Texture;
typedef struct SDL_Cursor SDL_Cursor;
typedef struct SDL_Surface { Uint32 flags; void *format; int w, h, pitch;
                             void *pixels; } SDL_Surface;
typedef struct SDL_Rect { int x, y, w, h; } SDL_Rect;
typedef void *SDL_GLContext;
typedef struct SDL_mutex SDL_mutex;
typedef struct SDL_semaphore SDL_sem;
typedef struct SDL_PixelFormat { Uint8 BitsPerPixel, BytesPerPixel; Uint32 Rmask,
                                 Gmask, Bmask, Amask; } SDL_PixelFormat;
typedef int SDL_Scancode, SDL_Keycode;
typedef struct { SDL_Scancode scancode; SDL_Keycode sym; Uint16 mod; }
    SDL_Keysym, SDL_keysym;
typedef struct { Uint32 type, windowID; Uint8 state, repeat; SDL_Keysym keysym; }
    SDL_KeyboardEvent;
typedef struct { Uint32 type, windowID, which, state; int x, y, xrel, yrel; }
    SDL_MouseMotionEvent;
typedef struct { Uint32 type, windowID; Uint8 button, state; int x, y; }
    SDL_MouseButtonEvent;
typedef struct { Uint32 type, windowID; int x, y; } SDL_MouseWheelEvent;
typedef struct { Uint32 type, windowID; Uint8 event; int data1, data2; }
    SDL_WindowEvent;
typedef struct { Uint32 type, windowID; char text[32]; } SDL_TextInputEvent;
typedef union SDL_Event {
    Uint32 type;
    SDL_KeyboardEvent key;
    SDL_MouseMotionEvent motion;
    SDL_MouseButtonEvent button;
    SDL_MouseWheelEvent wheel;
    SDL_WindowEvent window;
    SDL_TextInputEvent text;
} SDL_Event;
typedef struct SDL_AudioSpec { int freq; Uint16 format; Uint8 channels,
                               silence; Uint16 samples; Uint32 size;
                               void (*callback)(void *, Uint8 *, int);
                               void *userdata; } SDL_AudioSpec;
typedef Uint32 SDL_AudioDeviceID;
typedef Uint16 SDL_AudioFormat;
enum { AUDIO_U8 = 8, AUDIO_S8 = 0x8008, AUDIO_U16LSB = 16,
       AUDIO_S16LSB = 0x8010, AUDIO_U16MSB = 0x1010, AUDIO_S16MSB = 0x9010,
       AUDIO_S32LSB = 0x8020, AUDIO_S32MSB = 0x9020, AUDIO_F32LSB = 0x8120,
       AUDIO_F32MSB = 0x9120 };
enum { KMOD_NONE, KMOD_LSHIFT, KMOD_RSHIFT, KMOD_LCTRL = 64, KMOD_RCTRL = 128,
       KMOD_LALT = 256, KMOD_RALT = 512, KMOD_NUM = 4096, KMOD_CAPS = 8192,
       KMOD_SHIFT = 3, KMOD_CTRL = 192, KMOD_ALT = 768 };
const char *SDL_GetError(void);
#define SDL_VERSION_ATLEAST(a, b, c) 1
