#ifndef CPROCESS_H
#define CPROCESS_H

// System calls that Swift cannot name: variadic in C, or without a function in the C library. Where a system lacks one,
// it fails with ENOSYS.

#include <signal.h>
#include <sys/types.h>

/// Opens a descriptor that stays with this process even after its number is given to another; -1 and errno.
int cprocess_open(pid_t pid);

/// Sends a signal to the process behind a descriptor of `cprocess_open`; -1 and errno.
int cprocess_send_signal(int process, int signal);

/// Makes this process the parent of what its descendants leave behind; -1 and errno.
int cprocess_become_subreaper(void);

/// Keeps this process from leaving a core dump.
void cprocess_leave_no_core(void);

/// Sets the name under which this process is listed; 15 bytes at most.
void cprocess_set_name(const char *name);

/// Opens a descriptor from which the blocked signals of `set` are read, closed on exec; -1 and errno.
int cprocess_open_signals(const sigset_t *set);

/// Takes the next signal from such a descriptor: its number, or 0 when there is none. `sender` gets the process.
int cprocess_next_signal(int signals, pid_t *sender);

/// Starts the program at `path` with a terminal as its streams, default signals, no other descriptor, and a process group of
/// its own; with `takes_terminal` that is in the terminal's foreground. 0, or an error number; `pid` gets the process.
int cprocess_spawn_at_terminal(
    pid_t *pid, const char *path, char *const arguments[], char *const environment[], int input, int output,
    int takes_terminal);

/// Unmaps the pages of the program's file and its libraries' that nobody writes to; they come back when they are touched.
/// 0, also where some of them stay because the system refuses; -1 and ENOSYS where the system has no way to do it.
int cprocess_release_program(void);

/// How often this process has missed a page of its memory, and was given it.
long cprocess_page_faults(void);

#endif
