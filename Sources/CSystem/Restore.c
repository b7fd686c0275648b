#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

int cs_signalfd(const int *signals, size_t count) {
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < count; i++) sigaddset(&set, signals[i]);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int cs_signalfd_take(int descriptor) {
  struct signalfd_siginfo info;
  return read(descriptor, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

int cs_terminal_device(int descriptor, uint32_t *out) {
  unsigned int device = 0;
  if (ioctl(descriptor, TIOCGDEV, &device) != 0) return -1;
  *out = device;
  return 0;
}

static struct {
  int descriptor;
  char bytes[512];
  size_t length;
  struct termios settings;
} kept;
static atomic_int armed;

int cs_arm_restore(
  int descriptor, const void *bytes, size_t length, const void *settings, size_t settings_size) {
  if (length > sizeof kept.bytes || settings_size != sizeof kept.settings) return -1;
  atomic_store(&armed, 0);
  kept.descriptor = descriptor;
  memcpy(kept.bytes, bytes, length);
  kept.length = length;
  memcpy(&kept.settings, settings, settings_size);
  atomic_store(&armed, 1);
  return 0;
}

// Only async-signal-safe calls from here on.
static void write_kept(void) {
  size_t done = 0;
  int has_flushed = 0;
  while (done < kept.length) {
    ssize_t count = write(kept.descriptor, kept.bytes + done, kept.length - done);
    if (count > 0) {
      done += (size_t)count;
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else if (count < 0 && errno == EAGAIN && !has_flushed) {
      // Stopped by Ctrl-S, or full because nobody reads: what is queued is of no use any more, these bytes are.
      has_flushed = 1;
      tcflow(kept.descriptor, TCOON);
      tcflush(kept.descriptor, TCOFLUSH);
    } else {
      return;
    }
  }
}

int cs_restore_terminal(void) {
  if (!atomic_exchange(&armed, 0)) return 0;
  int error = errno;
  write_kept();
  tcsetattr(kept.descriptor, TCSANOW, &kept.settings);
  errno = error;
  return 1;
}

static void restore_at_exit(void) { cs_restore_terminal(); }

static const int crashes[] = {SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP};
enum { crash_count = sizeof crashes / sizeof crashes[0] };
static struct sigaction before[crash_count];

static void crashed(int number, siginfo_t *info, void *context) {
  (void)context;
  cs_restore_terminal();
  // Swift's own reporter asks the keyboard what to do next and waits half a minute; without one it just reports.
  int nothing = open("/dev/null", O_RDONLY);
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
  // A fault happens again on return, and Swift's reporter sees it. A signal that someone sent does not: it just kills.
  int was_sent = info->si_code <= 0;
  for (int i = 0; i < crash_count; i++)
    if (crashes[i] == number && !was_sent) sigaction(number, &before[i], NULL);
  if (was_sent) signal(number, SIG_DFL);
  if (was_sent || number == SIGTRAP) raise(number);
}

void cs_install_crash_restore(void) {
  static char stack[65536];
  stack_t current;
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) {
    stack_t mine = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&mine, NULL);
  }
  static atomic_int installed;
  if (atomic_exchange(&installed, 1)) return;
  // We leave without it; but ncurses ends the process by itself where it is short of memory.
  atexit(restore_at_exit);
  struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &action, &before[i]);
}
