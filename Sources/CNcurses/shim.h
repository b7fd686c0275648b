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
static inline WINDOW *_Nullable nc_newscr(void) { return newscr; }

static const attr_t nc_A_BOLD = A_BOLD, nc_A_DIM = A_DIM, nc_A_REVERSE = A_REVERSE, nc_A_UNDERLINE = A_UNDERLINE;

// One cell at a time; the extended pair number travels in setcchar's last argument. WINDOW stays out of the signature:
// ncurses 6.4 as Debian builds it shows what is in one and 6.5 does not, which makes two types of it to Swift.
static inline int nc_put(
  int y, int x, unsigned scalar, unsigned combining, unsigned combining2, attr_t a, int pair) {
  wchar_t text[4] = {(wchar_t)scalar, (wchar_t)combining, (wchar_t)combining2, 0};
  cchar_t c;
  return setcchar(&c, text, a, 0, &pair) == ERR ? ERR : mvwadd_wch(newscr, y, x, &c);
}

// A capability as text, or nothing: ncurses marks an absent one with -1 or NULL.
static inline const char *_Nullable nc_capability(const char *_Nonnull name) {
  const char *found = tigetstr((char *)name);
  return found == (const char *)-1 ? NULL : found;
}

// To the last line, wherever that is: terminals stop there.
static inline const char *_Nullable nc_far_below(void) {
  const char *go = nc_capability("cup");
  return go ? tparm(go, 998L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L) : NULL;
}

// Reads a description without a screen. term.h, which declares this, makes macros of `lines`, `columns` and hundreds more.
extern int setupterm(const char *, int, int *);
static inline bool nc_describe(const char *_Nonnull name) {
  int failure = 0;
  return setupterm(name, 1, &failure) == OK;
}
