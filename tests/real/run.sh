#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The facts of Debian's QEMU sources against Debian's QEMU binaries.
#
#   tests/real/run.sh QCOMPAT
#
# And what `matrix` says against real migrations: of the binary to itself, and
# to and from another one where OTHER_QEMU names a qemu-system-x86_64 and
# OTHER_FACTS a snapshot of the source it was built from.
#
# Installs the binaries where they are missing and root may, fetches the
# source package of exactly their version, and asks the binaries over QMP.
# Any difference that expected.txt does not explain is a failure.  Where this
# is no Debian or the archive is out of reach, it says so and is content.
set -u
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

passed=0
failed=0
here=$(realpath "$(dirname "$0")")
qcompat=$(realpath "${1:-build/qcompat}") || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

finish() {
    echo "real: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}

skip() {
    echo "real: skipped: $1"
    finish
}

ok() {
    echo "ok: $1"
    passed=$((passed + 1))
}

not_ok() {
    echo "not ok: $1"
    failed=$((failed + 1))
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# --- Binaries ------------------------------------------------------------

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install PACKAGE...: those that are missing; the lists may be too.
install() {
    missing=
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    [ "$(id -u)" -eq 0 ] || skip "$missing is missing, and only root installs"
    echo "installing$missing"
    update_lists
    # shellcheck disable=SC2086 # a list
    timeout 600 apt-get -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=120 install $missing \
        >>"$scratch/apt.log" 2>&1
}

# Another apt may be at it; what stays out of reach shows later.
update_lists() {
    for _ in 1 2 3 4 5; do
        timeout 300 apt-get -q update >"$scratch/apt.log" 2>&1
        grep -q "Could not get lock" "$scratch/apt.log" || return 0
        sleep 10
    done
}

if ! has apt-get || ! has dpkg-query ||
   ! grep -q '^ID=debian$' /etc/os-release; then
    skip "this is no Debian"
fi
install qemu-system-x86 qemu-system-misc dpkg-dev git ||
    skip "cannot install Debian's QEMU: $(tail -n 1 "$scratch/apt.log")"
# Newer releases have a package for each of the larger targets.
has qemu-system-s390x || install qemu-system-s390x ||
    skip "there is no qemu-system-s390x"

# --- Their source --------------------------------------------------------

version=$(dpkg-query -W -f '${source:Version}' qemu-system-x86)

# An apt of our own that knows sources, where the system's knows binaries.
private="$scratch/apt"
mkdir -p "$private/lists/partial" "$private/cache/archives/partial" \
    "$private/parts"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
options=
[ ! -f $keyring ] || options=" [signed-by=$keyring]"

# shellcheck disable=SC2016 # they are apt's
list_sources() {
    apt-get indextargets --format \
        "deb-src$options"' $(REPO_URI) $(RELEASE) $(COMPONENT) # $(ORIGIN)' \
        'Identifier: Packages' | sort -u | sed -n 's/ # Debian$//p' \
        >"$private/sources.list"
    [ -s "$private/sources.list" ]
}

# Whose an archive is stands in its lists, which images come without.
list_sources || { [ "$(id -u)" -eq 0 ] && update_lists && list_sources; } ||
    skip "apt has no lists of a Debian archive"

private_apt() {
    timeout 300 apt-get -q -o Dir::Etc::sourcelist="$private/sources.list" \
        -o Dir::Etc::sourceparts="$private/parts" \
        -o Dir::State::lists="$private/lists" \
        -o Dir::Cache="$private/cache" \
        -o APT::Sandbox::User="$(id -un)" "$@"
}

fetch_source() {
    private_apt update &&
        private_apt --download-only source "qemu=$version" &&
        dpkg-source --no-check -x qemu_*.dsc source
}

commit_source() {
    git init -q source &&
        git -C source add -A -f &&
        git -C source -c user.name=tests -c user.email=tests@example.org \
            -c commit.gpgsign=false commit -q -m "qemu $version"
}

for given in OTHER_QEMU OTHER_FACTS; do
    eval "file=\${$given:-}"
    [ -z "$file" ] || eval "$given=\$(realpath \"\$file\")"
done

cd "$scratch" || exit 1
fetch_source >apt.log 2>&1 ||
    skip "cannot fetch the source of qemu $version: $(tail -n 1 apt.log)"
commit_source || exit 1
echo "source: qemu $version"

# --- The tests -----------------------------------------------------------

export XDG_CACHE_HOME="$scratch/cache"

# One line a difference, with the types or machine types that show it.
differences() {
    awk '/^    / { sub(/^ +/, ""); line = line " " $0; next }
         { if (line) { print line } line = $0 }
         END { if (line) { print line } }' "$1"
}

# What expected.txt allows for a target: "TARGET DIFFERENCE" or "* DIFFERENCE".
expected() {
    sed -n "s/^\(\*\|$1\) //p" "$here/expected.txt"
}

verify() {
    target=$1
    "$qcompat" verify -v facts.json --qemu "qemu-system-$target" \
        >"$target.txt" 2>"$target.err"
    status=$?
    sed "s/^/# /" "$target.err"
    if [ $status -gt 1 ]; then
        not_ok "$target: status $status"
        return
    fi
    expected "$target" >"$target.expected"
    differences "$target.txt" | grep -Fxv -f "$target.expected" \
        >"$target.new"
    if [ -s "$target.new" ]; then
        cut -c 1-300 "$target.new" | head -n 40 | sed 's/^/# /'
        not_ok "$target: $(wc -l <"$target.new") unexplained differences"
    else
        ok "$target: $(differences "$target.txt" | wc -l) differences, all explained"
    fi
}

# streams TARGET MACHINE: its migration streams are what the facts say.
streams() {
    if "$qcompat" verify facts.json --qemu "qemu-system-$1" --vmstate \
            -M "$2" >"$1.streams" 2>"$1.err"; then
        ok "$1: $(tail -n 1 "$1.err")"
    else
        sed "s/^/# /" "$1.streams" "$1.err" | head -n 40
        not_ok "$1: migration streams differ"
    fi
}

# refuses NAME BINARY WORDS: verify cannot ask BINARY and says why.
refuses() {
    "$qcompat" verify facts.json --qemu "$2" >refused.txt 2>&1
    status=$?
    if [ $status -eq 2 ] && grep -qF -e "$3" refused.txt; then
        ok "$1"
    else
        sed 's/^/# /' refused.txt
        not_ok "$1: status $status"
    fi
}

# The first child of process PID.
child_of() {
    cut -d ' ' -f 1 "/proc/$1/task/$1/children" 2>/dev/null
}

# Who ends qcompat ends the QEMU that it has started.
leaves_nobody() {
    "$qcompat" verify facts.json --qemu qemu-system-x86_64 >/dev/null 2>&1 &
    pid=$!
    child=
    while [ -z "$child" ] && kill -0 "$pid" 2>/dev/null; do
        child=$(child_of "$pid")
    done
    kill -TERM "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    if [ $? -ne 143 ]; then
        not_ok "ended by SIGTERM: it was not"
    elif [ -z "$child" ] || kill -0 "$child" 2>/dev/null; then
        not_ok "ended by SIGTERM: process $child is left"
    else
        ok "ended by SIGTERM, with its QEMU"
    fi
}

# Facts of another version are compared, and the reader is told.
warns_of_version() {
    sed 's/"version":"[0-9.]*"/"version":"1.2.3"/' facts.json >other.json
    "$qcompat" verify other.json --qemu qemu-system-x86_64 >other.txt 2>&1
    status=$?
    if [ $status -le 1 ] && grep -qF "is QEMU 1.2.3, but" other.txt; then
        ok "a binary of another version"
    else
        sed 's/^/# /' other.txt
        not_ok "a binary of another version: status $status"
    fi
}

# All that an audit needs is there: it is clean or has something to say.
audits() {
    "$qcompat" -C source audit ../facts.json -f terse >audit.txt 2>audit.err
    status=$?
    grep -v ' note: ' audit.txt | cut -c 1-200 | sed 's/^/# /'
    sed 's/^/# /' audit.err
    if [ $status -le 1 ]; then
        ok "audit"
    else
        not_ok "audit: status $status"
    fi
}

# migrations BINARY FACTS...: one test for each device and direction.
migrations() {
    python3 "$here/migrate.py" "$qcompat" "$@" >migrate.txt 2>migrate.err
    status=$?
    cat migrate.txt
    right=$(grep -c '^ok: ' migrate.txt)
    wrong=$(grep -c '^not ok: ' migrate.txt)
    passed=$((passed + right))
    failed=$((failed + wrong))
    if [ $status -ne 0 ] && [ "$wrong" -eq 0 ]; then
        sed 's/^/# /' migrate.err
        not_ok "migrations: status $status"
    fi
}

migrates() {
    if ! has python3; then
        echo "skipped: migrations need python3"
        return
    fi
    migrations qemu-system-x86_64 facts.json
    if [ -n "${OTHER_QEMU:-}" ] && [ -n "${OTHER_FACTS:-}" ]; then
        migrations qemu-system-x86_64 facts.json "$OTHER_QEMU" "$OTHER_FACTS"
    else
        echo "skipped: migrations to another QEMU: OTHER_QEMU and" \
            "OTHER_FACTS are not given"
    fi
}

if "$qcompat" -C source facts HEAD -f json -o ../facts.json; then
    ok "facts of qemu $version"
else
    not_ok "facts of qemu $version"
    finish
fi
for target in x86_64 s390x; do
    verify "$target"
done
streams x86_64 q35
streams s390x s390-ccw-virtio
refuses "a program that is no QEMU" /bin/true "ended with status 0"
refuses "a file that is no program" ./facts.json "Permission denied"
refuses "a binary that is missing" ./nothing "No such file"
warns_of_version
leaves_nobody
audits
migrates

finish
