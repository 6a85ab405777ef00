#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The cache may be missing, damaged, full, shared or cut off at any moment:
# the verdict stays what it is.
. "$(dirname "$0")/lib.sh"

release
sed -i 's/conf.queues, 4)/conf.queues, 8)/' tree/hw/net/demo-nic.c
commit tree
mkdir tmp
export TMPDIR="$scratch/tmp"
store=$XDG_CACHE_HOME/qcompat

# verdict NAME [OPTION...]: what must come out of every run.
verdict() {
    name_of_run=$1
    shift
    it "$name_of_run" 1 -C tree check -q v8.0.0..HEAD "$@"
    [ -s expected ] || cp "$out" expected
    must cmp -s expected "$out"
    must [ ! -s "$err" ]
}

no_litter() {
    must [ -z "$(ls tmp)" ]
}

verdict "without a cache" --no-cache
must [ ! -e "$store" ]
no_litter

verdict "a cold run"
no_litter
verdict "a warm run"

it "cache info" 0 cache
prints "$store:"
prints "unit"
prints "facts"

it "cache info as JSON" 0 cache info -f json
prints '"schema": 1'
prints '"kind": "unit"'

it "cache clear" 0 cache clear
prints "removed from $store:"
must [ -z "$(find "$store" -type f)" ]

it "an empty cache" 0 cache info -f json
prints '"entries": 0'

it "no such action" 2 cache drop
tells "'cache' knows info and clear, not 'drop'"

verdict "after clear"
find "$store" -type f | while read -r file; do
    echo damage >"$file"
done
verdict "every entry damaged"
find "$store" -type f -exec truncate -s 100 {} +
verdict "every entry cut off"
rm -rf "$store"
echo "not a directory" >"$store"
verdict "a file in the place of the cache"
rm -f "$store"

finish
name="a disk that is full"
for blocks in 0 8; do
    # shellcheck disable=SC3045 # every sh that matters knows -f
    (ulimit -f $blocks && "$qcompat" -C tree check -q v8.0.0..HEAD; echo $?) \
        2>&1 | cat >"$out"
    { cat expected && echo 1; } | cmp -s - "$out" ||
        complain "with $blocks blocks: other output"
done
no_litter
rm -rf "$store"

finish
name="a temporary directory that is not there"
TMPDIR=$scratch/none "$qcompat" -C tree check -q v8.0.0..HEAD >"$out" 2>"$err"
must cmp -s expected "$out"
rm -rf "$store"

# As in a partial clone: what is not there today may be there tomorrow.
id=$(git -C tree rev-parse HEAD:hw/net/demo-nic.c)
object=tree/.git/objects/$(echo "$id" | cut -c 1-2)/$(echo "$id" | cut -c 3-)
it "each commit, without a cache" 1 -C tree check -q --no-cache --per-commit \
    v8.0.0..HEAD
cp "$out" expected-each
mv "$object" held
it "an object that is not there" 3 -C tree check -q v8.0.0..HEAD
it "each commit, without the object" 3 -C tree check -q --per-commit \
    v8.0.0..HEAD
mv held "$object"
verdict "the object has come"
it "each commit, with the object" 1 -C tree check -q --per-commit v8.0.0..HEAD
must cmp -s expected-each "$out"
rm -rf "$store"

# Killed at some moment of a cold run; the time it takes is not the point.
finish
name="killed runs"
for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
    [ $((i % 5)) -ne 0 ] || rm -rf "$store"
    "$qcompat" -C tree check -q v8.0.0..HEAD >"$out" 2>&1 &
    pid=$!
    sleep "0.$((i * 37 % 10))$((i * 13 % 10))"
    kill -9 $pid 2>/dev/null
    wait $pid
    "$qcompat" -C tree check -q v8.0.0..HEAD >"$out" 2>"$err"
    cmp -s expected "$out" || complain "after kill $i: other output"
done 2>/dev/null
rm -rf "$store"
verdict "whoever parses again cleans up"
no_litter

rm -rf "$store"
finish
name="ten runs at once"
for i in 1 2 3 4 5 6 7 8 9 10; do
    "$qcompat" -C tree check -q -j1 v8.0.0..HEAD >"run-$i" 2>&1 &
done
wait
for i in 1 2 3 4 5 6 7 8 9 10; do
    cmp -s expected "run-$i" || complain "run $i: other output"
done
no_litter

end
