// Plays NVIDIA's management library: two processors, the second one split up and therefore taciturn.
#include <stdio.h>
#include <string.h>

enum { ok = 0, invalid = 2, not_supported = 3 };
struct memory { unsigned long long total, free, used; };
struct utilization { unsigned int gpu, memory; };
static int first, second;

int nvmlInit_v2(void) { return ok; }
int nvmlShutdown(void) { return ok; }

int nvmlDeviceGetCount_v2(unsigned int *count) {
  *count = 2;
  return ok;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
  if (index > 1) return invalid;
  *device = index == 0 ? &first : &second;
  return ok;
}

int nvmlDeviceGetName(void *device, char *name, unsigned int length) {
  snprintf(name, length, "Stub GPU %d", device == &second);
  return ok;
}

int nvmlDeviceGetMemoryInfo(void *device, struct memory *memory) {
  memory->total = 12000000000ull;
  memory->free = 9000000000ull;
  memory->used = device == &first ? 3000000000ull : ~0ull;
  return ok;
}

int nvmlDeviceGetUtilizationRates(void *device, struct utilization *utilization) {
  if (device == &second) return not_supported;
  utilization->gpu = 37;
  utilization->memory = 12;
  return ok;
}

int nvmlDeviceGetTemperature(void *device, int sensor, unsigned int *celsius) {
  (void)device;
  *celsius = 83;
  return sensor == 0 ? ok : invalid;
}

int nvmlDeviceGetPowerUsage(void *device, unsigned int *milliwatts) {
  (void)device;
  *milliwatts = 142500;
  return ok;
}

int nvmlDeviceGetClockInfo(void *device, int kind, unsigned int *megahertz) {
  (void)device;
  *megahertz = kind == 1 ? 1410 : 9999;
  return ok;
}

// The name older drivers have.
int nvmlDeviceGetCurrentClocksThrottleReasons(void *device, unsigned long long *reasons) {
  *reasons = device == &first ? 0x40 | 0x4 : 0x1;
  return ok;
}
