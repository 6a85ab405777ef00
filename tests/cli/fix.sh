#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --fix: the patch it prints and what it does to a work tree.
. "$(dirname "$0")/lib.sh"

release
commit tree
sed -i 's/conf.queues, 4)/conf.queues, 8)/' tree/hw/net/demo-nic.c
commit tree
machine=tree/hw/core/machine.c

it "the fix is part of the finding" 1 -C tree check HEAD^
prints '+    { "demo-nic", "queues", "4" },'

it "the patch alone" 1 -C tree check --fix=print HEAD^
prints "+++ b/hw/core/machine.c"
must_not grep -q "default-changed" "$out"
cp "$out" fix.patch
must git -C tree apply --check ../fix.patch

it "the report goes to a file beside the patch" 1 -C tree check --fix=print \
    -f json -o ../report.json HEAD^
must grep -q '"fix": "--- a/hw/core/machine.c' report.json
must cmp -s "$out" fix.patch

it "a bare --fix takes no operand" 1 -C tree check --fix HEAD^
tells "mended hw/core/machine.c"
must grep -q '"demo-nic-fast", "queues", "4"' $machine
git -C tree diff >by-fix.diff
git -C tree checkout -q .
git -C tree apply ../fix.patch
git -C tree diff >by-patch.diff
must cmp -s by-fix.diff by-patch.diff

it "a file with other changes is left alone" 2 -C tree check --fix HEAD^
tells "not what was judged"
git -C tree commit -q -a -m fixed
it "after the fix the range is clean" 0 -C tree check HEAD~2
prints_nothing

it "nothing to mend, nothing written" 0 -C tree check --fix HEAD~2
must test -z "$(git -C tree status --porcelain)"

git clone -q --bare tree bare.git 2>/dev/null
it "a bare repository has no work tree" 2 -C bare.git check --fix HEAD~2..HEAD~1
tells "has none"
it "but a patch" 1 -C bare.git check --fix=print HEAD~2..HEAD~1
prints "+++ b/hw/core/machine.c"

mkdir elsewhere
git -C tree checkout -q -B broken HEAD~1
mv tree/hw/core elsewhere/core
ln -s ../../elsewhere/core tree/hw/core
cp elsewhere/core/machine.c machine.before
it "nothing is written through a link" 2 -C tree check --fix HEAD^
must cmp -s machine.before elsewhere/core/machine.c

it "a value that --fix does not know" 2 -C tree check --fix=prnt HEAD^
tells "--fix takes print"
end
