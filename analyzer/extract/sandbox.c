/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- Landlock ----------------------------------------------------------- */

/*
 * The kernel's interface, spelled here because the headers of a build machine
 * are often older than the kernel that runs the program.
 */
#define LL_CREATE_RULESET   444
#define LL_ADD_RULE         445
#define LL_RESTRICT_SELF    446
#define LL_VERSION_FLAG     1u
#define LL_RULE_PATH        1

#define LL_FS_WRITE_FILE    (1ull << 1)
#define LL_FS_READ_FILE     (1ull << 2)
#define LL_FS_READ_DIR      (1ull << 3)
#define LL_FS_REMOVE_DIR    (1ull << 4)
#define LL_FS_REMOVE_FILE   (1ull << 5)
#define LL_FS_MAKE_DIR      (1ull << 7)
#define LL_FS_MAKE_REG      (1ull << 8)
#define LL_FS_TRUNCATE      (1ull << 14)

#define LL_NET_TCP          3ull   /* bind and connect */
#define LL_SCOPE_ALL        3ull   /* abstract unix sockets, signals */

struct ll_ruleset {
    uint64_t fs, net, scoped;
};

struct ll_path {
    uint64_t access;
    int32_t fd;
} __attribute__((packed));

/* All file system rights that ABI knows: 13 in the first. */
static uint64_t ll_fs_rights(long abi)
{
    unsigned n = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;

    return (1ull << n) - 1;
}

static int ll_create(long abi)
{
    struct ll_ruleset ruleset = {
        .fs = ll_fs_rights(abi),
        .net = LL_NET_TCP,
        .scoped = LL_SCOPE_ALL,
    };
    size_t size = abi >= 6 ? sizeof(ruleset)
                : abi >= 4 ? offsetof(struct ll_ruleset, scoped)
                           : offsetof(struct ll_ruleset, net);

    return syscall(LL_CREATE_RULESET, &ruleset, size, 0);
}

static bool ll_allow_below(int ruleset, const char *dir, long abi)
{
    struct ll_path rule = {
        .access = (LL_FS_WRITE_FILE | LL_FS_READ_FILE | LL_FS_READ_DIR |
                   LL_FS_REMOVE_DIR | LL_FS_REMOVE_FILE | LL_FS_MAKE_DIR |
                   LL_FS_MAKE_REG | LL_FS_TRUNCATE) & ll_fs_rights(abi),
        .fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC),
    };

    if (rule.fd < 0) {
        return false;
    }

    long result = syscall(LL_ADD_RULE, ruleset, LL_RULE_PATH, &rule, 0);

    close(rule.fd);
    return result == 0;
}

/* A directory that cannot be allowed stays forbidden: the job will say so. */
static bool enter_landlock(const char *writable_dir)
{
    long abi = syscall(LL_CREATE_RULESET, NULL, 0, LL_VERSION_FLAG);

    if (abi < 1) {
        return false;
    }

    int ruleset = ll_create(abi);

    if (ruleset < 0) {
        return false;
    }
    if (writable_dir) {
        ll_allow_below(ruleset, writable_dir, abi);
    }

    long result = syscall(LL_RESTRICT_SELF, ruleset, 0);

    close(ruleset);
    return result == 0;
}

/* --- Seccomp ------------------------------------------------------------ */

#if defined(__x86_64__)
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef FILTER_ARCH

enum deny_when {
    DENY_ALWAYS,
    DENY_UNLESS_SET,     /* allowed where argument ARG has the bits VALUE */
    DENY_UNLESS_EQUAL,   /* allowed where argument ARG is VALUE */
    DENY_UNLESS_SELF,    /* allowed where argument ARG is the own process */
};

struct denial {
    long nr;
    int error;
    enum deny_when when;
    unsigned arg;
    uint32_t value;
};

