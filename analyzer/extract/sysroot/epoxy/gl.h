/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef unsigned int GLenum, GLuint, GLbitfield;
typedef int GLint, GLsizei;
typedef unsigned char GLboolean, GLubyte;
typedef char GLchar;
typedef float GLfloat, GLclampf;
typedef double GLdouble;
typedef void GLvoid;
typedef unsigned long GLuint64;
typedef long GLsizeiptr, GLintptr;
typedef void *GLeglImageOES, *GLsync;
enum { GL_FALSE, GL_TRUE };
enum { GL_NO_ERROR, GL_ONE, GL_QUADS = 7, GL_TRIANGLE_STRIP = 5,
       GL_SRC_ALPHA = 0x302, GL_ONE_MINUS_SRC_ALPHA, GL_BLEND = 0xbe2,
       GL_SCISSOR_TEST = 0xc11, GL_UNPACK_SWAP_BYTES = 0xcf0,
       GL_UNPACK_ROW_LENGTH_EXT = 0xcf2, GL_UNPACK_ROW_LENGTH = 0xcf2,
       GL_UNPACK_ALIGNMENT = 0xcf5, GL_PACK_SWAP_BYTES = 0xd00,
       GL_PACK_ROW_LENGTH = 0xd02, GL_PACK_ALIGNMENT = 0xd05,
       GL_TEXTURE_2D = 0xde1, GL_UNSIGNED_BYTE = 0x1401, GL_FLOAT = 0x1406,
       GL_MODELVIEW = 0x1700, GL_PROJECTION, GL_RGB = 0x1907, GL_RGBA,
       GL_NEAREST = 0x2600, GL_LINEAR, GL_TEXTURE_MAG_FILTER = 0x2800,
       GL_TEXTURE_MIN_FILTER, GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T,
       GL_CLAMP = 0x2900, GL_REPEAT, GL_COLOR_BUFFER_BIT = 0x4000,
       GL_RGBA8 = 0x8058, GL_BGRA = 0x80e1, GL_BGRA_EXT = 0x80e1,
       GL_CLAMP_TO_EDGE = 0x812f,
       GL_UNSIGNED_SHORT_5_6_5 = 0x8363, GL_ARRAY_BUFFER = 0x8892,
       GL_STATIC_DRAW = 0x88e4, GL_FRAGMENT_SHADER = 0x8b30, GL_VERTEX_SHADER,
       GL_COMPILE_STATUS = 0x8b81, GL_LINK_STATUS, GL_INFO_LOG_LENGTH = 0x8b84,
       GL_READ_FRAMEBUFFER = 0x8ca8, GL_DRAW_FRAMEBUFFER,
       GL_COLOR_ATTACHMENT0_EXT = 0x8ce0, GL_FRAMEBUFFER_EXT = 0x8d40,
       GL_FRAMEBUFFER = 0x8d40, GL_TEXTURE_SWIZZLE_A = 0x8e45,
       GL_TEXTURE_TILING_EXT = 0x9580, GL_LINEAR_TILING_EXT = 0x9585,
       GL_HANDLE_TYPE_OPAQUE_FD_EXT, GL_VIEWPORT = 0xba2 };
const GLubyte *glGetString(GLenum name);
