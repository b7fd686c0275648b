#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <ncurses.h>
#include <stdio.h>
#include <wchar.h>

// C globals are shared mutable state to Swift 6, and casting macros are not imported: both become functions or constants.
static inline WINDOW *_Nullable nc_stdscr(void) { return stdscr; }
static inline int nc_colors(void) { return COLORS; }
static inline FILE *_Nonnull nc_stdin(void) { return stdin; }

static const attr_t nc_A_BOLD = A_BOLD, nc_A_DIM = A_DIM, nc_A_REVERSE = A_REVERSE, nc_A_UNDERLINE = A_UNDERLINE;

static const mmask_t nc_BUTTON1_PRESSED = BUTTON1_PRESSED, nc_BUTTON1_CLICKED = BUTTON1_CLICKED,
                     nc_BUTTON4_PRESSED = BUTTON4_PRESSED, nc_BUTTON5_PRESSED = BUTTON5_PRESSED;

// One cell at a time; the extended pair number travels in setcchar's last argument.
static inline int nc_put(WINDOW *_Nonnull w, int y, int x, const wchar_t *_Nonnull text, attr_t a, int pair) {
  cchar_t c;
  return setcchar(&c, text, a, 0, &pair) == ERR ? ERR : mvwadd_wch(w, y, x, &c);
}
