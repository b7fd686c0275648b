#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

int cs_firmware_throttled(const char *device, uint32_t *flags) {
  const uint32_t get_throttled = 0x00030046, success = 0x80000000;
  // Size, request, tag, room for the answer, length, the sticky bits to clear (none: others watch them too), end.
  uint32_t message[7] = {sizeof message, 0, get_throttled, 4, 0, 0, 0};
  int descriptor = open(device, O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return -1;
  int status = ioctl(descriptor, _IOWR(100, 0, char *), message);
  int error = errno;
  close(descriptor);
  if (status < 0) {
    errno = error;
    return -1;
  }
  if (message[1] != success) {
    errno = EIO;
    return -1;
  }
  *flags = message[5];
  return 0;
}
