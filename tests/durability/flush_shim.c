/*
 * Preloaded into a server, this library stands between SQLite and the disk. It looks at the database (*.db) and its write-ahead log (*.db-wal) only.
 *
 * FLUSH_SHIM_LOG    a file that gets every write, truncation and flush in order, so that a test can rebuild what a power cut leaves.
 * FLUSH_SHIM_FAULT  a file whose first byte says how the disk behaves now: 0 well, 1 full, 2 every flush fails.
 *
 * A record of the log is a header (struct record) and, for a write, the bytes. Native byte order: the reader runs on the same machine.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DATABASE = 0, WAL = 1, NEITHER = 2 };
enum { WRITE = 1, TRUNCATE = 2, FLUSH = 3, FAILED_FLUSH = 4 };
enum { FULL = 1, FLUSHES_FAIL = 2 };

struct record {
    uint8_t kind;
    uint8_t file;
    uint16_t unused;
    uint32_t length;
    uint64_t offset; /* of a write; the new size of a truncation; of a flush: the length of the log when the flush began */
};

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;
static uint64_t logged;
static const volatile uint8_t *fault;

static void fail(const char *what) {
    fprintf(stderr, "flush_shim: %s: %s\n", what, strerror(errno));
    abort();
}

__attribute__((constructor)) static void start(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    const char *path = getenv("FLUSH_SHIM_LOG");
    if (path != NULL) {
        log_file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (log_file < 0) fail(path);
    }
    path = getenv("FLUSH_SHIM_FAULT");
    if (path != NULL) {
        int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0) fail(path);
        fault = mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
        if (fault == MAP_FAILED) fail(path);
        close(file);
    }
}

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* Which of the two files a descriptor is; asked each time, since descriptors are used again. */
static int file_of(int descriptor) {
    if (log_file < 0 && fault == NULL) return NEITHER;
    char link[32], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return NEITHER;
    path[length] = 0;
    if (ends_with(path, ".db")) return DATABASE;
    return ends_with(path, ".db-wal") ? WAL : NEITHER;
}

static int behaves(uint8_t how) {
    return fault != NULL && *fault == how;
}

/* Call with `order` held. */
static void put(uint8_t kind, int file, uint64_t offset, const void *bytes, size_t length) {
    if (log_file < 0) return;
    struct record head = {kind, (uint8_t)file, 0, (uint32_t)length, offset};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
    if (writev(log_file, parts, 2) != (ssize_t)(sizeof head + length)) fail("the log cannot be written");
    logged += sizeof head + length;
}

static ssize_t logged_write(int descriptor, const void *bytes, size_t length, off64_t offset, int positioned) {
    int file = file_of(descriptor);
    if (file == NEITHER) return positioned ? real_pwrite(descriptor, bytes, length, offset) : real_write(descriptor, bytes, length);
    if (behaves(FULL)) {
        errno = ENOSPC;
        return -1;
    }
    pthread_mutex_lock(&order);
    if (!positioned) offset = lseek64(descriptor, 0, SEEK_CUR);
    ssize_t done = positioned ? real_pwrite(descriptor, bytes, length, offset) : real_write(descriptor, bytes, length);
    int saved = errno;
    if (done > 0) put(WRITE, file, (uint64_t)offset, bytes, (size_t)done);
    pthread_mutex_unlock(&order);
    errno = saved;
    return done;
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    return logged_write(descriptor, bytes, length, 0, 0);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    return logged_write(descriptor, bytes, length, offset, 1);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    return logged_write(descriptor, bytes, length, offset, 1);
}

int ftruncate64(int descriptor, off64_t size) {
    int file = file_of(descriptor);
    pthread_mutex_lock(&order);
    int done = real_ftruncate(descriptor, size);
    int saved = errno;
    if (file != NEITHER && done == 0) put(TRUNCATE, file, (uint64_t)size, NULL, 0);
    pthread_mutex_unlock(&order);
    errno = saved;
    return done;
}

int ftruncate(int descriptor, off_t size) {
    return ftruncate64(descriptor, size);
}

static int flush(int descriptor, int (*real)(int)) {
    int file = file_of(descriptor);
    if (file == NEITHER) return real(descriptor);
    pthread_mutex_lock(&order);
    uint64_t began = logged;
    pthread_mutex_unlock(&order);
    int done = behaves(FLUSHES_FAIL) ? -1 : real(descriptor);
    pthread_mutex_lock(&order);
    put(done == 0 ? FLUSH : FAILED_FLUSH, file, began, NULL, 0);
    pthread_mutex_unlock(&order);
    if (done != 0) errno = EIO;
    return done;
}

int fsync(int descriptor) {
    return flush(descriptor, real_fsync);
}

int fdatasync(int descriptor) {
    return flush(descriptor, real_fdatasync);
}
