#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What needs one tree: show, audit and verify.
. "$(dirname "$0")/lib.sh"

cp -r "$base" tree
commit tree
it "facts" 0 -C tree facts -o ../tree.json

# --- show

show() {
    it "show $1" "$2" show "$1" tree.json
}

it "show needs a device" 2 -C tree show
tells "show DEVICE[.PROPERTY]"

show demo-nic.queues 0
prints "demo-nic.queues: uint32, default 4 (hw/net/demo-nic.c:27, declared by"
prints "  4 (default): pc-q35-8.0 and newer, s390-ccw-virtio-8.0 and newer"
prints "  1 (hw_compat_7_2, hw/core/machine.c:10): pc-q35-7.2 and older, "

show demo-sensor.probe-rate 0
prints "default 100 (hw/misc/demo-sensor.c:11, declared by demo-probe.rate)"

show virtio-demo-pci.queue-size 0
prints "declared by virtio-demo-device"
prints "  the same for "
prints "virtio-demo-pci-transitional"

show demo-nic 0
prints "  off (hw_compat_7_1, hw/core/machine.c:17): pc-q35-7.1, "
prints "the default everywhere ("
prints " rombar=1"
prints "demo-nic is migration-stable: "
must_not grep -q "^demo-nic.rombar" "$out"
it "show all" 0 show demo-nic tree.json -v
prints "demo-nic.rombar: uint32, default 1 (hw/pci/pci.c:11, declared by pci"

it "show one machine type" 0 show -M pc-q35-7.1 demo-nic.queues tree.json
prints "  1 (hw_compat_7_2, hw/core/machine.c:10): pc-q35-7.1"
must_not grep -q "s390" "$out"

it "show json" 0 show demo-nic.queues tree.json -f json
prints '"machines":["pc-q35-7.2","pc-q35-7.1"],"value":1,"entry":{"array":'

prints '"migration_stable":{"stable":true,"verdict":'

it "show a plain directory" 0 show --dir demo-nic.queues tree
prints "default 4"

show demo-nik 2
tells "no device 'demo-nik'"
tells "did you mean 'demo-nic'"
show demo-nic.quees 2
tells "did you mean 'queues'?"
show pci-device.queues 2
tells "'pci-device' has no property 'queues'"
tells "below it that has one"
it "show an unknown machine type" 2 show -M pc-q35-7.0 demo-nic tree.json
tells "no machine type 'pc-q35-7.0'"
tells "did you mean"

# --- audit

it "audit of a sound tree" 0 audit tree.json
prints_nothing
tells "verdict: 0 errors, 0 warnings, 0 notes"

entries() {
    sed -i "s/^GlobalProperty hw_compat_8_0\[\] = {.*/&\n$1/; s/8_0\[\] = {};/8_0[] = {/" \
        tree/hw/core/machine.c
    sed -i '/^GlobalProperty hw_compat_8_0/,/^const/{s/^const/};\n&/}' \
        tree/hw/core/machine.c
    git -C tree commit -qam "$1"
}

entries '{ "no-such-type", "queues", "1" }, { "demo-nic-base", "queues", "4" },'
it "audit" 1 -C tree audit
prints "error: entry in 'hw_compat_8_0' names no type: 'no-such-type'"
prints "note: entry for 'queues' of demo-nic-base in 'hw_compat_8_0' changes"
must_not grep -q "on the base" "$out"
tells "verdict: 1 error, 0 warnings, 1 note"

it "audit with timings" 1 -C tree audit --timings
tells "no gaps"
must grep -q "[0-9] s" "$err"

it "audit with levels" 0 -C tree audit -W compat-unknown-driver=note
prints "note: entry in 'hw_compat_8_0' names no type"
it "audit of an older revision" 0 -C tree audit HEAD~1
prints_nothing

git -C tree reset -q --hard HEAD~1
entries '{ "demo-nic", "queues", "2" },'
it "audit of siblings" 0 -C tree audit
prints "note: entry for 'queues' in 'hw_compat_8_0' covers demo-nic only: demo"
git -C tree tag v8.0.0 HEAD~1
it "audit of a sibling that the release had" 1 -C tree audit
prints "warning: entry for 'queues' in 'hw_compat_8_0' covers demo-nic only: "
sed -i 's/"demo-nic-fast"/"demo-nic-quick"/' tree/hw/net/demo-nic.c
commit tree
git -C tree tag -f v8.0.0 >/dev/null
git -C tree reset -q --hard HEAD~1
it "audit of a sibling that the release did not have" 0 -C tree audit
prints_nothing

# --- verify

it "verify needs a binary" 2 verify tree.json
tells "verify needs --qemu BINARY"

it "streams need a machine type" 2 verify tree.json --qemu ./none --vmstate
tells "vmstate needs -M MACHINE"

it "a machine type needs streams" 2 verify tree.json --qemu ./none -M pc
tells "M goes with --vmstate only"

it "verify with a binary that is missing" 2 verify tree.json --qemu ./none
tells "cannot run './none': No such file or directory"

echo >plain
it "with a file that is no program" 2 verify tree.json --qemu ./plain
tells "cannot run './plain': Permission denied"

it "with a program that is no QEMU" 2 verify tree.json --qemu /bin/true
tells "'/bin/true' ended with status 0 before it could be asked: is it a QEMU"

printf '#!/bin/sh\necho no room >&2\nexit 3\n' >fails
chmod +x fails
it "with a program that complains" 2 verify tree.json --qemu ./fails
tells "'./fails' ended with status 3 before it could be asked: no room"
prints_nothing

end
