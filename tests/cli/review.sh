#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# `changelog`: what differs, who looks after it, and what covers it.  `matrix`:
# which tree can take over a guest from which.
. "$(dirname "$0")/lib.sh"

nic=hw/net/demo-nic.c
cp -R "$base" before
cat >before/MAINTAINERS <<'EOF'
Everything
----------
M: Nobody <nobody@example.org>
F: *
F: */

All network demos
M: Net Worker <net@example.org>
S: Maintained
F: hw/net/
X: hw/net/other*

Machine core
M: Core Worker <core@example.org>
S: Supported
F: hw/core/machine.c
EOF
cp -R before lost
sed -i 's/conf.queues, 4)/conf.queues, 8)/' lost/$nic
sed -i 's/rx_filter, false)/rx_filter, true)/' lost/$nic
cp -R lost kept
sed -i 's|^GlobalProperty hw_compat_8_0\[\] = {|&\n\
    { "demo-nic-base", "queues", "4" },\n\
    { "demo-nic-base", "rx-filter", "off" },\n|' kept/hw/core/machine.c

it "a default that changes without an entry is to be looked at" 0 \
    changelog --dir before lost
prints "Guest-visible changes from before to lost"
prints "! property queues of demo-nic-base changed: uint32 = 4 -> uint32 = 8"
prints "bool = off -> bool = on; not kept"
prints "pc-q35-8.0"
prints "All network demos"
prints "Net Worker <net@example.org>; Maintained"

it "an entry keeps it" 0 changelog --dir before kept
prints "Nothing: all that a released machine type would see is kept."
prints "uint32 = 4 -> uint32 = 8; kept by hw_compat_8_0"
prints "entry demo-nic-base queues in hw_compat_8_0 added: 4"
prints "Machine core"
must test "$(grep -c '^!' "$out")" = 0

it "nothing differs from itself" 0 changelog --dir before before
prints "0 differences"

# What an entry of a released array says is a promise already.
cp -R before edited
sed -i 's|"demo-nic-base", "queues", "1"|"demo-nic-base", "queues", "2"|' \
    edited/hw/core/machine.c
it "an edited array changes released machine types" 0 \
    changelog --dir before edited
prints "! entry demo-nic-base queues in hw_compat_7_2 changed: 1 -> 2; not kept"

cp -R before aged
sed -i '/"demo-nic-base", "tso", "off"/d' aged/hw/core/machine.c
it "so does an entry that is dropped" 0 changelog --dir before aged
prints "! entry demo-nic-base tso of hw_compat_7_1 removed: off; not kept"

it "json says the same" 0 changelog --dir before kept -f json
prints '"cover": "covered"'
prints '"array": "hw_compat_8_0"'
prints '"area": "All network demos"'
prints '"uncovered": 0'

it "several formats in one run" 0 changelog --dir before lost \
    -f markdown -o log.md -f html -o log.html -f json -o log.json
prints_nothing
must grep -q '^## By subsystem' log.md
must grep -q '\*\*!\*\* property `queues` of `demo-nic-base`' log.md
must grep -q '<li class="bad">property <code>queues</code>' log.html
must grep -q '"schema": 1' log.json

# A name from the tree must not become markup.
cp -R before hostile
sed -i 's/"rx-filter"/"<b>|`x"/' hostile/$nic
it "names of the tree are no markup" 0 changelog --dir before hostile \
    -f html -o hostile.html -f markdown -o hostile.md
must test "$(grep -c '<b>' hostile.html)" = 0
must grep -q '&lt;b&gt;|`x' hostile.html
must grep -q '`` <b>\\|`x ``' hostile.md

it "an unknown format is refused" 2 changelog --dir before lost -f pdf
tells "pdf"

it "matrix: an entry keeps the machine" 0 \
    matrix --dir -M pc-q35-8.0 before kept
prints "  before     -       same"

it "matrix: a lost default differs both ways, and can be given" 0 \
    matrix --dir -M pc-q35-8.0 before lost kept
prints "  before     -               differs, loads  same"
prints "before to lost and back: differs, loads"
prints "? property demo-nic-base.queues: 4 on before, 8 on lost"
prints "give -global demo-nic-base.queues=4 to lost for a guest from before"
prints "-global demo-nic-base.queues=8 to before for a guest from lost"
prints "lost to kept and back: differs, loads"
must test "$(grep -c 'before to kept' "$out")" = 0

it "matrix: only the devices asked for" 0 \
    matrix --dir -M pc-q35-8.0 --device virtio-demo-pci before lost
