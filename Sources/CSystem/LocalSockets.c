#define _GNU_SOURCE
#include "LocalSockets.h"
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int cs_open_place(const char *path, uint32_t *owner, uint32_t *mode) {
  int place = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (place < 0) return -errno;
  struct stat found;
  if (fstat(place, &found) != 0) {
    int failure = -errno;
    close(place);
    return failure;
  }
  *owner = found.st_uid;
  *mode = found.st_mode & 07777;
  return place;
}

static int address_of(const char *path, struct sockaddr_un *address) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  size_t length = strlen(path);
  if (length >= sizeof address->sun_path) return -ENAMETOOLONG;
  memcpy(address->sun_path, path, length);
  return 0;
}

static int stream(void) { return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

static int giving_up(int descriptor) {
  int failure = -errno;
  close(descriptor);
  return failure;
}

int cs_local_connect(const char *path) {
  struct sockaddr_un address;
  int refusal = address_of(path, &address);
  if (refusal != 0) return refusal;
  int descriptor = stream();
  if (descriptor < 0) return -errno;
  if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return giving_up(descriptor);
  return descriptor;
}

int cs_local_listen(const char *path, int backlog) {
  struct sockaddr_un address;
  int refusal = address_of(path, &address);
  if (refusal != 0) return refusal;
  int descriptor = stream();
  if (descriptor < 0) return -errno;
  // The mode of a socket that is not bound yet becomes that of its name.
  fchmod(descriptor, 0600);
  if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return giving_up(descriptor);
  if (listen(descriptor, backlog) != 0) return giving_up(descriptor);
  return descriptor;
}

int cs_local_accept(int listener) {
  int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  return descriptor >= 0 ? descriptor : -errno;
}

int cs_peer(int socket, int32_t *process, uint32_t *user) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return -1;
  *process = peer.pid;
  *user = peer.uid;
  return 0;
}

int64_t cs_send(int socket, const void *bytes, size_t count) {
  ssize_t sent = send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent >= 0 ? sent : -errno;
}

uint64_t cs_heap_used(void) {
#if __GLIBC_PREREQ(2, 33)
  struct mallinfo2 info = mallinfo2();
  return (uint64_t)info.uordblks + info.hblkhd;
#else
  struct mallinfo info = mallinfo();
  return (uint64_t)(unsigned)info.uordblks + (unsigned)info.hblkhd;
#endif
}

static pthread_mutex_t fork_mutex = PTHREAD_MUTEX_INITIALIZER;
static void (*told_in_child)(void);

void cs_fork_lock(void) { pthread_mutex_lock(&fork_mutex); }

void cs_fork_unlock(void) { pthread_mutex_unlock(&fork_mutex); }

static void unlock_in_child(void) {
  pthread_mutex_unlock(&fork_mutex);
  if (told_in_child) told_in_child();
}

int cs_fork_watch(void (*in_child)(void)) {
  static int is_watching;
  told_in_child = in_child;
  if (is_watching) return 0;
  is_watching = 1;
  return pthread_atfork(cs_fork_lock, cs_fork_unlock, unlock_in_child);
}
