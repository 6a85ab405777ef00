/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Confinement of a process that reads hostile input.
 *
 * Two independent layers: Landlock takes the file system (and, where the
 * kernel is new enough, TCP, abstract sockets and signals), a seccomp filter
 * takes what a parser never needs: other programs, sockets, other processes,
 * the kernel's administration and, without a writable directory, every path.
 */
#ifndef QCOMPAT_EXTRACT_SANDBOX_H
#define QCOMPAT_EXTRACT_SANDBOX_H

enum sandbox_result {
    SANDBOX_CONFINED,    /* no file outside the directory can be opened, no
                            program started, no peer reached */
    SANDBOX_DOWNGRADED,  /* part of that is missing */
};

/*
 * Confines the calling process, which must be single-threaded, for good.
 * WRITABLE_DIR (absolute, or NULL) stays readable and writable below itself.
 * Never fails: what the kernel lacks is named in *ret_missing (static text,
 * NULL when confined), and the rest is in force.
 */
enum sandbox_result sandbox_enter(const char *writable_dir,
                                  const char **ret_missing);

#endif