/* What a parser never needs. */
static const struct denial deny_calls[] = {
    { __NR_execve, EPERM },
    { __NR_execveat, EPERM },
    { __NR_clone, EPERM, DENY_UNLESS_SET, 0, CLONE_THREAD },
    /* its flags are behind a pointer; glibc falls back to clone */
    { __NR_clone3, ENOSYS },
#ifdef __NR_fork
    { __NR_fork, EPERM },
    { __NR_vfork, EPERM },
#endif
    { __NR_socket, EPERM },
    { __NR_socketpair, EPERM },
    { __NR_bind, EPERM },
    { __NR_connect, EPERM },
    { __NR_kill, EPERM, DENY_UNLESS_SELF },
    { __NR_tgkill, EPERM, DENY_UNLESS_SELF },
    { __NR_tkill, EPERM },
    { __NR_rt_sigqueueinfo, EPERM },
    { __NR_rt_tgsigqueueinfo, EPERM, DENY_UNLESS_SELF },
    { 424 /* pidfd_send_signal */, EPERM },
    { 434 /* pidfd_open */, EPERM },
    { 438 /* pidfd_getfd */, EPERM },
    { __NR_prlimit64, EPERM, DENY_UNLESS_EQUAL, 0, 0 },
    { __NR_ptrace, EPERM },
    { __NR_process_vm_readv, EPERM },
    { __NR_process_vm_writev, EPERM },
    { __NR_bpf, EPERM },
    { __NR_perf_event_open, EPERM },
    { __NR_userfaultfd, EPERM },
    { 425 /* io_uring_setup */, EPERM },
    { __NR_keyctl, EPERM },
    { __NR_add_key, EPERM },
    { __NR_request_key, EPERM },
    { __NR_unshare, EPERM },
    { __NR_setns, EPERM },
    { __NR_mount, EPERM },
    { __NR_umount2, EPERM },
    { __NR_pivot_root, EPERM },
    { __NR_chroot, EPERM },
    { 428 /* open_tree */, EPERM },
    { 430 /* fsopen */, EPERM },
    { __NR_open_by_handle_at, EPERM },
    { __NR_init_module, EPERM },
    { __NR_finit_module, EPERM },
    { __NR_delete_module, EPERM },
    { __NR_kexec_load, EPERM },
    { __NR_reboot, EPERM },
    /* changes of files that Landlock does not cover */
    { __NR_fchmodat, EPERM },
    { __NR_fchownat, EPERM },
    { __NR_setxattr, EPERM },
    { __NR_lsetxattr, EPERM },
#ifdef __NR_chmod
    { __NR_chmod, EPERM },
    { __NR_chown, EPERM },
    { __NR_lchown, EPERM },
#endif
};

/*
 * Everything that takes a path, for a process that needs none.  Landlock lets
 * stat() through; with this the disk looks empty, on every machine alike.
 */
static const struct denial deny_paths[] = {
    { __NR_openat, ENOENT },
    { 437 /* openat2 */, ENOENT },
    { __NR_newfstatat, ENOENT, DENY_UNLESS_SET, 3, AT_EMPTY_PATH },
    { __NR_statx, ENOENT, DENY_UNLESS_SET, 2, AT_EMPTY_PATH },
    { __NR_faccessat, ENOENT },
    { 439 /* faccessat2 */, ENOENT },
    { __NR_readlinkat, ENOENT },
    { __NR_statfs, ENOENT },
    { __NR_chdir, ENOENT },
    { __NR_truncate, ENOENT },
    { __NR_mkdirat, EACCES },
    { __NR_mknodat, EACCES },
    { __NR_unlinkat, ENOENT },
    { __NR_linkat, ENOENT },
    { __NR_symlinkat, EACCES },
    { __NR_renameat2, ENOENT },
    { __NR_utimensat, ENOENT },
    { __NR_inotify_add_watch, ENOENT },
    { __NR_name_to_handle_at, ENOENT },
#ifdef __NR_renameat
    { __NR_renameat, ENOENT },
#endif
#ifdef __NR_open
    { __NR_open, ENOENT },
    { __NR_creat, ENOENT },
    { __NR_stat, ENOENT },
    { __NR_lstat, ENOENT },
    { __NR_access, ENOENT },
    { __NR_readlink, ENOENT },
    { __NR_mkdir, EACCES },
    { __NR_mknod, EACCES },
    { __NR_rmdir, ENOENT },
    { __NR_unlink, ENOENT },
    { __NR_link, ENOENT },
    { __NR_symlink, EACCES },
    { __NR_rename, ENOENT },
    { __NR_utime, ENOENT },
    { __NR_utimes, ENOENT },
    { __NR_futimesat, ENOENT },
#endif
};

