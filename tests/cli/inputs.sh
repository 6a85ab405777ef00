#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What users and hostile patches feed us: repositories, directories, files.
. "$(dirname "$0")/lib.sh"

# A repository of four commits: the release, the tree that opens after it, a
# change without an entry, and the same with one.
release
commit tree
git -C tree tag opened
nic=tree/hw/net/demo-nic.c
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
commit tree
git -C tree tag broken
sed -i 's/^GlobalProperty hw_compat_8_0.*/GlobalProperty hw_compat_8_0[] = {\
    { "demo-nic-base", "queues", "4" },\
};/' tree/hw/core/machine.c
commit tree
git -C tree tag fixed

# --- repositories --------------------------------------------------------

mkdir empty-directory
it "not a repository" 2 -C empty-directory check
tells "not a git repository"
prints_nothing

it "a change without an entry" 1 -C tree check opened..broken
prints "hw/net/demo-nic.c:"
prints "DEFINE_PROP_UINT32(\"queues\""
prints "[default-changed]"
prints "hw_compat_8_0"
tells "judged against v8.0.0"

it "the same with two operands" 1 -C tree check opened broken
prints "[default-changed]"

it "the change with its entry" 0 -C tree check opened..fixed
prints_nothing

it "the entry repairs what the base broke" 0 -C tree check broken..fixed

it "a range of nothing" 0 -C tree check fixed..fixed
prints_nothing

it "a release named by the user" 1 -C tree check --released v8.0.0 \
    opened..broken
tells "judged against v8.0.0"

it "facts of a revision" 0 -C tree facts broken
prints "property demo-nic-base.queues kind=uint32 default=8"

it "facts of HEAD are the default" 0 -C tree facts -f json
prints '"demo-nic-base"'

it "diff of revisions" 0 -C tree diff opened..broken
prints "~ property demo-nic-base.queues default: 4 -> 8"

"$qcompat" -C tree facts opened -o ../opened.json 2>/dev/null
it "a snapshot stands for a revision" 1 -C tree check ../opened.json broken
prints "[default-changed]"

it "one job or many, the same bytes" 1 -C tree check -f json -j1 \
    opened..broken
cp "$out" one.json
it "many jobs" 1 -C tree check -f json -j3 opened..broken
must cmp -s "$out" one.json

it "unknown revision" 2 -C tree check no-such-rev..HEAD
tells "no-such-rev"
prints_nothing

it "unknown release" 2 -C tree check --released v9.9.9 opened..broken
tells "v9.9.9"

it "no upstream to compare with" 2 -C tree check
tells "origin/master"

git clone -q --bare tree bare.git
it "a bare repository" 1 -C bare.git check opened..broken
prints "[default-changed]"

git -C tree worktree add -q ../linked broken
it "a linked work tree" 1 -C linked check opened..HEAD
prints "[default-changed]"

git clone -q --depth 1 "file://$scratch/tree" shallow 2>/dev/null
it "a shallow clone" 2 -C shallow check HEAD~1..HEAD
tells "git fetch"
prints_nothing

git init -q unborn
it "a repository without a commit" 2 -C unborn facts
prints_nothing

commit no-files
it "an empty tree" 2 -C no-files facts
tells "is it a QEMU source tree?"
prints_nothing

mkdir other
echo 'int main(void) { return 0; }' >other/main.c
commit other
it "a tree that is not QEMU" 2 -C other facts
tells "is it a QEMU source tree?"

blob=$(git -C tree rev-parse broken:hw/net/demo-nic.c)
cp -R tree damaged
rm -f "damaged/.git/objects/$(echo "$blob" | cut -c 1-2)/$(
    echo "$blob" | cut -c 3-)"
it "a missing object is never clean" "2 3" -C damaged \
    check --no-cache opened..broken
tells "$blob"

git -C tree config uploadpack.allowFilter true
git clone -q --bare --filter=blob:none "file://$scratch/tree" partial.git
it "a partial clone" 2 -C partial.git facts broken
tells "partial clone"
prints_nothing

# --- directories ---------------------------------------------------------

cp -R "$base" before
cp -R "$base" after
chmod -R u+w before after

it "equal directories" 0 check --dir before after
prints_nothing

it "facts of a directory" 0 facts --dir before
prints "property demo-nic-base.queues kind=uint32 default=4"

it "a directory that is not there" 2 check --dir before nowhere
tells "nowhere"

sed -i 's/conf.queues, 4)/conf.queues, 8)/' after/hw/net/demo-nic.c
it "directories" 1 check --dir before after
prints "[default-changed]"

it "--dir with a released one" 1 check --dir before after --released before
it "--dir where the base had it already" 0 \
    check --dir after after --released before

ln -s /etc/passwd after/hw/net/passwd.c
it "a symbolic link is no part of the tree" 1 check --dir before after
rm after/hw/net/passwd.c

# --- hostile files -------------------------------------------------------
# Either it is understood or it is a gap; it is never a crash, and never
# passed over in silence.

hostile() {
    rm -rf hostile
    cp -R "$base" hostile
    chmod -R u+w hostile
}

registers='#include "qemu/osdep.h"
#include "hw/qdev-core.h"
static const TypeInfo info = { .name = "hostile", .parent = TYPE_DEVICE };
static void reg(void) { type_register_static(&info); }
type_init(reg)'

hostile
{ echo "$registers"; head -c 100000 /dev/urandom; } >hostile/hw/misc/binary.c
it "a binary file" 3 check --dir before hostile
tells "hw/misc/binary.c"
tells "(touches the change)"

hostile
echo '#include "self.h"' >hostile/include/self.h
{ echo '#include "self.h"'; echo "$registers"; } >hostile/hw/misc/self.c
it "a header that includes itself" "0 3" check --dir before hostile
it "is not silently passed over" 0 facts --dir hostile -v
must grep -qF hostile "$out" || must grep -qF hw/misc/self.c "$err"

hostile
{
    echo "$registers"
    echo '#error enough'
    printf 'int x = {{{{ ;\n'
} >hostile/hw/misc/broken.c
it "a file that does not parse" 3 check --dir before hostile
tells "hw/misc/broken.c"

hostile
{
    printf '/* '
    head -c 50000000 /dev/zero | tr '\0' x
    printf ' */ '
    echo "$registers" | sed 's/^type_init/ type_init/'
} >hostile/hw/misc/long.c
it "a line of 50 MB" "0 3" check --dir before hostile
it "the type on it or a gap" 0 facts --dir hostile -v
must grep -qE 'type hostile|hw/misc/long.c' "$out"
rm -rf hostile

hostile
printf '#include "%s/secret.h"\n%s\n' "$scratch" "$registers" \
    >hostile/hw/misc/reads.c
echo '#error PLANTED' >secret.h
it "a file of the host" "0 3" check --dir before hostile
it "is not read" 0 facts --dir hostile -f json
must_not grep -q PLANTED "$out"

hostile
sed -i 's/"queues", DemoNicState/"queues\\033]0;x\\007", DemoNicState/' \
    hostile/hw/net/demo-nic.c
it "escape sequences in a name" "0 1 3" check --dir before hostile
must_not grep -q "$(printf '\033')" "$out"
must_not grep -q "$(printf '\033')" "$err"

end
