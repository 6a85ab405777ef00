# SPDX-License-Identifier: GPL-2.0-or-later
# Tests through the real binary, reported as TAP; sourced by the others.
#
#   it NAME STATUS ARGUMENT...   runs qcompat; the exit status must be STATUS,
#                                or one of several: "0 3"
#   prints TEXT                  its stdout must contain TEXT
#   tells TEXT                   its stderr must contain TEXT
#   prints_nothing               its stdout must be empty
#   must COMMAND...              COMMAND must succeed
set -u

qcompat=$(realpath "$1")
base=$(realpath "$2")
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
out=$scratch/.out
err=$scratch/.err

# Neither the user's configuration nor the repository around us has a say.
export HOME="$scratch" XDG_CACHE_HOME="$scratch/.cache"
export GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES="$scratch"
export LC_ALL=C TERM=dumb
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE NO_COLOR CLICOLOR_FORCE
git config --global user.name tester
git config --global user.email tester@example.org
git config --global init.defaultBranch master
cd "$scratch" || exit 99

number=0
name=
complaints=

finish() {
    [ -n "$name" ] || return 0
    number=$((number + 1))
    if [ -z "$complaints" ]; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        printf '%s' "$complaints" | sed 's/^/# /'
        head -n 20 "$out" | cut -c 1-200 | sed 's/^/# stdout: /'
        head -n 20 "$err" | cut -c 1-200 | sed 's/^/# stderr: /'
    fi
    name=
    complaints=
}

complain() {
    complaints="$complaints$1
"
}

it() {
    finish
    name=$1
    status=$2
    shift 2
    "$qcompat" "$@" >"$out" 2>"$err" </dev/null
    got=$?
    case " $status " in
    *" $got "*) ;;
    *) complain "status $got instead of $status" ;;
    esac
}

prints() {
    grep -qF -e "$1" "$out" || complain "stdout lacks: $1"
}

tells() {
    grep -qF -e "$1" "$err" || complain "stderr lacks: $1"
}

prints_nothing() {
    [ ! -s "$out" ] || complain "stdout is not empty"
}

must() {
    "$@" || complain "failed: $*"
}

must_not() {
    ! "$@" || complain "succeeded: $*"
}

end() {
    finish
    echo "1..$number"
}

# commit DIRECTORY: everything in it becomes a commit.
commit() {
    [ -d "$1/.git" ] || git init -q "$1"
    git -C "$1" add -A -f
    git -C "$1" commit -q --allow-empty -m "change"
}

# release: the fixture base in tree/, released as v8.0.0 and in development
# again.
release() {
    cp -R "$base" tree
    chmod -R u+w tree
    echo 8.0.0 >tree/VERSION
    commit tree
    git -C tree tag v8.0.0
    echo 8.0.50 >tree/VERSION
}

# judge NAME STATUS [PARSED]: the newest commit of tree/ from what is known, again
# and without the cache; so many units (a pattern) are parsed.
judge() {
    it "$1" "$2" -C tree check -f json HEAD~1..HEAD
    must grep -qE "\\(${3:-[0-9]+} parsed," "$err"
    cp "$out" first.json
    it "$1, again" "$2" -C tree check -f json HEAD~1..HEAD
    tells "(0 parsed,"
    must cmp first.json "$out"
    it "$1, without the cache" "$2" -C tree check --no-cache -f json \
        HEAD~1..HEAD
    must cmp first.json "$out"
}
