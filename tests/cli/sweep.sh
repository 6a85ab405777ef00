#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# check --per-commit: each commit is charged with what it did, and it makes no
# difference how the facts came about.
. "$(dirname "$0")/lib.sh"

cp -R "$base" tree
chmod -R u+w tree
nic=hw/net/demo-nic.c
sensor=hw/misc/demo-sensor.c
cd tree || exit 99
clock=1700000000

# change NAME: what is in the tree becomes the commit and tag NAME.
change() {
    clock=$((clock + 60))
    [ -d .git ] || git init -q
    git add -A -f
    GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" \
        git commit -q --allow-empty -m "$1"
    git tag "$1"
}

merge() {
    clock=$((clock + 60))
    GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" \
        git merge -q --no-ff -m "merge $1" "$1" >/dev/null
    git tag "merge-$1"
}

echo 7.2.0 >VERSION
change v7.2.0
echo 7.2.50 >VERSION
change opened-8.0
echo 8.0.0 >VERSION
change v8.0.0
git checkout -q -b written-before opened-8.0
sed -i 's/conf.vectors, 2/conf.vectors, 3/' $nic
change early
git checkout -q master
echo 8.0.50 >VERSION
change opened
mkdir -p docs
for i in 1 2 3 4; do
    echo "line $i" >>docs/notes.rst
    change "docs-$i"
done
sed -i 's/conf.queues, 4/conf.queues, 8/' $nic
change queues
merge written-before
for i in 1 2 3; do
    sed -i "1a/* comment $i */" $nic
    change "comment-$i"
    sed -i "\$a#define DEMO_UNUSED_$i $i" include/hw/pci/pci.h
    change "header-$i"
done
git checkout -q -b topic
sed -i 's/4 \* KiB/8 * KiB/' $nic
change ring
sed -i 's/8 \* KiB/4 * KiB/' $nic
change ring-back
git checkout -q master
sed -i 's/priority, -1/priority, -2/' $nic
change priority
merge topic
sed -i 's/^GlobalProperty hw_compat_8_0.*/GlobalProperty hw_compat_8_0[] = {\
    { "demo-nic-base", "queues", "4" },\
};/' hw/core/machine.c
change queues-entry
sed -i 's/PCI_INTERRUPT_PIN, 1/PCI_INTERRUPT_PIN, 2/' $nic
change pin
sed -i 's/rx_filter, false/rx_filter, true/' $nic
sed -i '1a/* another */' $sensor
change filter
git mv $sensor hw/misc/renamed-sensor.c
change renamed
echo 'int broken(' >>hw/misc/renamed-sensor.c
change unbalanced
sed -i '$d' hw/misc/renamed-sensor.c
change balanced
cd ..

commits=$(git -C tree rev-list --no-merges v8.0.0..HEAD)

# brought FILE COMMIT: the fingerprints of its findings, by a JSON Lines report.
brought() {
    grep "\"commit\":\"$(git -C tree rev-parse "$2")\",\"parent\"" "$1" |
        sed 's/"repaired":\[.*//' | grep -o '"fingerprint":"[0-9a-f]*"' |
        sed 's/.*:"//; s/"//' | sort
}

id() {
    git -C tree rev-parse "$1"
}

it "a cold sweep" "1" -C tree check --per-commit -f json v8.0.0..HEAD
cp "$out" cold
must [ "$(wc -l <cold)" -eq $(($(echo "$commits" | wc -l) + 1)) ]
must [ -n "$(brought cold queues)" ]
must [ -n "$(brought cold early)" ]
must [ -n "$(brought cold ring)" ]
must [ -n "$(brought cold priority)" ]
must [ -n "$(brought cold filter)" ]
must [ -n "$(brought cold pin)" ]
must [ -z "$(brought cold docs-2)" ]
must [ -z "$(brought cold header-2)" ]
must [ -z "$(brought cold queues-entry)" ]

it "the same again" 1 -C tree check --per-commit -f json v8.0.0..HEAD
must cmp -s cold "$out"

it "with one worker" 1 -C tree check --per-commit -f json -j1 --no-cache \
    v8.0.0..HEAD
must cmp -s cold "$out"

it "only the newest" 1 -C tree check --per-commit -f json --max-count 9 \
    v8.0.0..HEAD
must [ "$(wc -l <"$out")" -eq 10 ]

rm -rf "$XDG_CACHE_HOME"
it "a part of it first" 1 -C tree check --per-commit -q v8.0.0..priority
it "then the rest" 1 -C tree check --per-commit -f json v8.0.0..HEAD
must cmp -s cold "$out"

# What was repaired, and who had broken it.
it "attribution" 1 -C tree check --per-commit v8.0.0..HEAD
prints "commit $(id queues | cut -c 1-12) \"queues\", judged against v8.0.0"
prints "introduced by $(id ring | cut -c 1-12) \"ring\""
prints "[default-changed], introduced by $(id queues | cut -c 1-12)"
must_not grep -q "^commit.*docs-1" "$out"
tells "judged $(echo "$commits" | wc -l) commits"
must grep -q "\"fingerprint\":\"$(brought cold ring)\".*\"introduced_by\":\"$(
    id ring)\",\"removed_by\":\"$(id ring-back)\"" cold

it "clean commits with -v" 1 -C tree check --per-commit -v v8.0.0..HEAD
prints "\"docs-1\", judged against v8.0.0: clean"

it "terse names the commit" 1 -C tree check --per-commit -f terse v8.0.0..HEAD
must grep -q "^$nic:.*($(id ring | cut -c 1-12))$" "$out"

it "several reports" 1 -C tree check --per-commit -f json -o "$scratch/a.json" \
    -f terse -o - v8.0.0..HEAD
must cmp -s cold a.json

# A gap in a file that the commit touched.
it "incomplete where a commit cannot be read" 3 -C tree check --per-commit \
    balanced~2..unbalanced

# Each commit by itself, cold: the same findings.
same() {
    "$qcompat" -C tree check --no-cache -f json --released "$2" \
        "$1^..$1" 2>"$err" |
        grep -o '"fingerprint": "[0-9a-f]*"' | sed 's/.*: "//; s/"//' |
        sort >alone
    brought cold "$1" >swept
    cmp -s alone swept || complain "$1: other findings than alone"
}
finish
name="each commit alone says the same"
for commit in early docs-3 queues comment-2 header-2 ring ring-back priority \
              queues-entry pin filter renamed; do
    same $commit v8.0.0
done

it "clean for bisect" 0 -C tree check --bisect v8.0.0..docs-1
it "bad for bisect" 1 -C tree check --bisect docs-1..queues
it "skipped by bisect" 125 -C tree check --bisect no-such-commit..HEAD
it "a wrong option must not look bad" 125 -C tree check --bisect --no-such
it "gaps are skipped by bisect" 125 -C tree check --bisect \
    renamed..unbalanced

finish
name="git bisect run finds it"
git -C tree bisect start queues docs-1 >/dev/null
git -C tree bisect run "$qcompat" check --bisect v8.0.0..HEAD >"$out" 2>"$err"
prints "$(id queues) is the first bad commit"
git -C tree bisect reset -q >/dev/null 2>&1

it "no --fix" 2 -C tree check --per-commit --fix v8.0.0..HEAD
tells "--per-commit does not go with --fix"
it "no directories" 2 check --per-commit --dir tree tree
tells "--per-commit does not go with --dir"
it "--max-count alone" 2 check --max-count 3
tells "needs --per-commit"
it "an empty range" 0 -C tree check --per-commit -f json HEAD..HEAD
prints '"commits":0'

end
