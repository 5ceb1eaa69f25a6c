// Preloaded into a server: making a file durable takes SYNC_DELAY_US microseconds more than this disk needs.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_first(void) {
  const char *delay = getenv("SYNC_DELAY_US");
  if (delay != NULL) usleep((useconds_t)atoi(delay));
}

#define NEXT(name) \
  static __typeof__(&name) next = NULL; \
  if (next == NULL) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

int fsync(int fd) {
  NEXT(fsync);
  wait_first();
  return next(fd);
}

int fdatasync(int fd) {
  NEXT(fdatasync);
  wait_first();
  return next(fd);
}
