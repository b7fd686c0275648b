#define _GNU_SOURCE
#include "CSystem.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

// The parts of NVIDIA's stable binary interface that are used: every function answers 0 for success.
struct memory { unsigned long long total, free, used; };
struct utilization { unsigned int gpu, memory; };

struct nvml {
  void *library;
  int (*shutdown)(void);
  int (*count)(unsigned int *);
  int (*handle)(unsigned int, void **);
  int (*name)(void *, char *, unsigned int);
  int (*memory)(void *, struct memory *);
  int (*utilization)(void *, struct utilization *);
  int (*temperature)(void *, int, unsigned int *);
  int (*power)(void *, unsigned int *);
  int (*clock)(void *, int, unsigned int *);
  int (*reasons)(void *, unsigned long long *);
};

static void *symbol(struct nvml *nvml, const char *name, const char *older) {
  void *found = dlsym(nvml->library, name);
  return found || !older ? found : dlsym(nvml->library, older);
}

static void find_symbols(struct nvml *nvml) {
  nvml->shutdown = symbol(nvml, "nvmlShutdown", 0);
  nvml->count = symbol(nvml, "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount");
  nvml->handle = symbol(nvml, "nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex");
  nvml->name = symbol(nvml, "nvmlDeviceGetName", 0);
  nvml->memory = symbol(nvml, "nvmlDeviceGetMemoryInfo", 0);
  nvml->utilization = symbol(nvml, "nvmlDeviceGetUtilizationRates", 0);
  nvml->temperature = symbol(nvml, "nvmlDeviceGetTemperature", 0);
  nvml->power = symbol(nvml, "nvmlDeviceGetPowerUsage", 0);
  nvml->clock = symbol(nvml, "nvmlDeviceGetClockInfo", 0);
  nvml->reasons = symbol(nvml, "nvmlDeviceGetCurrentClocksEventReasons",
                         "nvmlDeviceGetCurrentClocksThrottleReasons");
}

uint64_t cs_nvml_open(const char *library, int *status) {
  const int no_library = -1, unknown_library = -2;
  struct nvml *nvml = calloc(1, sizeof *nvml);
  *status = no_library;
  if (!nvml) return 0;
  nvml->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!nvml->library) {
    free(nvml);
    return 0;
  }
  int (*init)(void) = (int (*)(void))symbol(nvml, "nvmlInit_v2", "nvmlInit");
  find_symbols(nvml);
  *status = init && nvml->shutdown && nvml->count && nvml->handle ? init() : unknown_library;
  if (*status == 0) return (uint64_t)(uintptr_t)nvml;
  dlclose(nvml->library);
  free(nvml);
  return 0;
}

int cs_nvml_count(uint64_t session, uint32_t *count) {
  unsigned int found = 0;
  int status = ((struct nvml *)(uintptr_t)session)->count(&found);
  *count = status == 0 ? found : 0;
  return status;
}

static void read_facts(struct nvml *nvml, void *device, struct cs_gpu *out) {
  struct utilization busy = {0, 0};
  struct memory memory = {0, 0, 0};
  unsigned int value = 0;
  unsigned long long reasons = 0;
  if (nvml->utilization && nvml->utilization(device, &busy) == 0) {
    out->utilization = busy.gpu;
    out->known |= 1u << 0;
  }
  // All ones is this library's way of saying "not available".
  if (nvml->memory && nvml->memory(device, &memory) == 0 && memory.used != ~0ull) {
    out->memory_used = memory.used;
    out->memory_total = memory.total;
    out->known |= 1u << 1;
  }
  if (nvml->temperature && nvml->temperature(device, 0, &value) == 0) {
    out->temperature = value;
    out->known |= 1u << 2;
  }
  if (nvml->power && nvml->power(device, &value) == 0) {
    out->milliwatts = value;
    out->known |= 1u << 3;
  }
  if (nvml->clock && nvml->clock(device, 1, &value) == 0) {
    out->megahertz = value;
    out->known |= 1u << 4;
  }
  if (nvml->reasons && nvml->reasons(device, &reasons) == 0) {
    out->reasons = reasons;
    out->known |= 1u << 5;
  }
}

int cs_nvml_read(uint64_t session, uint32_t index, struct cs_gpu *out) {
  struct nvml *nvml = (struct nvml *)(uintptr_t)session;
  void *device = 0;
  memset(out, 0, sizeof *out);
  int status = nvml->handle(index, &device);
  if (status != 0) return status;
  if (!nvml->name || nvml->name(device, out->name, sizeof out->name) != 0)
    strcpy(out->name, "NVIDIA");
  out->name[sizeof out->name - 1] = 0;
  read_facts(nvml, device, out);
  return 0;
}

void cs_nvml_close(uint64_t session) {
  struct nvml *nvml = (struct nvml *)(uintptr_t)session;
  nvml->shutdown();
  dlclose(nvml->library);
  free(nvml);
}
