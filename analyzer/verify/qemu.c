/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/qemu.h"

#include "base/error.h"
#include "verify/json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* A QEMU with all its modules starts in under a second; a busy machine may
 * take long. */
#define START_SECONDS 60
#define ANSWER_SECONDS 60
/* How soon an early end is noticed. */
#define WAIT_MS 20
#define LINE_MAX_BYTES (64u << 20)
#define READ_CHUNK 65536
#define IS_IT_QEMU "is it a QEMU system emulator?"
/* So much of what it said on stderr is worth repeating. */
#define STDERR_BYTES 4096

struct qemu {
    char *binary;
    char *directory;         /* private */
    char *socket_path;
    char *stderr_path;
    char *dump_path;
    int signal_fd;           /* borrowed */
    int listen_fd;
    int fd;                  /* the monitor, -1 while it is not connected */
    pid_t pid;               /* 0: not started, or reaped */
    int status;              /* of its end */
    GString *in;             /* bytes of the line that is arriving */
};

static gint64 deadline_in(int seconds)
{
    return g_get_monotonic_time() + seconds * G_USEC_PER_SEC;
}

/* --- The process -------------------------------------------------------- */

/* Between fork and exec. */
static void prepare_child(void *data)
{
    sigset_t none;

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
}

static bool spawn(struct qemu *qemu, const char *const *argv, GError **error)
{
    g_autoptr(GError) cause = NULL;
    int err = open(qemu->stderr_path,
                   O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = g_spawn_async_with_fds(
        NULL, (char **)(uintptr_t)argv, NULL,
        G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
        G_SPAWN_STDOUT_TO_DEV_NULL, prepare_child, NULL, &qemu->pid,
        -1, -1, err, &cause);
    if (err >= 0) {
        close(err);
    }
    if (!ok) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE, "cannot run '%s': %s",
                    qemu->binary, g_strerror(
                        cause->code == G_SPAWN_ERROR_NOENT ? ENOENT :
                        cause->code == G_SPAWN_ERROR_ACCES ? EACCES :
                        cause->code == G_SPAWN_ERROR_NOEXEC ? ENOEXEC : EIO));
    }
    return ok;
}

/* Whether it is gone; its status is kept. */
static bool has_ended(struct qemu *qemu)
{
    if (qemu->pid && waitpid(qemu->pid, &qemu->status, WNOHANG) == qemu->pid) {
        /* What it started itself has no parent now, but its group. */
        kill(-qemu->pid, SIGKILL);
        qemu->pid = 0;
    }
    return !qemu->pid;
}

static void end_process(struct qemu *qemu)
{
    if (!has_ended(qemu)) {
        kill(-qemu->pid, SIGKILL);
        while (waitpid(qemu->pid, &qemu->status, 0) < 0 && errno == EINTR) {
        }
        qemu->pid = 0;
    }
}

/* The last line on its stderr, or NULL. */
static char *last_words(const struct qemu *qemu)
{
    g_autofree char *text = NULL;
    gsize length;

    if (!g_file_get_contents(qemu->stderr_path, &text, &length, NULL)) {
        return NULL;
    }
    char *tail = length > STDERR_BYTES ? text + length - STDERR_BYTES : text;
    g_strchomp(tail);
    char *line = strrchr(tail, '\n');
    line = line ? line + 1 : tail;
    return *line ? g_utf8_make_valid(line, -1) : NULL;
}

/* "qemu-x ended with status 1 before …: its last words", or HINT (may be
 * NULL) where it said nothing. */
static void set_ended(struct qemu *qemu, const char *when, const char *hint,
                      GError **error)
{
    g_autofree char *said = last_words(qemu);
    const char *words = said ? said : hint;
    g_autofree char *how = WIFSIGNALED(qemu->status)
        ? g_strdup_printf("was killed by signal %d (%s)",
                          WTERMSIG(qemu->status),
                          g_strsignal(WTERMSIG(qemu->status)))
        : g_strdup_printf("ended with status %d", WEXITSTATUS(qemu->status));

    g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL, "'%s' %s %s%s%s",
                qemu->binary, how, when, words ? ": " : "",
                words ? words : "");
}