prints "same"

it "matrix: the device asked for" 0 \
    matrix --dir -M pc-q35-8.0 --device demo-nic before lost
prints "device: demo-nic"

cp -R before young
sed -i 's/pc-q35-8\.1/pc-q35-9.9/g' young/hw/i386/pc_q35.c
it "matrix: a machine type that one side lacks is refused" 1 \
    matrix --dir -M pc-q35-9.9 before young
prints "refused"
prints "before has no such machine type"

cp -R before bare
sed -i 's/"demo-nic-fast"/"demo-nic-swift"/' bare/include/hw/net/demo-nic.h \
    bare/$nic
it "matrix: so is a device" 1 \
    matrix --dir -M pc-q35-8.0 --device demo-nic-fast before bare
prints "bare has no such device"

it "matrix: a chain keeps what the guest was started with" 0 \
    matrix --dir -M pc-q35-8.0 --chain before lost lost
prints "before to lost: differs, loads"
prints "lost to lost: same"
prints "What the guest was started with"
prints "give -global demo-nic-base.queues=4 to lost"

it "matrix: json" 0 matrix --dir -M pc-q35-8.0 -f json before lost
prints '"verdict": "differs"'
prints '"argument": "-global demo-nic-base.queues=4"'
prints '"on": "destination"'

# A field that nothing guards, of another size.
cp -R before resized
sed -i 's/VMSTATE_UINT32(status, DemoNicState)/VMSTATE_UINT64(rx_bytes, DemoNicState)/' resized/$nic
it "matrix: a stream of another layout fails" 1 \
    matrix --dir -M pc-q35-8.0 --device demo-nic before resized
prints "before to resized and back: fails"
prints "! migration stream demo-nic"
prints "nothing on the command line helps"

cp -R before raised
sed -i 's/\.version_id = 1,/.version_id = 2,/' raised/$nic
it "matrix: a raised version fails on the way back only" 1 \
    matrix --dir -M pc-q35-8.0 --device demo-nic before raised
prints "  before     -       same"
prints "raised to before: fails"

it "matrix: other devices do not mind" 0 \
    matrix --dir -M pc-q35-8.0 --device virtio-demo-pci before raised
prints "same"

it "a raised version is not kept" 0 changelog --dir before raised
prints "! migration stream demo-nic changed: version 1, 3 fields -> version 2, loads 1 and newer, 3 fields; not kept: the older QEMU refuses the newer version"
prints "pc-q35-8.0"

cp -R before lenient
sed -i 's/\.minimum_version_id = 1,/.minimum_version_id = 0,/' lenient/$nic
it "a description that loads older streams is as it was on the wire" 0 \
    changelog --dir before lenient
prints "no released machine type was seen to send or to expect another layout"
must test "$(grep -c '^!.*migration stream' "$out")" = 0

models=$(dirname "$base")/cpu-model-changed/feature-gained
cp -R before lesser
cp -R "$models/before/." lesser
cp -R before greater
cp -R "$models/after/." greater
it "a CPU model with a feature more" 0 changelog --dir lesser greater
prints "! CPU model"
prints "changed: +"

# A register in a capability got other contents, and may be written now.
gated=$(dirname "$base")/guest-state-ungated/gated-no-entry/after
cp -R before written
cp -R "$gated/." written
it "matrix: config space that may be written loads in one direction" 1 \
    matrix --dir -M pc-q35-8.0 --device demo-port before written
prints "  before     -       differs, loads"
prints "  written    fails   -"
prints "! guest state PCI_ERR_MASK in config: 0x00001000 on written"
prints "give -global pci-device.x-pcie-err-mask=off to written when a guest for before is started"

it "matrix: a device without the register does not mind" 0 \
    matrix --dir -M pc-q35-8.0 --device demo-sensor before written

# The same device, made by functions of other names that do more or less.
cp -R before moved
sed -i 's/demo_port_realize/demo_port_make/g;
        /pci_set_long/,/;/d' \
    moved/hw/pci-bridge/demo-port.c
it "matrix: what code of another name does not do may be done elsewhere" 1 \
    matrix --dir -M pc-q35-8.0 --device demo-port before moved
prints "before to moved and back: may fail"
must test "$(grep -c ': fails' "$out")" = 0

# A subsection that is there in some states only has another version.
cp -R before parted
cat >part.c <<'EOF'
static bool demo_nic_part_needed(void *opaque)
{
    DemoNicState *s = opaque;

    return s->status != 0;
}

