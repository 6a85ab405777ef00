#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A header that changes costs the units that what changed in it concerns: every
# range is judged from what is known of its base, again, and without the cache.
. "$(dirname "$0")/lib.sh"

release
commit tree
nic=tree/hw/net/demo-nic.c
own=tree/include/hw/net/demo-nic.h
shared=tree/include/hw/pci/pci.h

it "the release and its development tree" 0 -C tree check HEAD~1..HEAD

sed -i '$i #define DEMO_SPARE 7' $shared
commit tree
judge "a macro more" 0 0

sed -i '$i /* nothing but words */' $shared
commit tree
judge "a comment" 0 0

sed -i '$i #define DEMO_INNER 4' $shared
sed -i '$i #define DEMO_OUTER (DEMO_INNER)' $own
sed -i 's/conf.queues, 4)/conf.queues, DEMO_OUTER)/' $nic
commit tree
judge "a default that a macro of a macro says" 0 '[1-9]'

sed -i 's/define DEMO_INNER .*/define DEMO_INNER 8/' $shared
commit tree
judge "the inner macro has another value" 1 '[1-9]'
must grep -q default-changed first.json
must grep -q '"new": 8' first.json

sed -i 's/define DEMO_INNER .*/define DEMO_INNER (2 + 2)/' $shared
commit tree
judge "the value is back" 0 '[1-9]'

sed -i 's/define DEMO_INNER .*/define DEMO_INNER 4/' $shared
commit tree
judge "the same value by another name" 0 '[0-9]'

# What is included as text is part of who includes it.
sed -i 's/conf.queues, DEMO_OUTER)/conf.queues, 4)/' $nic
grep 'conf.queues, 4)' $nic >tree/hw/net/demo-props.inc
sed -i 's/^.*conf.queues, 4).*/#include "demo-props.inc"/' $nic
commit tree
judge "a file that is included as text" 0 '[0-9]+'
sed -i 's/conf.queues, 4)/conf.queues, 16)/' tree/hw/net/demo-props.inc
commit tree
judge "the text changes" 1 '[1-9]'
must grep -q '"new": 16' first.json
sed -i 's/conf.queues, 16)/conf.queues, 4)/' tree/hw/net/demo-props.inc
commit tree
judge "the text is back" 0 '[0-9]'

# More units than are worth describing one by one.
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    cat >"tree/hw/misc/many-$i.c" <<EOF
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "many.h"

static Property many_properties[] = {
    DEFINE_PROP_UINT32("size", struct Many, size, MANY_SIZE),
    DEFINE_PROP_END_OF_LIST(),
};
EOF
done
printf '#ifndef MANY_H\n#define MANY_H\n%s\n%s\n#endif\n' \
    'struct Many { SysBusDevice parent; uint32_t size; };' \
    '#define MANY_SIZE 1' >tree/hw/misc/many.h
commit tree
judge "twenty units more" 0 '20'
sed -i 's/MANY_SIZE 1/MANY_SIZE 2/' tree/hw/misc/many.h
commit tree
judge "what they all use changes" 0 '20'
sed -i 's/uint32_t size;/& uint32_t more;/' tree/hw/misc/many.h
sed -i '1i /* one line more */' tree/hw/misc/many-7.c
commit tree
judge "a struct that they all use, and a line" 0 '20'

# Who includes others now sees what changes in those, too.
sed -i 's/conf.queues, 4)/conf.queues, DEMO_TIMER_CHANNELS)/' \
    tree/hw/net/demo-props.inc
sed -i 's/^#include "hw.qdev-properties.h"/&\n#include "hw\/misc\/demo-timer.h"/' \
    $nic
commit tree
judge "a unit that includes another header" 0 1
sed -i 's/define DEMO_TIMER_CHANNELS .*/define DEMO_TIMER_CHANNELS DEMO_FAR/' \
    tree/include/hw/misc/demo-timer.h
sed -i '$i #define DEMO_FAR 4' tree/include/hw/arm/virt.h
sed -i 's/^#include "hw.pci.pci.h"/&\n#include "hw\/arm\/virt.h"/' \
    tree/include/hw/misc/demo-timer.h
