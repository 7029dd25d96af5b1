// Preloaded into a program (LD_PRELOAD), kills it at one exact step of an SQLite journal that it writes: with the n-th
// transaction, either before the log has it or just after, when nobody in the program knows yet. Or lets no transaction
// from the n-th on be written, as when the disk is full.
//
// The file that MORTAL_ORDER names says which, as in "7 before", "7 after" or "7 full". Transactions count from the moment when it
// is there; each adds a byte to the file of that name with ".count" behind it. Without it nothing happens. Only for Linux:
// elsewhere this is empty.

#ifdef __linux__

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "Mortal.h"

typedef ssize_t (*Write)(int, const void *, size_t, off64_t);
typedef enum { BEFORE, AFTER, FULL } Moment;

static atomic_int count = 0;
/// The log whose next page completes the last transaction of this process; -1 for none.
static atomic_int dying = -1;

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/// Whether this writes the head of the frame with which a transaction ends: a frame is a head of 24 bytes, then a page,
/// and the last one tells the size of the database.
static int is_commit(int file, const unsigned char *bytes, size_t size, off64_t offset) {
    if (size != 24 || offset < 32 || !(bytes[4] | bytes[5] | bytes[6] | bytes[7])) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path);
    return length > 4 && memcmp(path + length - 4, "-wal", 4) == 0;
}

/// Reads the order; whether there is one.
static int read_order(int *step, Moment *when) {
    const char *path = getenv("MORTAL_ORDER");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return 0;
    char text[64] = "", moment[16] = "";
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0 || sscanf(text, "%d %15s", step, moment) != 2) return 0;
    *when = strcmp(moment, "after") == 0 ? AFTER : strcmp(moment, "full") == 0 ? FULL : BEFORE;
    char name[4096];
    snprintf(name, sizeof name, "%s.count", path);
    int note = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (note >= 0) {
        if (write(note, "+", 1) != 1) abort();
        close(note);
    }
    return 1;
}

static ssize_t mortal_write(Write next, int file, const void *bytes, size_t size, off64_t offset) {
    if (is_commit(file, bytes, size, offset)) {
        int step = 0;
        Moment when = BEFORE;
        if (read_order(&step, &when)) {
            int number = atomic_fetch_add(&count, 1) + 1;
            if (when == FULL && number >= step) {
                errno = ENOSPC;
                return -1;
            }
            if (when == BEFORE && number == step) die();
            if (when == AFTER && number == step) atomic_store(&dying, file);
        }
        return next(file, bytes, size, offset);
    }
    ssize_t result = next(file, bytes, size, offset);
    if (size > 24 && atomic_load(&dying) == file) die();
    return result;
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset) {
    static _Atomic(Write) next;
    if (!atomic_load(&next)) atomic_store(&next, (Write)dlsym(RTLD_NEXT, "pwrite64"));
    return mortal_write(atomic_load(&next), file, bytes, size, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) {
    static _Atomic(Write) next;
    if (!atomic_load(&next)) atomic_store(&next, (Write)dlsym(RTLD_NEXT, "pwrite"));
    return mortal_write(atomic_load(&next), file, bytes, size, offset);
}

#endif
