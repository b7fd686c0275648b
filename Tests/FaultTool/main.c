// Brings about what tests of faults need: each verb is a process that can be watched, or a mount that never answers.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void ready(void) {
  puts("ready");
  fflush(stdout);
}

static void rest(double seconds) {
  struct timespec time = {.tv_sec = (time_t)seconds};
  time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
  nanosleep(&time, NULL);
}

static void *idle(void *unused) {
  for (;;) pause();
  return unused;
}

// threads N [leaderless]: N idle threads; leaderless, the first one ends and leaves the others alive.
static int threads(int count, int leaderless) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 16384);
  for (int i = 0; i < count; i++) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, idle, NULL) != 0) return 1;
  }
  ready();
  if (leaderless) pthread_exit(NULL);
  idle(NULL);
  return 0;
}

// hang PATH: a filesystem over a file or a directory that never answers; lives as long as its parent.
static int hang(const char *path) {
  struct stat found;
  char options[128];
  pid_t parent = getppid();
  signal(SIGHUP, SIG_IGN);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) return 1;
  int device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
  if (device < 0 || stat(path, &found) != 0) {
    perror(path);
    return 1;
  }
  snprintf(options, sizeof options, "fd=%d,rootmode=%o,user_id=0,group_id=0,allow_other", device,
           S_ISDIR(found.st_mode) ? 040000 : 0100000);
  if (mount("dead", path, "fuse", 0, options) != 0) {
    perror("mount");
    return 1;
  }
  ready();
  idle(NULL);
  return 0;
}

// named NAME: has a name of any bytes.
static int named(const char *name) {
  prctl(PR_SET_NAME, name);
  ready();
  idle(NULL);
  return 0;
}

static void *restless(void *unused) {
  for (;;) rest(0.1);
  return unused;
}

// busy FILE: about a third of a processor, seven more threads, page faults and a file that grows and starts again.
static int busy(const char *path) {
  int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  size_t size = 1 << 20;
  for (int i = 0; i < 7; i++) {
    pthread_t thread;
    pthread_create(&thread, NULL, restless, NULL);
  }
  ready();
  for (unsigned long round = 0;; round++) {
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 1;
    for (int pass = 0; pass < 12; pass++) memset(memory, pass, size);
    if (write(file, memory, 65536) < 0 || round % 256 == 255) {
      if (ftruncate(file, 0) != 0 || lseek(file, 0, SEEK_SET) != 0) return 1;
    }
    munmap(memory, size);
    rest(0.005);
  }
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long preemptions(void) {
  struct rusage used;
  getrusage(RUSAGE_THREAD, &used);
  return used.ru_nivcsw;
}

// mapper FILE MEGABYTES: owns that much and maps a page again and again; a line a second tells how many microseconds
// the slowest time took. Times at which the processor was given to somebody else say nothing of memory and are left out.
static int mapper(const char *path, size_t megabytes) {
  FILE *file = fopen(path, "w");
  size_t size = megabytes << 20;
  char *owned = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (file == NULL || owned == MAP_FAILED) return 1;
  madvise(owned, size, MADV_NOHUGEPAGE);
  memset(owned, 1, size);
  ready();
  for (;;) {
    double slowest = 0;
    for (double begin = seconds(); seconds() - begin < 1; rest(0.0002)) {
      long before = preemptions();
      double start = seconds();
      char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      *page = 1;
      munmap(page, 4096);
      double took = seconds() - start;
      if (preemptions() == before && took > slowest) slowest = took;
    }
    fprintf(file, "%.0f\n", slowest * 1e6);
    fflush(file);
  }
}

// type TEXT FILE: types into every terminal it has, then writes how often that was allowed.
static int type(const char *text, const char *path) {
  int terminals[] = {0, 1, 2, open("/dev/tty", O_RDWR | O_CLOEXEC)};
  int allowed = 0;
  for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
    for (const char *key = text; *key != 0; key++) {
      allowed += ioctl(terminals[i], TIOCSTI, key) == 0;
    }
  }
  FILE *file = fopen(path, "w");
  if (file == NULL) return 1;
  fprintf(file, "%d\n", allowed);
  fclose(file);
  return 0;
}

// changing USER: two hundred children a second that end at once; on SIGUSR1 it becomes that user, on SIGUSR2 `named later`.
static int changing(const char *self, uid_t user) {
  sigset_t wishes;
  sigemptyset(&wishes);
  sigaddset(&wishes, SIGUSR1);
  sigaddset(&wishes, SIGUSR2);
  sigprocmask(SIG_BLOCK, &wishes, NULL);
  signal(SIGCHLD, SIG_IGN);
  ready();
  for (struct timespec pause = {.tv_nsec = 5000000};;) {
    switch (sigtimedwait(&wishes, NULL, &pause)) {
      case SIGUSR1:
        if (setuid(user) != 0) return 1;
        break;
      case SIGUSR2:
        execl(self, "later", "named", "later", NULL);
        return 1;
    }
    if (fork() == 0) _exit(0);
  }
}

int main(int count, char **arguments) {
  const char *verb = count > 1 ? arguments[1] : "";
  const char *first = count > 2 ? arguments[2] : "";
  if (strcmp(verb, "threads") == 0) return threads(atoi(first), count > 3);
  if (strcmp(verb, "hang") == 0) return hang(first);
  if (strcmp(verb, "named") == 0) return named(first);
  if (strcmp(verb, "busy") == 0) return busy(first);
  if (strcmp(verb, "mapper") == 0 && count > 3) return mapper(first, (size_t)atol(arguments[3]));
  if (strcmp(verb, "type") == 0 && count > 3) return type(first, arguments[3]);
  if (strcmp(verb, "changing") == 0) return changing(arguments[0], (uid_t)atoi(first));
  fprintf(stderr, "usage: FaultTool threads N [leaderless] | hang PATH | named NAME | busy FILE | "
                  "mapper FILE MEGABYTES | type TEXT FILE | changing USER\n");
  return 2;
}