static void emit(GArray *code, unsigned op, unsigned yes, unsigned no,
                 uint32_t k)
{
    struct sock_filter instruction = BPF_JUMP(op, k, yes, no);

    g_array_append_val(code, instruction);
}

static void emit_load(GArray *code, size_t offset)
{
    emit(code, BPF_LD | BPF_W | BPF_ABS, 0, 0, offset);
}

static void emit_return(GArray *code, uint32_t action)
{
    emit(code, BPF_RET | BPF_K, 0, 0, action);
}

/* Falls through to the next denial where the call is another one. */
static void emit_denial(GArray *code, const struct denial *denial,
                        uint32_t self)
{
    uint32_t error = SECCOMP_RET_ERRNO | (uint32_t)denial->error;
    uint32_t value = denial->when == DENY_UNLESS_SELF ? self : denial->value;
    unsigned test = denial->when == DENY_UNLESS_SET ? BPF_JSET : BPF_JEQ;

    if (denial->when == DENY_ALWAYS) {
        emit(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, denial->nr);
        emit_return(code, error);
        return;
    }
    /* both machines are little-endian: the low half comes first */
    emit(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, denial->nr);
    emit_load(code, offsetof(struct seccomp_data, args) +
                    denial->arg * sizeof(uint64_t));
    emit(code, BPF_JMP | test | BPF_K, 0, 1, value);
    emit_return(code, SECCOMP_RET_ALLOW);
    emit_return(code, error);
}

static GArray *build_filter(bool paths)
{
    GArray *code = g_array_new(FALSE, FALSE, sizeof(struct sock_filter));
    uint32_t self = getpid();

    emit_load(code, offsetof(struct seccomp_data, arch));
    emit(code, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, FILTER_ARCH);
    emit_return(code, SECCOMP_RET_KILL_PROCESS);
    emit_load(code, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    /* the x32 numbers would pass by every denial below */
    emit(code, BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000);
    emit_return(code, SECCOMP_RET_KILL_PROCESS);
#endif
    for (size_t i = 0; i < G_N_ELEMENTS(deny_calls); i++) {
        emit_denial(code, &deny_calls[i], self);
    }
    for (size_t i = 0; !paths && i < G_N_ELEMENTS(deny_paths); i++) {
        emit_denial(code, &deny_paths[i], self);
    }
    emit_return(code, SECCOMP_RET_ALLOW);
    return code;
}

static bool enter_seccomp(bool paths)
{
    g_autoptr(GArray) code = build_filter(paths);
    struct sock_fprog program = {
        .len = code->len,
        .filter = (struct sock_filter *)(void *)code->data,
    };

    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

static bool enter_seccomp(bool paths)
{
    return false;
}

#endif

enum sandbox_result sandbox_enter(const char *writable_dir,
                                  const char **ret_missing)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        *ret_missing = "the kernel refuses PR_SET_NO_NEW_PRIVS";
        return SANDBOX_DOWNGRADED;
    }

    bool landlock = enter_landlock(writable_dir);
    bool seccomp = enter_seccomp(writable_dir != NULL);

    if (landlock && seccomp) {
        *ret_missing = NULL;
        return SANDBOX_CONFINED;
    }
    *ret_missing = !landlock && !seccomp
        ? "the kernel has neither Landlock nor a seccomp filter"
        : landlock ? "no seccomp filter on this machine"
                   : "the kernel has no Landlock";
    return SANDBOX_DOWNGRADED;
}