/* --- The monitor -------------------------------------------------------- */

static bool make_directory(struct qemu *qemu, GError **error)
{
    qemu->directory = g_dir_make_tmp("qcompat-XXXXXX", error);
    if (!qemu->directory) {
        g_prefix_error(error, "cannot make a directory for QEMU: ");
        return false;
    }
    qemu->socket_path = g_build_filename(qemu->directory, "qmp", NULL);
    qemu->stderr_path = g_build_filename(qemu->directory, "stderr", NULL);
    qemu->dump_path = g_build_filename(qemu->directory, "vmstate", NULL);
    return true;
}

static bool listen_privately(struct qemu *qemu, GError **error)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    if (!make_directory(qemu, error)) {
        return false;
    }
    if (strlen(qemu->socket_path) >= sizeof(address.sun_path)) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "the path '%s' is too long "
                    "for a socket: set TMPDIR to a shorter one",
                    qemu->socket_path);
        return false;
    }
    strcpy(address.sun_path, qemu->socket_path);
    qemu->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (qemu->listen_fd < 0 ||
        bind(qemu->listen_fd, (struct sockaddr *)&address, sizeof(address)) ||
        listen(qemu->listen_fd, 1)) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot listen on '%s': %s",
                    qemu->socket_path, g_strerror(errno));
        return false;
    }
    return true;
}

/* Waits for FD; false at the deadline or, with *RET_OUTCOME saying so, when
 * the user wants to stop. */
static bool wait_for(struct qemu *qemu, int fd, int ms,
                     enum qemu_outcome *ret_outcome, GError **error)
{
    struct pollfd fds[] = {
        { .fd = fd, .events = POLLIN },
        { .fd = qemu->signal_fd, .events = POLLIN },
    };
    int n = poll(fds, G_N_ELEMENTS(fds), ms);

    if (n > 0 && fds[1].revents) {
        *ret_outcome = QEMU_INTERRUPTED;
        g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL, "interrupted");
        return false;
    }
    return n > 0 && fds[0].revents;
}

/* QEMU is the one that connects: no need to guess when it listens. */
static bool accept_monitor(struct qemu *qemu, enum qemu_outcome *ret_outcome,
                           GError **error)
{
    gint64 deadline = deadline_in(START_SECONDS);

    *ret_outcome = QEMU_DIED;
    while (!wait_for(qemu, qemu->listen_fd, WAIT_MS, ret_outcome, error)) {
        if (*ret_outcome == QEMU_INTERRUPTED) {
            return false;
        }
        if (has_ended(qemu)) {
            set_ended(qemu, "before it could be asked", IS_IT_QEMU, error);
            return false;
        }
        if (g_get_monotonic_time() > deadline) {
            g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                        "'%s' did not open its monitor within %d s: "
                        IS_IT_QEMU, qemu->binary, START_SECONDS);
            return false;
        }
    }
    qemu->fd = accept4(qemu->listen_fd, NULL, NULL, SOCK_CLOEXEC);
    return qemu->fd >= 0;
}

/* The monitor is closed: says how the process ended, which it may not have
 * done quite yet. */
static enum qemu_outcome report_death(struct qemu *qemu, const char *when,
                                      GError **error)
{
    gint64 deadline = deadline_in(2);

    while (!has_ended(qemu) && g_get_monotonic_time() < deadline) {
        g_usleep(WAIT_MS * 1000);
    }
    end_process(qemu);
    set_ended(qemu, when, NULL, error);
    return QEMU_DIED;
}

static enum qemu_outcome report_silence(struct qemu *qemu, const char *what,
                                        GError **error)
{
    end_process(qemu);
    g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                "'%s' did not answer %s within %d s", qemu->binary, what,
                ANSWER_SECONDS);
    return QEMU_DIED;
}

static enum qemu_outcome report_babble(struct qemu *qemu, GError **error)
{
    end_process(qemu);
    g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                "'%s' does not speak QMP: " IS_IT_QEMU, qemu->binary);
    return QEMU_DIED;
}

