// Preloaded into a server by a test: writing and syncing of the database's files fails while the file that DISK_FAULT names says so:
// "<name of the error> <write|sync>", e.g. "ENOSPC write". Everything else goes through.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_database(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "/poolhouse.db") != NULL;
}

// The error that a call of that kind meets; 0 for none.
static int fault(const char *kind, int fd) {
  const char *trigger = getenv("DISK_FAULT");
  if (trigger == NULL || !is_database(fd)) return 0;
  int file = open(trigger, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[64];
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return 0;
  text[length] = 0;
  if (strstr(text, kind) == NULL) return 0;
  return strncmp(text, "ENOSPC", 6) == 0 ? ENOSPC : EIO;
}

#define NEXT(name) \
  static __typeof__(&name) next = NULL; \
  if (next == NULL) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define FAIL(kind) \
  int error = fault(kind, fd); \
  if (error != 0) { errno = error; return -1; }

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  NEXT(pwrite);
  FAIL("write")
  return next(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  NEXT(pwrite64);
  FAIL("write")
  return next(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size) {
  NEXT(write);
  FAIL("write")
  return next(fd, data, size);
}

int fsync(int fd) {
  NEXT(fsync);
  FAIL("sync")
  return next(fd);
}

int fdatasync(int fd) {
  NEXT(fdatasync);
  FAIL("sync")
  return next(fd);
}
