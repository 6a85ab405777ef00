#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a project may say about its findings, and who may say it.
. "$(dirname "$0")/lib.sh"

release
commit tree
git -C tree tag opened
nic=tree/hw/net/demo-nic.c
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
commit tree
git -C tree tag broken

# tree_with FILE: a tree after `opened` with that file, tagged base, and the
# change on top of it, tagged change.
tree_with() {
    git -C tree checkout -q -B work opened
    cp "$1" "tree/$1"
    commit tree
    git -C tree tag -f base >/dev/null
    sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
    commit tree
    git -C tree tag -f change >/dev/null
}

# --- acceptances ------------------------------------------------------------------

it "the report says how to accept" 1 -C tree check opened..broken
fingerprint=$(sed -n 's/.*qcompat accept \([0-9a-f]*\) .*/\1/p' "$out")
must test ${#fingerprint} -eq 12

it "accept writes a block" 0 -C tree accept "$fingerprint" --until 9.1 \
    --reason "guests cope, see the list"
must grep -q "^rule = default-changed$" tree/.qcompat-accept
must grep -q "^driver = demo-nic-base$" tree/.qcompat-accept
must grep -q "^old = 4$" tree/.qcompat-accept
must grep -q "^until = 9.1$" tree/.qcompat-accept
mv tree/.qcompat-accept .

it "accept of a range" 0 -C tree accept "$fingerprint" opened..broken \
    --reason "guests cope"
mv tree/.qcompat-accept other
it "no such finding" 2 -C tree accept 0123456789ab --reason none
tells "no finding '0123456789ab'"
it "no reason" 2 -C tree accept "$fingerprint"
tells "needs --reason"
it "no fingerprint" 2 -C tree accept broken --reason none
tells "needs the fingerprint"

tree_with .qcompat-accept
it "an acceptance in BASE counts" 0 -C tree check base..change
prints_nothing
tells "1 suppressed (1 accepted)"
it "and the report says so" 0 -C tree check base..change -f json
prints '"reason": "guests cope, see the list"'
it "a test is skipped for it" 0 -C tree check base..change -f junit
prints '<skipped message="accepted: guests cope, see the list"/>'
it "sarif knows suppressions" 0 -C tree check base..change -f sarif
prints '"justification": "guests cope, see the list"'

git -C tree checkout -q -B self broken
cp .qcompat-accept tree/
commit tree
it "a change does not accept itself" 1 -C tree check opened..self
tells ".qcompat-accept:3: an acceptance comes with the change itself"
it "unless the caller trusts it" 0 -C tree check --trust-range opened..self
tells "1 accepted"

sed 's/9\.1/8.0/' .qcompat-accept >x && mv x .qcompat-accept
tree_with .qcompat-accept
it "an acceptance that has run out" 1 -C tree check base..change
tells "warning: the acceptance was good until 8.0"

sed 's/^until.*//; s/^old = 4/old = 5/' .qcompat-accept >x &&
    mv x .qcompat-accept
sed -i '/^$/d' .qcompat-accept
tree_with .qcompat-accept
it "one that fits nothing" 1 -C tree check base..change
tells "warning: the acceptance fits no finding"

sed 's/^old = 5/old = */' .qcompat-accept >x && mv x .qcompat-accept
tree_with .qcompat-accept
it "one that fits too much" 0 -C tree check base..change
tells "warning: the acceptance fits any 'old'"

printf 'rule = default-changed\nreson = typo\n' >.qcompat-accept
tree_with .qcompat-accept
it "an unknown key" 2 -C tree check base..change
tells "'.qcompat-accept' line 2: unknown key 'reson'; did you mean 'reason'?"
printf 'rule = default-changed\n\n' >.qcompat-accept
tree_with .qcompat-accept
it "a block without a reason" 2 -C tree check base..change
tells "has no reason"

git -C tree checkout -q -B comment opened
sed -i 's/^\(.*conf.queues, 4.*\)/\1 \/* qcompat: accept(default-changed): tuned by hosts *\//' $nic
commit tree
git -C tree tag commented
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
commit tree
it "a comment on a changed line comes with the change" 1 -C tree check \
    commented..comment
tells "this change accepts its own finding"
it "a comment with --trust-range" 0 -C tree check --trust-range \
    commented..comment
tells "1 accepted"
git -C tree checkout -q -B above opened
sed -i 's/^\(.*conf.queues, 4.*\)/    \/* qcompat: accept(default-changed): tuned by hosts *\/\n\1/' $nic
commit tree
git -C tree tag above-base
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
commit tree
it "a comment above, which was there before" 0 -C tree check \
    above-base..above
tells "1 accepted"

git -C tree checkout -q -B trailer opened
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
git -C tree commit -q -a -m "nic: more queues

Compat-Reviewed: $fingerprint guests cope"
it "a trailer comes with the change" 1 -C tree check opened..trailer
it "a trailer with --trust-range" 0 -C tree check --trust-range \
    opened..trailer
tells "1 accepted"

# --- configuration -----------------------------------------------------------------

printf '[levels]\ndefault-* = note\n' >.qcompat.ini
tree_with .qcompat.ini
it "levels" 0 -C tree check base..change
prints "note: default of"
it "the command line beats them" 1 -C tree check base..change \
    -W default-changed=error
prints "error: default of"
printf '[ignore]\ndefault-changed = hw/usb/*;hw/net/*\n' >.qcompat.ini
tree_with .qcompat.ini
it "paths of a rule" 0 -C tree check base..change
tells "1 suppressed"
it "another configuration" 1 -C tree check --config /dev/null base..change
it "paths of a report" 0 -C tree check --config /dev/null --path 'hw/usb/*' \
    base..change
it "paths that do fit" 1 -C tree check --config /dev/null --path 'hw/usb/*' \
    --path 'hw/net/*.c' base..change

for bad in '[level]' '[qcompat]
bases = x' '[levels]
default-change = note' '[levels]
default-changed = nota' '[qcompat]
arrays = (' 'noise'; do
    printf '%s\n' "$bad" >bad.ini
    it "refused: $(echo "$bad" | tr '\n' ' ')" 2 -C tree check \
        --config ../bad.ini base..change
    prints_nothing
done
printf '[levels]\ndefault-change = note\n' >bad.ini
it "a rule that is nearly one" 2 -C tree check --config ../bad.ini base..change
tells "unknown rule 'default-change'; did you mean 'default-changed'?"

git -C tree checkout -q -B mine broken
printf '[qcompat]\nbase = opened\n' >.qcompat.ini
tree_with .qcompat.ini
git -C tree update-ref refs/remotes/origin/master base
git -C tree checkout -q broken
it "the base that the project's branch names" 1 -C tree check
tells "compared $(git -C tree rev-parse opened) with HEAD"

# --- a baseline ---------------------------------------------------------------------

it "a baseline is written" 1 -C tree check opened..broken \
    --baseline ../baseline --write-baseline
must grep -q "^$fingerprint.* default-changed demo-nic-base.queues" baseline
it "what it lists is left alone" 0 -C tree check opened..broken \
    --baseline ../baseline
tells "1 accepted"
it "it shrinks" 0 -C tree check opened..opened --baseline ../baseline \
    --write-baseline
must_not grep -q default-changed baseline
it "it does not grow" 1 -C tree check opened..broken --baseline ../baseline \
    --write-baseline
must_not grep -q default-changed baseline
it "no baseline" 2 -C tree check opened..broken --baseline ../none
tells "cannot read '../none'"
it "a file that is none" 2 -C tree check opened..broken --baseline ../bad.ini
tells "a fingerprint is expected"

# --- a downstream ---------------------------------------------------------------------

git -C tree checkout -q -B downstream opened
cat >>tree/hw/i386/pc_q35.c <<'EOF'

static GlobalProperty pc_rhel_9_4_compat[] = {
    { "demo-nic-base", "mtu", "1400" },
};

static void pc_q35_rhel_machine_options(MachineClass *m)
{
    pc_q35_machine_options(m);
    compat_props_add(m->compat_props, pc_rhel_9_4_compat,
                     G_N_ELEMENTS(pc_rhel_9_4_compat));
}

DEFINE_Q35_MACHINE(rhel940, "pc-q35-rhel9.4.0", NULL,
                   pc_q35_rhel_machine_options);
EOF
printf '[qcompat]\narrays = ^pc_rhel_\\\\d+_\\\\d+_compat$\n' >tree/.qcompat.ini
commit tree
git -C tree tag rhel
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
sed -i 's/^GlobalProperty hw_compat_8_0.*/GlobalProperty hw_compat_8_0[] = {\
    { "demo-nic-base", "queues", "4" },\
};/' tree/hw/core/machine.c
commit tree
it "QEMU's array does not help a downstream's machine type" 1 -C tree check \
    rhel..downstream
prints "the entry belongs in 'pc_rhel_9_4_compat'"
prints "pc-q35-rhel9.4.0"
tells "QEMU's release has none of the downstream machine types"
it "its own array does" 1 -C tree check --fix rhel..downstream
must grep -q "^static GlobalProperty pc_rhel_9_4" tree/hw/i386/pc_q35.c
commit tree
it "clean with the entry there" 0 -C tree check rhel..downstream
prints_nothing
it "without the pattern nobody knows" 0 -C tree check --config /dev/null \
    rhel..downstream~1

# --- a stable branch ------------------------------------------------------------------

git -C tree checkout -q -B stable opened
for version in 8.1.0 8.1.1 8.1.2; do
    echo $version >tree/VERSION
    git -C tree commit -q -a -m "release $version"
    git -C tree tag v$version
done
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
sed -i 's/^GlobalProperty hw_compat_8_0.*/GlobalProperty hw_compat_8_0[] = {\
    { "demo-nic-base", "queues", "4" },\
};/' tree/hw/core/machine.c
commit tree
it "on a stable branch its own version is released too" 1 -C tree check \
    HEAD^..HEAD
prints "pc-q35-8.1"
tells "judged against v8.1.2"
echo 8.1.3 >tree/VERSION
git -C tree commit -q -a -m "release 8.1.3"
it "so it is in the commit that releases the next one" 1 -C tree check \
    v8.1.2..HEAD
tells "judged against v8.1.2"
end
