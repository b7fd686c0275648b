// The system calls and macros that Swift's Glibc module lacks, one thin function each.
// Only fixed-width types cross, so that this header agrees with every way of compiling the system's own.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "LocalSockets.h"

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
  uint32_t mode, owner, group, links;
};
int cs_status_cached(int directory, const char *_Nonnull path, int flags, struct cs_status *_Nonnull out);

// Directories whose changes are told: the queue never blocks a reader, adding may wait for a server.
int cs_inotify_open(void);
int cs_inotify_add(int queue, const char *_Nonnull path, uint32_t mask);
int cs_inotify_remove(int queue, int watch);

int cs_memfd_create(const char *_Nonnull name);
int cs_eventfd(void);
// Waits until a descriptor is readable or so many nanoseconds have passed: 1, 0, or -1 for a signal.
int cs_wait_readable(int descriptor, int64_t nanoseconds);
// One heap for all threads, and free memory given back early: a few threads that hardly allocate need no more.
void cs_keep_heap_small(void);
// Fresh pages, of which only those that are used take room; NULL if there are none.
void *_Nullable cs_reserve(size_t size);
void cs_unreserve(void *_Nonnull memory, size_t size);
// Gives back what the calling thread's stack was once deeper.
void cs_trim_stack(void);
// Gives back free memory.
void cs_trim_heap(void);
// Gives back free memory, unused stack, and the pages of code and constants: what is needed still is read again from the file.
void cs_forget_start(void);
// Calls it deep in the stack: when a thread is over, its stack is kept for the next, and the upper 16 kB of it resident.
void cs_call_deep(void (*_Nonnull body)(void *_Nonnull), void *_Nonnull context);
int cs_set_thread_name(const char *_Nonnull name);

// Wait statuses.
int cs_exited(int status);
int cs_exit_code(int status);
int cs_signaled(int status);
int cs_term_signal(int status);

// Signals as descriptors: a signal that is blocked everywhere becomes readable here. 0 means that none is waiting.
int cs_signalfd(const int *_Nonnull signals, size_t count);
int cs_signalfd_take(int descriptor);

// The device number of the terminal behind a descriptor; tells whether /dev/tty is that same terminal.
int cs_terminal_device(int descriptor, uint32_t *_Nonnull out);

// Leaving a terminal the way it was found, from anywhere: a signal handler, another thread, the ordinary end.
// Arming remembers a descriptor, the bytes that undo the screen, and the terminal's settings (a struct termios).
// Restoring works once per arming, never waits, and says whether there was something to do.
int cs_arm_restore(
  int descriptor, const void *_Nonnull bytes, size_t length, const void *_Nonnull settings, size_t settings_size);
int cs_restore_terminal(void);
// Restores the terminal when the program crashes, and then lets the crash go on as it would have.
void cs_install_crash_restore(void);
// Launching: what must not be open in a child, the variables it gets, and how it ended while it is still a zombie.
// `file_actions` is a posix_spawn_file_actions_t.
int cs_close_from(void *_Nonnull file_actions, int first);
char *_Nullable *_Nullable cs_environment(void);
extern const int16_t cs_spawn_new_session;
// The wait status of a child that ended and is left unreaped, or -1 while it runs.
int cs_wait_status_kept(int pid);
// Gives an anonymous mapping a name that /proc/PID/maps shows, where the kernel can.
int cs_name_mapping(void *_Nonnull address, size_t length, const char *_Nonnull name);

// Raspberry Pi: the firmware's throttle flags through its mailbox device; 0, or -1 with errno.
int cs_firmware_throttled(const char *_Nonnull device, uint32_t *_Nonnull flags);

// NVIDIA's management library, loaded at run time. What a driver does not offer has no bit in `known`:
// 0 utilization, 1 memory, 2 temperature, 3 power, 4 clock, 5 reasons.
struct cs_gpu {
  char name[96];
  uint32_t known, utilization, temperature, milliwatts, megahertz, padding;
  uint64_t memory_used, memory_total, reasons;
};
// A session, or 0 with the library's status (-1: no library, -2: not one we know).
uint64_t cs_nvml_open(const char *_Nonnull library, int *_Nonnull status);
int cs_nvml_count(uint64_t session, uint32_t *_Nonnull count);
int cs_nvml_read(uint64_t session, uint32_t index, struct cs_gpu *_Nonnull out);
void cs_nvml_close(uint64_t session);

// Waits until one of at most four descriptors is readable; a negative time waits for ever.
int cs_wait_any(const int *_Nonnull descriptors, size_t count, int64_t nanoseconds);

// Acting on another process. What the page cache holds of an open file, in pages; -1 where the kernel does not say.
struct cs_cache {
  uint64_t cached, dirty, writeback, evicted, recently_evicted;
};
int cs_cachestat(int descriptor, struct cs_cache *_Nonnull out);
// The same by mapping the file, for older kernels; true only for one's own files.
int64_t cs_resident_pages(int descriptor, uint64_t size);
// Whether the file's pages are all there is of it.
int cs_lives_in_memory(int descriptor);
struct cs_span {
  uint64_t start, length;
};
// At most 256 spans; answers how many bytes were advised, or -1.
int64_t cs_process_madvise(int pidfd, const struct cs_span *_Nonnull spans, size_t count, int advice);
// Processors a thread may run on, a bit each; the first answers how many bytes the kernel filled.
int cs_get_affinity(int thread, uint64_t *_Nonnull words, size_t count);
int cs_set_affinity(int thread, const uint64_t *_Nonnull words, size_t count);
// Makes the calling thread alone act as somebody else; wholly, so that a program it starts can not come back.
int cs_thread_act_as(uint32_t user, uint32_t group, int wholly);
int cs_thread_act_as_root(void);
// The kernel's number for the kind of filesystem that a path lies on, or -1.
int64_t cs_filesystem_kind(const char *_Nonnull path);
// From now on neither a debugger of the same user nor a core file gets at the memory of this process.
void cs_keep_private(void);
