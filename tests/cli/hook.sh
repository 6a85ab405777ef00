#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The hooks, through git itself.
. "$(dirname "$0")/lib.sh"

release
commit tree
git -C tree tag opened
nic=tree/hw/net/demo-nic.c
hooks=tree/.git/hooks
rm -f $hooks/*
flip() {
    sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
}
# try GIT ARGUMENT...: git, with what it says in $err.
try() {
    git -C tree "$@" >"$out" 2>"$err" </dev/null
}

it "install" 0 -C tree hook install
tells "installed"
must test -x $hooks/pre-commit
must test -x $hooks/pre-push
it "install once more" 0 -C tree hook install
must test ! -e $hooks/pre-commit.qcompat-saved

flip
must_not try commit -q -a -m "more queues"
grep -q "default-changed" "$err" || complain "git does not show the finding"
grep -q '+    { "demo-nic", "queues", "4" },' "$err" ||
    complain "git does not show the fix"
it "--fix makes the commit pass" 1 -C tree check --worktree --fix
must try commit -q -a -m "more queues"
[ ! -s "$err" ] || complain "a clean commit is not silent"
git -C tree reset -q --hard opened

it "a part of a file" 0 -C tree rules
flip
sed -i '$a /* the end */' $nic
git -C tree diff -U0 | sed '/^@@.*@@.*queues/,/^@@/{/^@@.*queues/d}' >/dev/null
printf 'n\ny\n' | git -C tree add -p >/dev/null 2>&1
git -C tree diff --cached --stat | grep -q demo-nic ||
    complain "nothing is staged"
must try commit -q -m "a comment"
must_not try commit -q -a -m "the rest"
it "commit of a path leaves the index alone" 0 -C tree rules
git -C tree reset -q --hard opened
flip
echo "more" >>tree/hw/core/machine.c
sed -i '$d' tree/hw/core/machine.c
sed -i '$a /* the end */' tree/hw/core/machine.c
must try commit -q -m "one file" hw/core/machine.c
must_not try commit -q -m "the other" hw/net/demo-nic.c
git -C tree reset -q --hard opened

it "amend, merge, rename, documentation" 0 -C tree rules
mkdir tree/docs
echo text >tree/docs/text.rst
git -C tree add docs
must try commit -q -m "docs"
must try commit -q --amend -m "documentation"
flip
must_not try commit -q -a --amend -m "documentation and more"
git -C tree checkout -q -f HEAD
git -C tree mv hw/net/demo-nic.c hw/net/renamed.c
must try commit -q -m "rename"
git -C tree checkout -q -b side opened
flip
git -C tree commit -q -n -a -m "by force"
git -C tree checkout -q -b other opened
echo text >tree/text.rst
git -C tree add text.rst
must try commit -q -m "text"
must try merge -q -m "merge" side
git -C tree reset -q --hard opened
git -C tree branch -q -D side other

git init -q module
git -C module commit -q --allow-empty -m module
it "a submodule and another work tree" 0 -C tree rules
must try -c protocol.file.allow=always submodule add -q ../module roms/module
must try commit -q -m "submodule"
git -C tree worktree add -q ../second opened
sed -i 's/conf.queues, 4)/conf.queues, 8)/' second/hw/net/demo-nic.c
must_not git -C second commit -q -a -m "more queues" 2>/dev/null
git -C tree worktree remove -f ../second

git init -q foreign
git -C foreign config core.hooksPath "$PWD/$hooks"
echo text >foreign/file.c
git -C foreign add file.c
it "a repository that is not QEMU's" 0 -C tree rules
must git -C foreign commit -q -m "text"

# --- pre-push ---------------------------------------------------------------------

git -C tree reset -q --hard opened
git clone -q --bare tree origin.git 2>/dev/null
git -C tree remote add origin ../origin.git
git -C tree fetch -q origin
git -C tree checkout -q -b topic opened
flip
git -C tree commit -q -n -a -m "by force"
it "a push that would break" 0 -C tree rules
must_not try push -q origin topic
grep -q "default-changed" "$err" || complain "git does not show the finding"
must try push -q origin opened:refs/heads/fine
must try push -q origin :refs/heads/fine

# --- a hook that was there -----------------------------------------------------------

it "uninstall" 0 -C tree hook uninstall
must test ! -e $hooks/pre-commit
must test ! -e $hooks/pre-push
printf '#!/bin/sh\necho first >>ran\n' >$hooks/pre-commit
printf '#!/bin/sh\ncat >pushed\n' >$hooks/pre-push
chmod +x $hooks/pre-*
it "install beside others" 0 -C tree hook install
tells "runs first"
git -C tree reset -q --hard opened
flip
must_not try commit -q -a -m "more queues"
must grep -q first tree/ran
git -C tree reset -q --hard opened
must try push -q origin HEAD:refs/heads/again
must grep -q refs/heads/again tree/pushed
it "uninstall puts them back" 0 -C tree hook uninstall
must grep -q first $hooks/pre-commit
must grep -q pushed $hooks/pre-push

mkdir elsewhere
git -C tree config core.hooksPath ../elsewhere
it "core.hooksPath" 0 -C tree hook install
must test -x elsewhere/pre-commit
flip
must_not try commit -q -a -m "more queues"
it "no verb" 2 -C tree hook
tells "install or uninstall"
it "no repository" 2 -C elsewhere hook install
end
