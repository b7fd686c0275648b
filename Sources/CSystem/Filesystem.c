#include "CSystem.h"
#include <sys/vfs.h>

int64_t cs_filesystem_kind(const char *path) {
  struct statfs found;
  return statfs(path, &found) == 0 ? (int64_t)(uint32_t)found.f_type : -1;
}
