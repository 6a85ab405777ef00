#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Changes that are no commits yet: index, work tree, patches by mail, another
# base.  Nothing may be written to the repository for any of them.
. "$(dirname "$0")/lib.sh"
unset CI_MERGE_REQUEST_DIFF_BASE_SHA GITHUB_BASE_REF CI_COMMIT_BEFORE_SHA

release
commit tree
git -C tree tag opened
nic=tree/hw/net/demo-nic.c
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
sed -i '1a /* Gr\xc3\xbc\xc3\x9fe = a b */' $nic
git -C tree commit -q -a -m "nic: more queues"
sed -i 's/^GlobalProperty hw_compat_8_0.*/GlobalProperty hw_compat_8_0[] = {\
    { "demo-nic-base", "queues", "4" },\
};/' tree/hw/core/machine.c
git -C tree commit -q -a -m "machine: keep Gr\xc3\xbc\xc3\x9fe for 8.0"
git -C tree tag fixed
git -C tree checkout -q -b work opened

objects() {
    find tree/.git -type f ! -name index | sort | xargs cksum
}
objects >objects.before
unwritten() {
    objects | cmp -s - objects.before || complain "the repository was written"
}

# --- the index and the work tree ------------------------------------------

it "an index without changes" 0 -C tree check --staged
prints_nothing
tells "compared HEAD with the index"

sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
it "what is not staged is no part of the index" 0 -C tree check --staged
it "but of the work tree" 1 -C tree check --worktree
prints "[default-changed]"
prints "hw/net/demo-nic.c:27"
tells "compared HEAD with the work tree"
unwritten

git -C tree add -u
objects >objects.before
it "staged" 1 -C tree check --staged -f json
prints '"rev": "the index"'
prints '"commit": null'
prints "[]" || :
unwritten

sed -i 's/conf.queues, 8)/conf.queues, 4)/' $nic
it "staged, and taken back in the work tree" 1 -C tree check --staged
it "the work tree is what it was" 0 -C tree check --worktree
git -C tree checkout -q -f work

git -C tree mv hw/net/demo-nic.c hw/net/demo-net.c
git -C tree add -u
it "a renamed file changes nothing" 0 -C tree check --staged
prints_nothing
git -C tree checkout -q -f work
rm -f tree/hw/net/demo-net.c

# One of two hunks of a file, as git commit -p would stage it.
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
git -C tree diff >hunk.patch
sed -i 's/"msi", \(.*\), ON_OFF_AUTO_AUTO/"msi", \1, ON_OFF_AUTO_OFF/' $nic
git -C tree apply --cached ../hunk.patch
it "one hunk of a file" 1 -C tree check --staged -f terse
must test "$(wc -l <"$out")" = 1
prints "'queues'"
it "--fix refuses a file that differs from the index" 1 -C tree check \
    --staged --fix
must grep -q '"queues", "4"' tree/hw/core/machine.c
git -C tree checkout -q -f work

echo 'static Property x[] = {};' >tree/hw/net/new.c
git -C tree add -N hw/net/new.c
it "a file that is only meant to be added" 0 -C tree check --staged
git -C tree rm -q --cached hw/net/new.c
rm tree/hw/net/new.c

git -C tree worktree add -q ../second opened
sed -i 's/conf.queues, 4)/conf.queues, 8)/' second/hw/net/demo-nic.c
it "another work tree" 1 -C second check --worktree
prints "[default-changed]"
git -C tree worktree remove -f ../second

cp tree/.git/index other-index
GIT_INDEX_FILE=$PWD/other-index git -C tree update-index --cacheinfo \
    "100644,$(git -C tree rev-parse fixed:hw/net/demo-nic.c),hw/net/demo-nic.c"
export GIT_INDEX_FILE="$PWD/other-index"
it "the index that git names in a hook" 1 -C tree check --staged
unset GIT_INDEX_FILE

it "no operands" 2 -C tree check --staged HEAD
tells "take no operands"
it "one of them only" 2 -C tree check --staged --worktree
tells "exclude each other"
git clone -q --bare tree bare.git 2>/dev/null
it "no work tree" 2 -C bare.git check --worktree
tells "has no work tree"
it "a directory has no index" 2 check --dir --staged tree tree
tells "work on a repository"

# --- patches ------------------------------------------------------------------

