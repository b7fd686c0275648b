// Sockets with a path, and what a program that is watched through one needs of its C library.
#pragma once
#include <stddef.h>
#include <stdint.h>

// A directory by descriptor, good for nothing but finding names in it, with its owner and its permission bits; -errno.
int cs_open_place(const char *_Nonnull path, uint32_t *_Nonnull owner, uint32_t *_Nonnull mode);
// A stream to who listens at a path; never waits. A descriptor, or -errno; ENAMETOOLONG from 108 bytes on.
int cs_local_connect(const char *_Nonnull path);
// Listens at a path that nothing lies at, for the owner only. A descriptor, or -errno.
int cs_local_listen(const char *_Nonnull path, int backlog);
// The next who wants to talk; a descriptor, or -errno.
int cs_local_accept(int listener);
// Who is at the other end, as the kernel knows it; 0 or -1.
int cs_peer(int socket, int32_t *_Nonnull process, uint32_t *_Nonnull user);
// Sends what there is room for, without waiting and without a signal where nobody reads; a count, or -errno.
int64_t cs_send(int socket, const void *_Nonnull bytes, size_t count);

// Bytes in use of the C library's heap.
uint64_t cs_heap_used(void);
// One lock that is never held across a fork, and a function that is called in each child with the lock released.
void cs_fork_lock(void);
void cs_fork_unlock(void);
int cs_fork_watch(void (*_Nonnull in_child)(void));
