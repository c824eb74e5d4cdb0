"""A library in C that stands before the system's: a wrong clock, a drive that fails, no locks.

It is preloaded into the program's process, and needs a C compiler and Linux.
"""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.faults.damage import NotRun

_SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, name)
#define BEGIN_OF_TROUBLE 400000

static int hits(int fd, const char *variable) {
    const char *name = getenv(variable);
    char link[64], path[4096];
    if (!name) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    const char *last = strrchr(path, '/');
    return last && strncmp(last + 1, name, strlen(name)) == 0;
}

static long long wrong_clock(void) {
    const char *value = getenv("FAULT_CLOCK");
    return value ? atoll(value) : -1;
}

int clock_gettime(clockid_t id, struct timespec *at) {
    REAL(int, "clock_gettime", clockid_t, struct timespec *);
    static time_t begun;
    int code = real(id, at);
    if (code == 0 && id == CLOCK_REALTIME && wrong_clock() >= 0) {
        if (!begun) begun = at->tv_sec;
        at->tv_sec = wrong_clock() + at->tv_sec - begun;
    }
    return code;
}

time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *out, void *zone) {
    struct timespec now;
    (void) zone;
    clock_gettime(CLOCK_REALTIME, &now);
    out->tv_sec = now.tv_sec;
    out->tv_usec = now.tv_nsec / 1000;
    return 0;
}

#define READING(name, kind) \
    ssize_t name(int fd, kind buffer, size_t size, off64_t at) { \
        REAL(ssize_t, #name, int, kind, size_t, off64_t); \
        if (at >= BEGIN_OF_TROUBLE && hits(fd, "FAULT_READ")) { errno = EIO; return -1; } \
        return real(fd, buffer, size, at); }
#define WRITING(name) \
    ssize_t name(int fd, const void *buffer, size_t size, off64_t at) { \
        REAL(ssize_t, #name, int, const void *, size_t, off64_t); \
        if (hits(fd, "FAULT_WRITE")) { errno = EIO; return -1; } \
        return real(fd, buffer, size, at); }
READING(pread, void *)
READING(pread64, void *)
WRITING(pwrite)
WRITING(pwrite64)

#define LOCKING(name) \
    int name(int fd, int command, ...) { \
        va_list rest; va_start(rest, command); \
        void *argument = va_arg(rest, void *); va_end(rest); \
        REAL(int, #name, int, int, ...); \
        if ((command == F_SETLK || command == F_SETLKW || command == F_GETLK) \
            && hits(fd, "FAULT_LOCK")) { errno = ENOLCK; return -1; } \
        return real(fd, command, argument); }
LOCKING(fcntl)
LOCKING(fcntl64)
"""


@cache
def shim() -> Path:
    """Return the compiled library. Raises NotRun if it cannot be compiled here."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise NotRun("a wrong clock or a failing drive needs a C compiler")
    folder = Path(tempfile.mkdtemp(prefix="reader-shim-"))
    folder.chmod(0o755)
    source, target = folder / "shim.c", folder / "shim.so"
    source.write_text(_SOURCE, "ascii")
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(target), str(source), "-ldl"]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        raise NotRun("a wrong clock or a failing drive needs the headers of Linux")
    return target