git -C tree format-patch -q -o ../patches opened..fixed
cat patches/*.patch >series.mbox
objects >objects.before
"$qcompat" -C tree check -f json opened..fixed~1 2>/dev/null |
    grep -E '"(fingerprint|message)"' >by-commit

it "a series is clean as its commits are" 0 -C tree check \
    --patch ../series.mbox opened
prints_nothing
unwritten

it "one patch of format-patch" 1 -C tree check -f json \
    --patch ../patches/0001-nic-more-queues.patch opened
grep -E '"(fingerprint|message)"' "$out" | cmp -s - by-commit ||
    complain "not what the commit gives"
unwritten

git -C tree diff opened fixed~1 >plain.diff
it "a diff" 1 -C tree check -f terse --patch ../plain.diff opened
cp "$out" by-diff
diff -u tree/hw/net/demo-nic.c /dev/null >/dev/null
git -C tree show fixed~1:hw/net/demo-nic.c >new.c
diff -u --label a/hw/net/demo-nic.c --label b/hw/net/demo-nic.c $nic new.c \
    >nogit.diff
it "a diff that git did not write" 1 -C tree check -f terse \
    --patch ../nogit.diff opened
must cmp -s "$out" by-diff

# encoded ENCODING FILTER: the series as mails in that encoding.
encoded() {
    for patch in patches/*.patch; do
        sed '/^$/,$!d' "$patch" | sed 1d >body
        echo "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001"
        sed -n '1,/^$/p' "$patch" | sed '1d; /^$/d; /^Content-/d; /^MIME/d'
        printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n'
        printf 'Content-Transfer-Encoding: %s\n\n' "$1"
        $2 <body
        echo
    done
}
encoded base64 base64 >base64.mbox
encoded quoted-printable "python3 -m quopri" >quoted.mbox
must_not grep -q "conf.queues, 8" base64.mbox
must grep -q "=3D a b" quoted.mbox
for mbox in base64 quoted; do
    it "bodies in $mbox" 0 -C tree check --patch ../$mbox.mbox opened
    prints_nothing
    tells "compared opened with ../$mbox.mbox"
done
sed 's/$/\r/' base64.mbox >crlf.mbox
it "lines that end in CR LF" 0 -C tree check --patch ../crlf.mbox opened

cat patches/0002*.patch patches/0001*.patch >swapped.mbox
sed -i 's/^Subject: \[PATCH\]/Subject: [PATCH 1\/2]/' swapped.mbox
git -C tree format-patch -q -n -v2 --cover-letter --base=opened -o ../v2 \
    opened..fixed
cat v2/v2-0002* v2/v2-0000* v2/v2-0001* v2/v2-0001* >shuffled.mbox
sed 's/^Subject: \[PATCH v2/Subject: Re: [PATCH v2/; s/, 8)/, 16)/' \
    v2/v2-0001* >>shuffled.mbox
sed 's/\[PATCH v2/[PATCH/; s/, 8)/, 16)/' v2/v2-0001* >>shuffled.mbox
it "a thread in any order, with answers and an older version" 0 -C tree \
    check --patch ../shuffled.mbox opened
prints_nothing
git -C tree checkout -q fixed
it "the series says what it is built on" 0 -C tree check \
    --patch ../shuffled.mbox
tells "compared $(git -C tree rev-parse opened)"
git -C tree checkout -q work

it "a part of a series" 1 -C tree check --patch "$PWD/$(ls v2/v2-0001*)" opened
tells "lacks 2/2"

"$qcompat" -C tree check --patch - opened <series.mbox >"$out" 2>"$err" ||
    complain "standard input is not read"
grep -qF "compared opened with the patches" "$err" || complain "no summary"

git -C tree checkout -q -b prepared fixed
git -C tree update-ref refs/remotes/origin/master opened
it "a patch of a branch that has it, as b4 hands it out" 1 -C tree check \
    --patch ../patches/0001-nic-more-queues.patch -f checkpatch
prints "ERROR: default of"
it "and its neighbour" 0 -C tree check --patch \
    "$PWD/$(ls patches/0002*)" -f checkpatch
prints_nothing
git -C tree update-ref -d refs/remotes/origin/master
git -C tree checkout -q work
it "a patch that does not apply" 2 -C tree check --patch ../series.mbox fixed
tells "patch 1 of 2, 'nic: more queues', does not apply to 'fixed'"
tells "hw/net/demo-nic.c: hunk @@ -"
prints_nothing
echo hello >hello.txt
it "no patch" 2 -C tree check --patch ../hello.txt opened
tells "no patch in it"
it "no such file" 2 -C tree check --patch ../nowhere opened
tells "nowhere"
head -c 300 /dev/urandom >noise
it "noise" 2 -C tree check --patch ../noise opened
printf 'diff --git a/../x b/../x\n--- a/../x\n+++ b/../x\n@@ -0,0 +1 @@\n+x\n' \
    >evil.diff
it "a path that leaves the tree" 2 -C tree check --patch ../evil.diff opened
sed 's/@@ -\([0-9]*\),[0-9]* /@@ -\1,999999999 /' plain.diff >long.diff
it "a hunk that claims too much" 2 -C tree check --patch ../long.diff opened

# --- who it was -----------------------------------------------------------------

git -C tree checkout -q -b people opened
echo text >tree/text.rst
git -C tree add text.rst
git -C tree commit -q -m "docs: text"
sed -i 's/^#include "qemu.osdep.h"/&\n/' $nic
git -C tree commit -q -a -m "nic: an empty line"
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
git -C tree commit -q -a -m "nic: \"more\" queues"
culprit=$(git -C tree rev-parse HEAD)
sed -i '$a /* the end */' $nic
git -C tree commit -q -a -m "nic: a comment"
it "the commit that wrote the line" 1 -C tree check opened..people
prints "introduced by $(echo "$culprit" | cut -c 1-12) \"nic: \"more\" queues\""
it "and in json" 1 -C tree check opened..people -f json
prints "\"introduced_by\": \"$culprit\""
git -C tree format-patch -q --stdout opened..people >people.mbox
objects >objects.before
it "a patch has no id yet" 1 -C tree check --patch ../people.mbox opened
prints 'introduced by "nic: "more" queues"'
it "nor in json" 1 -C tree check --patch ../people.mbox opened -f json
prints '"introduced_by": null'
git -C tree checkout -q work