static const VMStateDescription vmstate_demo_nic_part = {
    .name = "demo-nic/part",
    .version_id = 1,
    .minimum_version_id = 1,
    .needed = demo_nic_part_needed,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(status, DemoNicState),
        VMSTATE_END_OF_LIST()
    },
};

EOF
awk '/^static const VMStateDescription vmstate_demo_nic = / {
         while ((getline line < "part.c") > 0) { print line }
         print
         print "    .subsections = (const VMStateDescription *const []) {"
         print "        &vmstate_demo_nic_part, NULL },"
         next
     } { print }' before/$nic >parted/$nic
cp -R parted repeated
sed -i '/demo-nic\/part/,/fields/s/version_id = 1/version_id = 2/' repeated/$nic
it "matrix: what some guests send only may fail" 1 \
    matrix --dir -M pc-q35-8.0 --device demo-nic parted repeated
prints "? migration stream demo-nic/part"
prints "may fail"
must test "$(grep -c ': fails' "$out")" = 0

it "matrix: a CPU model with a feature more" 0 \
    matrix --dir -M pc-q35-8.0 lesser greater
prints "CPU model"
prints "give -global demo64-x86_64-cpu.mmx=on to greater for a guest from lesser"

it "matrix: what two -cpu have, and what makes them alike" 0 \
    matrix --dir -M pc-q35-8.0 --device demo-nic \
    --cpu demo64,avx=on --cpu demo64,+stibp lesser lesser
prints "CPU model demo64,avx=on to demo64,+stibp: avx on lesser, stibp on lesser"
prints "for the same CPU give -cpu demo64,avx=off to lesser and -cpu demo64,stibp=off to lesser"

it "matrix: the same -cpu is the same CPU" 0 matrix --dir -M pc-q35-8.0 \
    --device demo-nic --cpu demo64 lesser lesser
must test "$(grep -c 'CPU model' "$out")" = 0

it "matrix: an unknown CPU model" 2 \
    matrix --dir -M pc-q35-8.0 --cpu demo46 lesser lesser
tells "did you mean"

it "matrix: one -cpu, or one for each" 2 matrix --dir -M pc-q35-8.0 \
    --cpu demo64 --cpu demo64 --cpu demo64 lesser lesser
tells "one --cpu"

# Tables of system registers: a CPU without KVM sends what it has.
cp -R before fewer
mkdir -p fewer/target/arm
cat >fewer/target/arm/helper.c <<'EOF'
static const ARMCPRegInfo demo_cp_reginfo[] = {
    { .name = "ONE_EL1", .state = ARM_CP_STATE_AA64,
      .opc0 = 3, .opc1 = 0, .crn = 4, .crm = 1, .opc2 = 0 },
};
EOF
cp -R fewer more
cat >>more/target/arm/helper.c <<'EOF'
static const ARMCPRegInfo more_cp_reginfo[] = {
    { .name = "RENAMED_EL1", .state = ARM_CP_STATE_AA64,
      .opc0 = 3, .opc1 = 0, .crn = 4, .crm = 1, .opc2 = 0 },
    { .name = "TWO_EL1", .state = ARM_CP_STATE_AA64, .access = PL1_RW,
      .opc0 = 3, .opc1 = 0, .crn = 4, .crm = 2, .opc2 = 0 },
    { .name = "ALIAS_EL1", .state = ARM_CP_STATE_AA64, .type = ARM_CP_ALIAS,
      .opc0 = 3, .opc1 = 0, .crn = 4, .crm = 3, .opc2 = 0 },
};
EOF
it "matrix: a system register that the receiver lacks may stop it" 1 \
    matrix --dir -M virt-8.0 --target aarch64 --device demo-nic fewer more
prints "  fewer      -         same"
prints "more to fewer: may fail"
prints "may lack some: TWO_EL1"
must test "$(grep -c ALIAS_EL1 "$out")" = 0
it "matrix: other CPUs have none" 0 \
    matrix --dir -M pc-q35-8.0 --device demo-nic fewer more

it "matrix: one revision is no matrix" 2 matrix --dir -M pc-q35-8.0 before
tells "two revisions"
it "matrix: a machine type is needed" 2 matrix --dir before lost
tells "-M MACHINE"
it "matrix: an unknown machine type" 2 matrix --dir -M pc-q35-8.00 before lost
tells "did you mean"
it "matrix: an unknown device" 2 \
    matrix --dir -M pc-q35-8.0 --device demo-nik before lost
tells "did you mean"

end
