// The system calls and macros that Swift's Glibc module lacks, one thin function each.
// Only fixed-width types cross, so that this header agrees with every way of compiling the system's own.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Identity: a process held by descriptor.
int cs_pidfd_open(int pid);
int cs_pidfd_send_signal(int pidfd, int signal);
// The wait status of a process that is not our child (Linux 6.15 and later), or -1 where the kernel can not say.
int cs_pidfd_exit_status(int pidfd);

// Raw directory entries: without stat calls and without a stream's buffer.
int64_t cs_getdents64(int descriptor, void *_Nonnull buffer, size_t size);

// Attributes the kernel already holds: never asks a server, so a dead network filesystem can not hold us.
struct cs_status {
  uint64_t size, blocks, device, inode;
  // Nanoseconds since 1970; born is -1 where the filesystem does not keep it.
  int64_t modified, born;
  uint32_t mode, owner, links;
};
int cs_status_cached(int directory, const char *_Nonnull path, int flags, struct cs_status *_Nonnull out);

// Directories whose changes are told: the queue never blocks a reader, adding may wait for a server.
int cs_inotify_open(void);
int cs_inotify_add(int queue, const char *_Nonnull path, uint32_t mask);
int cs_inotify_remove(int queue, int watch);

int cs_memfd_create(const char *_Nonnull name);
int cs_eventfd(void);
int cs_set_thread_name(const char *_Nonnull name);

// Wait statuses.
int cs_exited(int status);
int cs_exit_code(int status);
int cs_signaled(int status);
int cs_term_signal(int status);
