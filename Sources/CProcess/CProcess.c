#ifdef __linux__
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif
#include <errno.h>

#include "CProcess.h"

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

#endif
