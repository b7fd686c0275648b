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
  uint32_t mode, owner;
};
int cs_status_cached(int directory, const char *_Nonnull path, int flags, struct cs_status *_Nonnull out);

int cs_memfd_create(const char *_Nonnull name);
int cs_eventfd(void);
int cs_set_thread_name(const char *_Nonnull name);

// Wait statuses.
int cs_exited(int status);
int cs_exit_code(int status);
int cs_signaled(int status);
int cs_term_signal(int status);

// Launching: what must not be open in a child, the variables it gets, and how it ended while it is still a zombie.
// `file_actions` is a posix_spawn_file_actions_t.
int cs_close_from(void *_Nonnull file_actions, int first);
char *_Nullable *_Nullable cs_environment(void);
extern const int16_t cs_spawn_new_session;
// The wait status of a child that ended and is left unreaped, or -1 while it runs.
int cs_wait_status_kept(int pid);
// Gives an anonymous mapping a name that /proc/PID/maps shows, where the kernel can.
int cs_name_mapping(void *_Nonnull address, size_t length, const char *_Nonnull name);
