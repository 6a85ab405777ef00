/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
int isalnum(int c);
int isalpha(int c);
int isdigit(int c);
int isspace(int c);
int isxdigit(int c);
int isprint(int c);
int isupper(int c);
int islower(int c);
int ispunct(int c);
int iscntrl(int c);
int isgraph(int c);
int isblank(int c);
int toupper(int c);
int tolower(int c);
int isascii(int c);
