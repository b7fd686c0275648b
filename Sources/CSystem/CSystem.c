#define _GNU_SOURCE
#include "CSystem.h"
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

int cs_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0u); }

int cs_pidfd_send_signal(int pidfd, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, (void *)0, 0u);
}

int cs_pidfd_exit_status(int pidfd) {
  struct {
    uint64_t mask, cgroup;
    uint32_t ids[11];
    int32_t exit_code;
    uint32_t rest[4];
  } info = {.mask = 0x1f};
  const uint64_t has_exit = 8;
  if (ioctl(pidfd, _IOC(_IOC_READ | _IOC_WRITE, 0xFF, 11, sizeof info), &info) != 0) return -1;
  return (info.mask & has_exit) ? info.exit_code : -1;
}

int64_t cs_getdents64(int descriptor, void *buffer, size_t size) {
  return syscall(SYS_getdents64, descriptor, buffer, size);
}

static int64_t nanoseconds(struct statx_timestamp time) {
  return (int64_t)((uint64_t)time.tv_sec * 1000000000u + time.tv_nsec);
}

int cs_status_cached(int directory, const char *path, int flags, struct cs_status *out) {
  struct statx found;
  if (statx(directory, path, flags | AT_STATX_DONT_SYNC, STATX_BASIC_STATS | STATX_BTIME, &found) != 0) return -1;
  out->size = found.stx_size;
  out->blocks = found.stx_blocks;
  out->device = makedev(found.stx_dev_major, found.stx_dev_minor);
  out->inode = found.stx_ino;
  out->mode = found.stx_mode;
  out->owner = found.stx_uid;
  out->group = found.stx_gid;
  out->links = found.stx_nlink;
  out->modified = nanoseconds(found.stx_mtime);
  out->born = (found.stx_mask & STATX_BTIME) ? nanoseconds(found.stx_btime) : -1;
  return 0;
}

int cs_inotify_open(void) { return inotify_init1(IN_CLOEXEC | IN_NONBLOCK); }
int cs_inotify_add(int queue, const char *path, uint32_t mask) {
  return inotify_add_watch(queue, path, mask);
}
int cs_inotify_remove(int queue, int watch) { return inotify_rm_watch(queue, watch); }

int cs_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC); }
int cs_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int cs_wait_readable(int descriptor, int64_t nanoseconds) {
  struct pollfd request = {.fd = descriptor, .events = POLLIN};
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return ppoll(&request, 1, &limit, NULL);
}

void cs_keep_heap_small(void) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TRIM_THRESHOLD, 16 * 1024);
  mallopt(M_TOP_PAD, 16 * 1024);
  mallopt(M_MMAP_THRESHOLD, 64 * 1024);
}

void *cs_reserve(size_t size) {
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

void cs_unreserve(void *memory, size_t size) { munmap(memory, size); }

void cs_trim_stack(void) {
  pthread_attr_t attributes;
  void *lowest;
  size_t size;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  if (pthread_attr_getstack(&attributes, &lowest, &size) == 0) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = ((uintptr_t)lowest + page - 1) & ~(page - 1);
    // A page is left for what may lie just below this frame.
    uintptr_t end = ((uintptr_t)__builtin_frame_address(0) & ~(page - 1)) - page;
    if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
  }
  pthread_attr_destroy(&attributes);
}

void cs_trim_heap(void) { malloc_trim(0); }

static int drop_unwritable(struct dl_phdr_info *program, size_t size, void *unused) {
  (void)size;
  (void)unused;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int i = 0; i < program->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &program->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || (part->p_flags & PF_W)) continue;
    uintptr_t start = (program->dlpi_addr + part->p_vaddr + page - 1) & ~(page - 1);
    uintptr_t end = (program->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(page - 1);
    if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
  }
  return 1;
}

void cs_forget_start(void) {
  cs_trim_heap();
  cs_trim_stack();
  // The first that is told of is the program itself.
  dl_iterate_phdr(drop_unwritable, NULL);
}

__attribute__((noinline)) void cs_call_deep(void (*body)(void *), void *context) {
  char untouched[16384];
  __asm__ volatile("" : : "r"(untouched) : "memory");
  body(context);
  __asm__ volatile("" : : "r"(untouched) : "memory");
}

int cs_set_thread_name(const char *name) { return prctl(PR_SET_NAME, name); }

int cs_exited(int status) { return WIFEXITED(status); }
int cs_exit_code(int status) { return WEXITSTATUS(status); }
int cs_signaled(int status) { return WIFSIGNALED(status); }
int cs_term_signal(int status) { return WTERMSIG(status); }

int cs_close_from(void *file_actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(file_actions, first);
}

char **cs_environment(void) { return environ; }
const int16_t cs_spawn_new_session = POSIX_SPAWN_SETSID;

int cs_wait_status_kept(int pid) {
  siginfo_t info = {0};
  if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return -1;
  return info.si_code == CLD_EXITED ? (info.si_status & 0xff) << 8 : info.si_status & 0x7f;
}

int cs_name_mapping(void *address, size_t length, const char *name) {
  const int set_vma = 0x53564d41, anonymous_name = 0;
  return prctl(set_vma, anonymous_name, address, length, name);
}