commit tree
judge "a header that includes another one for them" 0 '[2-9]'
sed -i 's/define DEMO_FAR 4/define DEMO_FAR 5/' tree/include/hw/arm/virt.h
commit tree
judge "what that one says changes" 1 '[2-9]'
must grep -q '"new": 5' first.json
git -C tree revert --no-edit HEAD >"$out"
sed -i 's/, DEMO_TIMER_CHANNELS)/, 4)/' tree/hw/net/demo-props.inc
commit tree

# Where more than a text changes everything is looked at again.
sed -i '2i #include "qemu/units.h"' $shared
commit tree
judge "a header that includes another one" 0 '[0-9]+'
echo '#define DEMO_SPARE 9' >tree/include/hw/pci/new.h
commit tree
judge "a header that is new" 0 '[0-9]+'
git -C tree rm -q include/hw/pci/new.h
commit tree
judge "a header that is gone" 0 '[0-9]+'

# Generated headers are made of it.
sed -i "s/'10', '25'/'10', '25', '40'/" tree/qapi/net.json
commit tree
judge "an enumeration of the QAPI schema" 0 '[1-9]'
sed -i "s/'enum': 'DemoNicSpeed',/&  # as fast as can be/" tree/qapi/net.json
commit tree
judge "a comment in the QAPI schema" 0 0
printf '%s\n' "{ 'enum': 'DemoSpare', 'data': [ 'a', 'b' ] }" \
    >>tree/qapi/net.json
commit tree
judge "an enumeration that is new" 0 '[0-9]'
mkdir -p tree/trace
printf 'demo_one(int a) "%%d"\n' >tree/hw/net/trace-events
sed -i '1i #include "trace/trace-hw_net.h"' $nic
commit tree
judge "trace events" 0 '[0-9]+'
printf 'demo_two(int a) "%%d"\n' >>tree/hw/net/trace-events
commit tree
judge "an event more" 0 0
sed -i 's/conf.queues, 4)/conf.queues, TRACE_DEMO_TWO_ENABLED)/' \
    tree/hw/net/demo-props.inc
commit tree
judge "a default that an event says" 1 1
git -C tree revert --no-edit HEAD >"$out"
judge "it says so no more" 0 '[01]'
echo TARGET_DEMO=y >>tree/configs/targets/x86_64-softmmu.mak
commit tree
judge "a target's configuration" 0 '[0-9]+'
echo 8.0.51 >tree/VERSION
commit tree
judge "another version" 0 '[0-9]+'

# Names that a macro makes, and a declaration that nobody can read.
sed -i '$i #define DEMO_MAKE(x) enum { x ## _FOUR = 4 };\nDEMO_MAKE(DEMO)' \
    $shared
sed -i 's/conf.queues, 4)/conf.queues, DEMO_FOUR)/' \
    tree/hw/net/demo-props.inc
commit tree
judge "a name that is made" 0 '[0-9]+'
sed -i 's/ ## _FOUR = 4/ ## _FOUR = 5/' $shared
commit tree
judge "what is made has another value" 1 '[0-9]+'
must grep -q '"new": 5' first.json
git -C tree revert --no-edit HEAD >"$out"
judge "it is back" 0 '[0-9]+'
sed -i '$i struct {{ broken' tree/hw/misc/many.h
commit tree
judge "a header that does not parse" "0 3" '[0-9]+'
git -C tree revert --no-edit HEAD >"$out"

# A unit that cannot be parsed is a gap, whatever is known of the others.
sed -i '$i #define MANY_MORE 2' tree/hw/misc/many.h
sed -i 's/MANY_SIZE)/MANY_MORE)/' tree/hw/misc/many-*.c
python3 -c 'print("int deep = " + "(" * 100000 + "1" + ")" * 100000 + ";")' \
    >>tree/hw/misc/many-9.c
commit tree
judge "one of them does not parse" 3 '[0-9]+'

end