/* Takes one line off what has arrived; NULL where none is complete. */
static char *take_line(GString *in)
{
    const char *end = memchr(in->str, '\n', in->len);
    if (!end) {
        return NULL;
    }
    gsize length = end - in->str;
    char *line = g_strndup(in->str, length);
    g_string_erase(in, 0, length + 1);
    return line;
}

static enum qemu_outcome read_line(struct qemu *qemu, const char *what,
                                   gint64 deadline, char **ret,
                                   GError **error)
{
    g_autofree char *when = g_strdup_printf("over %s", what);

    while (!(*ret = take_line(qemu->in))) {
        gint64 left = (deadline - g_get_monotonic_time()) / 1000;
        enum qemu_outcome outcome = QEMU_DIED;
        if (!wait_for(qemu, qemu->fd, left > 0 ? left : 0, &outcome, error)) {
            return outcome == QEMU_INTERRUPTED
                   ? outcome : report_silence(qemu, what, error);
        }
        char buffer[READ_CHUNK];
        ssize_t n = read(qemu->fd, buffer, sizeof(buffer));
        if (n <= 0) {
            return report_death(qemu, when, error);
        }
        if (qemu->in->len + n > LINE_MAX_BYTES) {
            return report_babble(qemu, error);
        }
        g_string_append_len(qemu->in, buffer, n);
    }
    return QEMU_ANSWERED;
}

static enum qemu_outcome read_message(struct qemu *qemu, const char *what,
                                      gint64 deadline, json_t **ret,
                                      GError **error)
{
    g_autofree char *line = NULL;
    enum qemu_outcome outcome = read_line(qemu, what, deadline, &line, error);

    if (outcome != QEMU_ANSWERED) {
        return outcome;
    }
    *ret = exact_json_parse(line, strlen(line));
    if (!json_is_object(*ret)) {
        g_clear_pointer(ret, json_decref);
        return report_babble(qemu, error);
    }
    return QEMU_ANSWERED;
}

static bool send_all(int fd, const char *text)
{
    for (size_t left = strlen(text); left;) {
        ssize_t n = send(fd, text, left, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        text += n > 0 ? n : 0;
        left -= n > 0 ? n : 0;
    }
    return true;
}

/* What an error of QMP says. */
static enum qemu_outcome report_refusal(const json_t *failure, GError **error)
{
    const char *text = json_string_value(json_object_get(failure, "desc"));

    g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL, "%s",
                text ? text : "QMP error");
    return QEMU_REFUSED;
}

enum qemu_outcome qemu_execute(struct qemu *qemu, const char *command,
                               json_t *arguments, json_t **ret,
                               GError **error)
{
    json_t *request = json_pack("{s:s}", "execute", command);
    if (arguments) {
        json_object_set_new(request, "arguments", arguments);
    }
    g_autofree char *dump = json_dumps(request, JSON_COMPACT);
    g_autofree char *text = g_strconcat(dump, "\n", NULL);
    json_decref(request);
    if (!send_all(qemu->fd, text)) {
        return report_death(qemu, "between two questions", error);
    }
    /* Events do not prolong it. */
    gint64 deadline = deadline_in(ANSWER_SECONDS);
    for (;;) {
        json_t *answer = NULL;
        enum qemu_outcome outcome =
            read_message(qemu, command, deadline, &answer, error);
        if (outcome != QEMU_ANSWERED) {
            return outcome;
        }
        *ret = json_incref(json_object_get(answer, "return"));
        const json_t *failure = json_object_get(answer, "error");
        outcome = failure ? report_refusal(failure, error) : QEMU_ANSWERED;
        json_decref(answer);
        /* Anything else is an event. */
        if (*ret || outcome == QEMU_REFUSED) {
            return outcome;
        }
    }
}

static bool greet(struct qemu *qemu, json_t **ret_greeting,
                  enum qemu_outcome *ret_outcome, GError **error)
{
    json_t *nothing = NULL;

