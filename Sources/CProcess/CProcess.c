#ifdef __linux__
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#endif
#include <errno.h>
#include <spawn.h>
#include <sys/resource.h>
#include <unistd.h>

#include "CProcess.h"

long cprocess_page_faults(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return usage.ru_minflt + usage.ru_majflt;
}

static int add_terminal(posix_spawn_file_actions_t *actions, int input, int output, int takes_terminal) {
    int failure = posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);
    if (!failure) failure = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
    if (!failure) failure = posix_spawn_file_actions_adddup2(actions, output, STDERR_FILENO);
#ifdef __linux__
    if (!failure && takes_terminal) failure = posix_spawn_file_actions_addtcsetpgrp_np(actions, STDIN_FILENO);
    if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
#endif
    return failure;
}

int cprocess_spawn_at_terminal(
    pid_t *pid, const char *path, char *const arguments[], char *const environment[], int input, int output,
    int takes_terminal
) {
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure) return failure;
    posix_spawnattr_t attributes;
    failure = posix_spawnattr_init(&attributes);
    if (failure) {
        posix_spawn_file_actions_destroy(&actions);
        return failure;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
#ifdef __APPLE__
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    posix_spawnattr_setflags(&attributes, flags);
    failure = add_terminal(&actions, input, output, takes_terminal);
    if (!failure) failure = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
#ifndef __linux__
    if (!failure && takes_terminal) tcsetpgrp(input, *pid);
#endif
    return failure;
}

#ifdef __linux__

// Newer than some headers; the numbers are the same on all architectures.
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

int cprocess_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int cprocess_send_signal(int process, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, process, signal, NULL, 0);
}

int cprocess_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL); }

void cprocess_leave_no_core(void) { prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL); }

void cprocess_set_name(const char *name) { prctl(PR_SET_NAME, (unsigned long)name, 0UL, 0UL, 0UL); }

int cprocess_open_signals(const sigset_t *set) { return signalfd(-1, set, SFD_CLOEXEC | SFD_NONBLOCK); }

int cprocess_next_signal(int signals, pid_t *sender) {
    struct signalfd_siginfo info;
    if (read(signals, &info, sizeof info) != sizeof info) return 0;
    *sender = (pid_t)info.ssi_pid;
    return (int)info.ssi_signo;
}

static int has_text_relocations(const struct dl_phdr_info *object) {
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];
        if (header->p_type != PT_DYNAMIC) continue;
        const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + header->p_vaddr);
        for (; entry->d_tag != DT_NULL; entry++) {
            if (entry->d_tag == DT_TEXTREL) return 1;
            if (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL)) return 1;
        }
    }
    return 0;
}

static int release_object(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    int *count = context;
    // The program comes first, without a name; of the others only those from files, which the kernel's own is not.
    if (++*count > 1 && object->dlpi_name[0] != '/') return 0;
    // What the loader has written there would be lost.
    if (has_text_relocations(object)) return 0;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];
        if (header->p_type != PT_LOAD || (header->p_flags & PF_W)) continue;
        // Inwards to whole pages: one at the edge may belong to a segment that is written to.
        const uintptr_t start = (object->dlpi_addr + header->p_vaddr + page - 1) & ~(page - 1);
        const uintptr_t end = (object->dlpi_addr + header->p_vaddr + header->p_filesz) & ~(page - 1);
        // Where it is refused, locked memory for example, the pages stay.
        if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

int cprocess_release_program(void) {
    int count = 0;
    dl_iterate_phdr(release_object, &count);
    return 0;
}

#else

static int unsupported(void) {
    errno = ENOSYS;
    return -1;
}

int cprocess_open(pid_t pid) {
    (void)pid;
    return unsupported();
}

int cprocess_send_signal(int process, int signal) {
    (void)process;
    (void)signal;
    return unsupported();
}

int cprocess_become_subreaper(void) { return unsupported(); }

void cprocess_leave_no_core(void) {}

void cprocess_set_name(const char *name) { (void)name; }

int cprocess_open_signals(const sigset_t *set) {
    (void)set;
    return unsupported();
}

int cprocess_next_signal(int signals, pid_t *sender) {
    (void)signals;
    (void)sender;
    return 0;
}

int cprocess_release_program(void) { return unsupported(); }

#endif
