# SPDX-License-Identifier: GPL-2.0-or-later
# What the scripts of ci/ have in common; sourced, not run.

# Debian's name of a package, and a command that succeeds where it is there.
packages() {
    cat <<'EOF'
gcc command -v gcc
libc6-dev has_header stdio.h
meson command -v meson
ninja-build command -v ninja
pkg-config command -v pkg-config
git command -v git
libclang-19-dev has_libclang
llvm-19 llvm_config
libgit2-dev pkg-config --exists libgit2
libpcre2-dev pkg-config --exists libpcre2-8
zlib1g-dev pkg-config --exists zlib
libgmime-3.0-dev pkg-config --exists gmime-3.0
libglib2.0-dev pkg-config --exists glib-2.0
libjansson-dev pkg-config --exists jansson
libcmocka-dev pkg-config --exists cmocka
python3-jsonschema /usr/bin/python3 -c 'import jsonschema'
libxml2-utils command -v xmllint
EOF
}

has_header() {
    echo "#include <$1>" | gcc ${2:+"$2"} -E -x c - >/dev/null 2>&1
}

# The llvm-config of a libclang that is new enough.
llvm_config() {
    for config in llvm-config-19 llvm-config-20 llvm-config-18 \
                  llvm-config-17 llvm-config; do
        if command -v "$config" && [ "$("$config" --version |
                                        cut -d. -f1)" -ge 17 ]; then
            return 0
        fi
    done
    return 1
}

has_libclang() {
    config=$(llvm_config) &&
        has_header clang-c/Index.h "-I$("$config" --includedir)"
}

missing_packages() {
    packages | while read -r package probe; do
        eval "$probe" >/dev/null 2>&1 </dev/null || printf '%s ' "$package"
    done
}

# Installs what is missing where apt can, and else says what it is.
require_packages() {
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if command -v apt-get >/dev/null; then
        as_root=
        [ "$(id -u)" -eq 0 ] || as_root=sudo
        echo "installing: $missing" >&2
        # shellcheck disable=SC2086 # both are lists of words
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
            $as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get -qq install -y --no-install-recommends $missing >&2
        missing=$(missing_packages)
        [ -n "$missing" ] || return 0
    fi
    echo "missing (by the names of Debian's packages): $missing" >&2
    return 1
}

# configure DIRECTORY [MESON OPTION...]; quiet unless it fails.
configure() {
    directory=$1
    shift
    [ -f "$directory/build.ninja" ] && return 0
    log=$(meson setup "$directory" "$@" 2>&1) || {
        echo "$log" >&2
        return 1
    }
}