    *ret_outcome = read_message(qemu, "the start", deadline_in(ANSWER_SECONDS),
                                ret_greeting, error);
    if (*ret_outcome != QEMU_ANSWERED) {
        return false;
    }
    *ret_outcome = qemu_execute(qemu, "qmp_capabilities", NULL, &nothing,
                                error);
    if (*ret_outcome != QEMU_ANSWERED) {
        g_clear_pointer(ret_greeting, json_decref);
        return false;
    }
    json_decref(nothing);
    return true;
}

static struct qemu *new_qemu(const char *binary, int signal_fd)
{
    struct qemu *qemu = g_new0(struct qemu, 1);

    qemu->binary = g_strdup(binary);
    qemu->signal_fd = signal_fd;
    qemu->listen_fd = -1;
    qemu->fd = -1;
    qemu->in = g_string_new(NULL);
    return qemu;
}

static bool spawn_for_monitor(struct qemu *qemu, GError **error)
{
    g_autofree char *monitor = g_strconcat("unix:", qemu->socket_path, NULL);
    const char *argv[] = {
        qemu->binary, "-no-user-config", "-machine", "none", "-nodefaults",
        "-display", "none", "-qmp", monitor, NULL,
    };

    return spawn(qemu, argv, error);
}

struct qemu *qemu_start(const char *binary, int signal_fd,
                        json_t **ret_greeting, enum qemu_outcome *ret_outcome,
                        GError **error)
{
    g_autoptr(Qemu) qemu = new_qemu(binary, signal_fd);

    *ret_outcome = QEMU_DIED;
    if (!listen_privately(qemu, error) || !spawn_for_monitor(qemu, error) ||
        !accept_monitor(qemu, ret_outcome, error) ||
        !greet(qemu, ret_greeting, ret_outcome, error)) {
        return NULL;
    }
    return g_steal_pointer(&qemu);
}

/* --- Dumps -------------------------------------------------------------- */

static bool wait_for_end(struct qemu *qemu, GError **error)
{
    gint64 deadline = deadline_in(ANSWER_SECONDS);
    enum qemu_outcome outcome = QEMU_DIED;

    while (!has_ended(qemu)) {
        wait_for(qemu, -1, WAIT_MS, &outcome, error);
        if (outcome == QEMU_INTERRUPTED) {
            return false;
        }
        if (g_get_monotonic_time() > deadline) {
            g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                        "'%s' did not write its streams within %d s",
                        qemu->binary, ANSWER_SECONDS);
            return false;
        }
    }
    return true;
}

json_t *qemu_dump_vmstate(const char *binary, const char *machine,
                          int signal_fd, GError **error)
{
    g_autoptr(Qemu) qemu = new_qemu(binary, signal_fd);
    g_autofree char *text = NULL;
    gsize length;

    if (!make_directory(qemu, error)) {
        return NULL;
    }
    const char *argv[] = {
        binary, "-no-user-config", "-machine", machine, "-nodefaults",
        "-display", "none", "-dump-vmstate", qemu->dump_path, NULL,
    };
    if (!spawn(qemu, argv, error) || !wait_for_end(qemu, error)) {
        return NULL;
    }
    if (qemu->status ||
        !g_file_get_contents(qemu->dump_path, &text, &length, NULL)) {
        set_ended(qemu, "and wrote no streams", IS_IT_QEMU, error);
        return NULL;
    }
    json_t *dump = exact_json_parse(text, length);
    if (!dump) {
        g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                    "what '%s' wrote of its streams is no JSON", binary);
    }
    return dump;
}

void qemu_stop(struct qemu *qemu)
{
    end_process(qemu);
    if (qemu->fd >= 0) {
        close(qemu->fd);
    }
    if (qemu->listen_fd >= 0) {
        close(qemu->listen_fd);
    }
    if (qemu->stderr_path) {
        g_unlink(qemu->socket_path);
        g_unlink(qemu->stderr_path);
        g_unlink(qemu->dump_path);
    }
    if (qemu->directory) {
        g_rmdir(qemu->directory);
    }
    g_string_free(qemu->in, TRUE);
    g_free(qemu->stderr_path);
    g_free(qemu->dump_path);
    g_free(qemu->socket_path);
    g_free(qemu->directory);
    g_free(qemu->binary);
    g_free(qemu);
}
