/* A failing disk for tests: kill the process, or refuse, at the n-th change below one folder.
 *
 * Loaded ahead of the C library, so that Python, Arrow, DuckDB and SQLite all meet it. A
 * killed write has written half of its bytes. Changes elsewhere are not counted.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char root[PATH_MAX];
static long count, strike;
static int refusal; /* 0 kills; else the errno of every change from then on */

void fault_arm(const char *folder, long at, int error) {
    strncpy(root, folder, sizeof root - 1);
    count = 0;
    strike = at;
    refusal = error;
}

long fault_count(void) { return count; }

static int is_below(const char *path) {
    return root[0] && path && strncmp(path, root, strlen(root)) == 0;
}

static int is_open_below(int fd) {
    char link[64], path[PATH_MAX];
    if (!root[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_below(path);
}

/* 0: go on; 1: this is the one, and it kills; -1: refused, errno is set. */
static int struck(int counts) {
    if (!counts) return 0;
    count++;
    if (!strike || count < strike) return 0;
    if (refusal) { errno = refusal; return -1; }
    return count == strike;
}

static void die(void) { kill(getpid(), SIGKILL); pause(); }

#define REAL(name) ({ static __typeof__(&name) f; if (!f) f = dlsym(RTLD_NEXT, #name); f; })

ssize_t write(int fd, const void *data, size_t size) {
    int s = struck(is_open_below(fd));
    if (s < 0) return -1;
    if (s) { REAL(write)(fd, data, size / 2); die(); }
    return REAL(write)(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    int s = struck(is_open_below(fd));
    if (s < 0) return -1;
    if (s) { REAL(pwrite64)(fd, data, size / 2, at); die(); }
    return REAL(pwrite64)(fd, data, size, at);
}

#define SIMPLE(type, name, params, args, counted) \
    type name params { \
        int s = struck(counted); \
        if (s < 0) return -1; \
        if (s) die(); \
        return REAL(name) args; \
    }

SIMPLE(int, fsync, (int fd), (fd), is_open_below(fd))
SIMPLE(int, fdatasync, (int fd), (fd), is_open_below(fd))
SIMPLE(int, ftruncate, (int fd, off_t size), (fd, size), is_open_below(fd))
SIMPLE(int, rename, (const char *from, const char *to), (from, to), is_below(to))
SIMPLE(int, mkdir, (const char *path, mode_t mode), (path, mode), is_below(path))
SIMPLE(int, rmdir, (const char *path), (path), is_below(path))
SIMPLE(int, unlink, (const char *path), (path), is_below(path))
SIMPLE(int, chmod, (const char *path, mode_t mode), (path, mode), is_below(path))

static int opens(const char *path, int flags) {
    return is_below(path) && (flags & (O_CREAT | O_TRUNC));
}

int open(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    int s = struck(opens(path, flags));
    if (s < 0) return -1;
    if (s) die();
    return REAL(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    int s = struck(opens(path, flags));
    if (s < 0) return -1;
    if (s) die();
    return REAL(open64)(path, flags, mode);
}
