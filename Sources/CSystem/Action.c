// System calls by which another process is acted upon, and by which one thread acts as somebody else.
#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif
#ifndef SYS_cachestat
#define SYS_cachestat 451
#endif

int cs_wait_any(const int *descriptors, size_t count, int64_t nanoseconds) {
  struct pollfd requests[4];
  if (count > 4) count = 4;
  for (size_t i = 0; i < count; i++) requests[i] = (struct pollfd){.fd = descriptors[i], .events = POLLIN};
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return ppoll(requests, count, nanoseconds < 0 ? NULL : &limit, NULL);
}

int cs_cachestat(int descriptor, struct cs_cache *out) {
  struct {
    uint64_t offset, length;
  } whole = {0, 0};
  return (int)syscall(SYS_cachestat, descriptor, &whole, out, 0u);
}

int64_t cs_resident_pages(int descriptor, uint64_t size) {
  const uint64_t window = UINT64_C(1) << 30;
  const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
  unsigned char *map = malloc(window / page);
  int64_t found = 0;
  if (map == NULL) return -1;
  for (uint64_t start = 0; start < size && found >= 0; start += window) {
    uint64_t length = size - start < window ? size - start : window;
    void *view = mmap(NULL, length, PROT_READ, MAP_SHARED, descriptor, (off_t)start);
    if (view == MAP_FAILED || mincore(view, length, map) != 0) {
      found = -1;
    } else {
      for (uint64_t i = 0; i < (length + page - 1) / page; i++) found += map[i] & 1;
    }
    if (view != MAP_FAILED) munmap(view, length);
  }
  free(map);
  return found;
}

int cs_lives_in_memory(int descriptor) {
  struct statfs found;
  if (fstatfs(descriptor, &found) != 0) return 0;
  switch ((uint32_t)found.f_type) {
    case 0x01021994u: // tmpfs
    case 0x858458f6u: // ramfs
    case 0x958458f6u: // hugetlbfs
    case 0x9fa0u:     // proc
    case 0x62656572u: // sysfs
      return 1;
    default: return 0;
  }
}

int64_t cs_process_madvise(int pidfd, const struct cs_span *spans, size_t count, int advice) {
  struct iovec pieces[256];
  if (count > 256) count = 256;
  for (size_t i = 0; i < count; i++) {
    pieces[i].iov_base = (void *)(uintptr_t)spans[i].start;
    pieces[i].iov_len = spans[i].length;
  }
  return syscall(SYS_process_madvise, pidfd, pieces, count, advice, 0u);
}

int cs_get_affinity(int thread, uint64_t *words, size_t count) {
  return (int)syscall(SYS_sched_getaffinity, thread, count * sizeof *words, words);
}

int cs_set_affinity(int thread, const uint64_t *words, size_t count) {
  return (int)syscall(SYS_sched_setaffinity, thread, count * sizeof *words, words);
}

// The library's own functions change all threads; the kernel's calls only the one that makes them.
int cs_thread_act_as(uint32_t user, uint32_t group, int wholly) {
  uint32_t real_group = wholly ? group : UINT32_MAX;
  uint32_t real_user = wholly ? user : UINT32_MAX;
  if (wholly && syscall(SYS_setgroups, 1, &group) != 0) return -1;
  if (syscall(SYS_setresgid, real_group, group, UINT32_MAX) != 0) return -1;
  return (int)syscall(SYS_setresuid, real_user, user, UINT32_MAX);
}

int cs_thread_act_as_root(void) {
  if (syscall(SYS_setresuid, 0u, 0u, UINT32_MAX) != 0) return -1;
  if (syscall(SYS_setresgid, 0u, 0u, UINT32_MAX) != 0) return -1;
  return (int)syscall(SYS_setgroups, 0, NULL);
}

void cs_keep_private(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
