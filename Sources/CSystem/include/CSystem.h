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
