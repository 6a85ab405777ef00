/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Build-time generator: a header that defines NAME as a hash of source files,
 * so that what another version has put into the cache is never taken for
 * ours.
 *
 *   fingerprint OUTPUT.h NAME FILE...
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t hash_file(const char *path, uint64_t hash)
{
    FILE *f = fopen(path, "rb");
    int c;

    if (!f) {
        fprintf(stderr, "fingerprint: cannot read '%s'\n", path);
        exit(1);
    }
    while ((c = getc(f)) != EOF) {
        hash = (hash ^ (uint64_t)c) * UINT64_C(1099511628211);
    }
    fclose(f);
    return hash;
}

int main(int argc, char **argv)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    if (argc < 4) {
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        hash = hash_file(argv[i], hash);
    }
    FILE *out = fopen(argv[1], "w");

    if (!out) {
        return 1;
    }
    fprintf(out, "#define %s \"%016llx\"\n", argv[2],
            (unsigned long long)hash);
    return fclose(out) ? 1 : 0;
}