# --- another base ---------------------------------------------------------------

git -C tree checkout -q -b next opened
sed -i 's/8\.0\.50/8.1.0/' tree/VERSION
git -C tree commit -q -a -m "release 8.1"
git -C tree tag v8.1.0
echo 8.1.50 >tree/VERSION
sed -i 's/^const size_t hw_compat_8_0_len.*/&\
\
GlobalProperty hw_compat_8_1[] = {};\
const size_t hw_compat_8_1_len = G_N_ELEMENTS(hw_compat_8_1);/' tree/hw/core/machine.c
git -C tree commit -q -a -m "open 8.2"
objects >objects.before
it "right where it was written" 0 -C tree check opened..fixed
it "wrong where it lands" "1 3" -C tree check opened..fixed --onto next
tells "compared next with fixed on next, judged against v8.1.0"
prints "hw_compat_8_1"
unwritten
it "a series on another base" "1 3" -C tree check --patch ../series.mbox \
    opened --onto next
prints "hw_compat_8_1"
git -C tree checkout -q -b rival opened
sed -i 's/conf.queues, 4)/conf.queues, 5)/' $nic
git -C tree commit -q -a -m "nic: five queues"
it "two changes of one line" 2 -C tree check opened..fixed --onto rival
tells "the change of 'fixed' conflicts with 'rival' in 'hw/net/demo-nic.c'"

# --- what CI says -----------------------------------------------------------------

git -C tree checkout -q fixed~1
CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git -C tree rev-parse opened)
export CI_MERGE_REQUEST_DIFF_BASE_SHA
it "GitLab's base" 1 -C tree check
tells "compared $CI_MERGE_REQUEST_DIFF_BASE_SHA with HEAD"
unset CI_MERGE_REQUEST_DIFF_BASE_SHA
git -C tree update-ref refs/remotes/origin/staging opened
export GITHUB_BASE_REF=staging
it "GitHub's base" 1 -C tree check
unset GITHUB_BASE_REF
export CI_COMMIT_BEFORE_SHA=0000000000000000000000000000000000000000
it "a branch that GitLab has not seen before" 2 -C tree check
tells "no branch 'origin/master'"
unset CI_COMMIT_BEFORE_SHA
end
