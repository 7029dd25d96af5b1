// libedit for Swift. Its setters are variadic, which Swift cannot call: each one that is used has a typed
// wrapper here, and nothing else does.

#ifndef CEDITLINE_SHIM_H
#define CEDITLINE_SHIM_H

#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

// Functions that the system's headers hide from a compiler that did not ask for extensions.
extern int wcwidth(wchar_t);
#ifdef __linux__
extern int pipe2(int ends[2], int flags);
#endif

typedef int (*ceditline_getchar)(EditLine *, wchar_t *);
typedef unsigned char (*ceditline_command)(EditLine *, int);

static inline int ceditline_wcwidth(wchar_t scalar) { return wcwidth(scalar); }

static inline int ceditline_set_getchar(EditLine *editor, ceditline_getchar function) {
    return el_wset(editor, EL_GETCFN, function);
}

static inline int ceditline_set_client(EditLine *editor, void *client) {
    return el_wset(editor, EL_CLIENTDATA, client);
}

static inline void *ceditline_client(EditLine *editor) {
    void *client = NULL;
    el_wget(editor, EL_CLIENTDATA, &client);
    return client;
}

static inline int ceditline_set_signal(EditLine *editor, int enabled) {
    return el_wset(editor, EL_SIGNAL, enabled);
}

static inline int ceditline_set_keymap(EditLine *editor, const wchar_t *name) {
    return el_wset(editor, EL_EDITOR, name);
}

// Once libedit knows no sequences of the terminal it does not call termcap, whose functions use static memory.
static inline int ceditline_forget_terminal(EditLine *editor) { return el_set(editor, EL_TERMINAL, "dumb"); }

// The name of the key map in use, owned by libedit: "emacs" or "vi".
static inline const wchar_t *ceditline_keymap(EditLine *editor) {
    const wchar_t *name = NULL;
    el_wget(editor, EL_EDITOR, &name);
    return name;
}

// libedit keeps `name` and `help`: both must outlive the editor.
static inline int ceditline_add_command(
    EditLine *editor, const wchar_t *name, const wchar_t *help, ceditline_command function
) {
    return el_wset(editor, EL_ADDFN, name, help, function);
}

static inline int ceditline_bind(EditLine *editor, const wchar_t *key, const wchar_t *command) {
    return el_wset(editor, EL_BIND, key, command, NULL);
}

// The second key map of vi: command mode.
static inline int ceditline_bind_alternative(EditLine *editor, const wchar_t *key, const wchar_t *command) {
    return el_wset(editor, EL_BIND, L"-a", key, command, NULL);
}

// Ctrl-C and the like are keys, and Return is not a newline. That holds between two lines as well, where libedit would
// go back to the modes it found, and what is typed just then would be echoed by the kernel or raise a signal.
static inline void ceditline_keep_raw(EditLine *editor) {
    el_wset(editor, EL_SETTY, L"-d", L"-isig", L"-ixon", L"-icrnl", L"-inlcr", L"-igncr", NULL);
    el_wset(
        editor, EL_SETTY, L"-x", L"-isig", L"-ixon", L"-icrnl", L"-inlcr", L"-igncr", L"-icanon", L"-echo", NULL
    );
}

static inline int ceditline_set_history(EditLine *editor, HistoryW *history) {
    return el_wset(editor, EL_HIST, history_w, history);
}

static inline int ceditline_history_limit(HistoryW *history, int limit) {
    HistEventW event;
    return history_w(history, &event, H_SETSIZE, limit);
}

static inline int ceditline_history_enter(HistoryW *history, const wchar_t *line) {
    HistEventW event;
    return history_w(history, &event, H_ENTER, line);
}

#endif
