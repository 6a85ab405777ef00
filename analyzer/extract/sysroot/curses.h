/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef unsigned int chtype, attr_t;
typedef struct { attr_t attr; wchar_t chars[5]; int ext_color; } cchar_t;
typedef struct qc_window WINDOW;
extern WINDOW *stdscr, *curscr;
extern int LINES, COLS, COLORS, COLOR_PAIRS;
extern chtype acs_map[];
#define ERR (-1)
#define OK 0
#define KEY_CODE_YES 0400
enum { COLOR_BLACK, COLOR_RED, COLOR_GREEN, COLOR_YELLOW, COLOR_BLUE,
       COLOR_MAGENTA, COLOR_CYAN, COLOR_WHITE };
#define COLOR_PAIR(n) ((n) << 8)
#define A_ATTRIBUTES (~255U)
#define A_CHARTEXT 255U
#define A_BOLD 0x200000
#define A_BLINK 0x80000
#define A_REVERSE 0x40000
#define ALL_MOUSE_EVENTS 0xfffffff
enum { KEY_DOWN = 0402, KEY_UP, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_BACKSPACE,
       KEY_F0, KEY_DL = 0510, KEY_IL, KEY_DC, KEY_IC, KEY_EIC, KEY_CLEAR,
       KEY_EOS, KEY_EOL, KEY_SF, KEY_SR, KEY_NPAGE, KEY_PPAGE, KEY_STAB,
       KEY_CTAB, KEY_CATAB, KEY_ENTER, KEY_PRINT = 0532, KEY_LL, KEY_A1,
       KEY_A3, KEY_B2, KEY_C1, KEY_C3, KEY_BTAB, KEY_BEG, KEY_CANCEL,
       KEY_CLOSE, KEY_COMMAND, KEY_COPY, KEY_CREATE, KEY_END, KEY_EXIT,
       KEY_FIND, KEY_HELP, KEY_MARK, KEY_MESSAGE, KEY_MOVE, KEY_NEXT,
       KEY_OPEN, KEY_OPTIONS, KEY_PREVIOUS, KEY_REDO, KEY_REFERENCE,
       KEY_REFRESH, KEY_REPLACE, KEY_RESTART, KEY_RESUME, KEY_SAVE, KEY_SBEG,
       KEY_SCANCEL, KEY_SCOMMAND, KEY_SCOPY, KEY_SCREATE, KEY_SDC, KEY_SDL,
       KEY_SELECT, KEY_SEND, KEY_SEOL, KEY_SEXIT, KEY_SFIND, KEY_SHELP,
       KEY_SHOME, KEY_SIC, KEY_SLEFT, KEY_SMESSAGE, KEY_SMOVE, KEY_SNEXT,
       KEY_SOPTIONS, KEY_SPREVIOUS, KEY_SPRINT, KEY_SREDO, KEY_SREPLACE,
       KEY_SRIGHT, KEY_SRSUME, KEY_SSAVE, KEY_SSUSPEND, KEY_SUNDO,
       KEY_SUSPEND, KEY_UNDO, KEY_MOUSE, KEY_RESIZE, KEY_MAX = 0777 };
#define KEY_F(n) (KEY_F0 + (n))
#define KEY_SF 0520
#define KEY_SR 0521
enum { ACS_HLINE = 'q', ACS_VLINE = 'x', ACS_ULCORNER = 'l',
       ACS_URCORNER = 'k', ACS_LLCORNER = 'm', ACS_LRCORNER = 'j',
       ACS_LTEE = 't', ACS_RTEE = 'u', ACS_BTEE = 'v', ACS_TTEE = 'w',
       ACS_PLUS = 'n', ACS_CKBOARD = 'a', ACS_BLOCK = '0', ACS_S1 = 'o',
       ACS_S3 = 'p', ACS_S7 = 'r', ACS_S9 = 's', ACS_PI = '{',
       ACS_NEQUAL = '|', ACS_GEQUAL = 'z', ACS_LEQUAL = 'y', ACS_BULLET = '~',
       ACS_STERLING = '}', ACS_DIAMOND = '`', ACS_DEGREE = 'f',
       ACS_PLMINUS = 'g', ACS_BOARD = 'h', ACS_LANTERN = 'i',
       ACS_UARROW = '-', ACS_DARROW = '.', ACS_LARROW = ',',
       ACS_RARROW = '+' };
WINDOW *newpad(int lines, int cols);
