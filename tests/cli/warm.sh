#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the cache knows of one tree never shows in the facts of the next: they
# are the same, byte for byte, as those of a run without it.
. "$(dirname "$0")/lib.sh"

cp -R "$base" tree
chmod -R u+w tree
nic=tree/hw/net/demo-nic.c
header=tree/include/hw/net/demo-nic.h

# step NAME: what is in the tree becomes a commit; both ways to its facts.
step() {
    commit tree
    it "$1" 0 -C tree facts -o ../warm.json
    must "$qcompat" -C tree facts --no-cache -o ../cold.json >"$out" 2>&1
    must cmp warm.json cold.json
}

changes_facts() {
    must_not cmp -s warm.json before.json
    cp warm.json before.json
}

step "the first tree"
cp warm.json before.json

sed -i 's/conf.vectors, 2/conf.vectors, 3/' $nic
step "a default"
changes_facts

sed -i '4i #define DEMO_NIC_QUEUES 8' $header
sed -i 's/conf.queues, 4/conf.queues, DEMO_NIC_QUEUES/' $nic
step "a default behind a macro"
changes_facts
must grep -q '"name":"queues".*"default":8,' warm.json

sed -i 's/DEMO_NIC_QUEUES 8/DEMO_NIC_QUEUES (DEMO_NIC_HALF * 2)\n#define DEMO_NIC_HALF 8/' \
    $header
step "a macro that another uses"
changes_facts
must grep -q '"default":16,"spelling":"DEMO_NIC_QUEUES"' warm.json

sed -i 's/DEMO_NIC_HALF 8/DEMO_NIC_HALF 16/' $header
step "the other macro alone"
changes_facts
must grep -q '"default":32,"spelling":"DEMO_NIC_QUEUES"' warm.json

sed -i 's/    DEMO_NIC_TSO_BIT,/    DEMO_NIC_NEW_BIT,\n    DEMO_NIC_TSO_BIT,/' \
    $header
step "the value of an enumerator"
changes_facts

sed -i '1i /* one line more */' $nic
step "lines that move"
changes_facts

printf 'static void demo_later(void)\n{\n    int a = 1;\n    a++;\n    a--;\n}\n' >>$nic
step "a body that holds no facts"

sed -i 's/    uint32_t burst;/    uint64_t burst;/' $header
step "a struct"

cp $header tree/hw/net/
sed -i 's/DEMO_NIC_HALF 16/DEMO_NIC_HALF 4/; s/HW_NET_DEMO_NIC_H/LOCAL_H/' \
    tree/hw/net/demo-nic.h
sed -i 's/"hw\/net\/demo-nic.h"/"demo-nic.h"/' $nic
step "another header of that name"
changes_facts
must grep -q '"default":8,"spelling":"DEMO_NIC_QUEUES"' warm.json

rm tree/hw/net/demo-nic.h
sed -i 's/"demo-nic.h"/"hw\/net\/demo-nic.h"/' $nic
step "a header that is gone"
changes_facts
must grep -q '"default":32,"spelling":"DEMO_NIC_QUEUES"' warm.json

git -C tree mv hw/net/demo-nic.c hw/net/moved.c
step "a file under another name"
changes_facts

git -C tree rm -q -f hw/net/moved.c
step "a file that is gone"
changes_facts

end
