#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is known of a neighbour saves work and changes no verdict: every range
# is judged with the cache, again with it, and without it.
. "$(dirname "$0")/lib.sh"

release
commit tree
nic=tree/hw/net/demo-nic.c
cp $nic plain.c
store=$XDG_CACHE_HOME/qcompat

# snapshots: how many trees have facts of their own.
snapshots() {
    find "$store/facts" -type f | wc -l
}

it "the release and its development tree" 0 -C tree check HEAD~1..HEAD

# A cast says on which line it is, as Clang does of a record without a name.
sed -i -e 's/ DEMO_NIC_CLASS(klass)->/ part.unused = 1;\n    OBJECT_CLASS_CHECK(DemoNicClass, klass, TYPE_DEMO_NIC)->/' \
    -e 's/^    const DemoNicInfo \*info = data;/&\n    struct { int unused; } part;/' \
    $nic
commit tree
judge "a cast, and a record without a name" 0 1
known=$(snapshots)

sed -i '1i /* one line more */' $nic
commit tree
judge "lines that move" 0 1
must test "$known" -eq "$(snapshots)"

cat >>$nic <<'END'

static void demo_later(void)
{
    int a = 1;

    a++;
}
END
commit tree
judge "a body that holds no facts" 0 1

sed -i '1i /* two lines more */' $nic
commit tree
judge "lines that move again" 0 1

it "the facts on these lines" 0 -C tree facts -o ../near.json HEAD
it "the same without the cache" 0 -C tree facts --no-cache -o ../cold.json \
    HEAD
must cmp near.json cold.json

sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
commit tree
judge "a default that changes" 1 1
must grep -q default-changed first.json

sed -i 's/conf.queues, 8)/conf.queues, 4)/' $nic
commit tree
judge "a default that is back" 0 0

# What trailers say of releases is known, too, until there is another release.
sed -i 's/conf.queues, 4)/conf.queues, 8)/' $nic
git -C tree commit -qam "nic: four more queues

Fixes: $(git -C tree rev-parse v8.0.0)"
judge "a late fix" "0 1"
git -C tree tag v8.1.0 HEAD~1
judge "a late fix, with one release more" "0 1"
git -C tree tag -d v8.1.0 >"$out"
git -C tree revert --no-edit HEAD >"$out"

mkdir tree/docs
echo text >tree/docs/demo.rst
sed -i '1i /* three lines more */' $nic
commit tree
judge "lines and documentation" 0 1

# A header that most units take for what it was.
sed -i '$i #define DEMO_LATE 7' tree/include/hw/pci/pci.h
commit tree
rm -rf "$store"
judge "a macro that nobody uses" 0
sed -i 's/conf.queues, 4)/conf.queues, DEMO_LATE)/' $nic
commit tree
judge "a default that is this macro" 1 1
must grep -q '"new": 7' first.json
sed -i 's/conf.queues, DEMO_LATE)/conf.queues, 4)/' $nic
commit tree
judge "a default that is back again" 0

# What is known may be damaged, or gone.
find "$store/tree" -type f -exec sh -c ': >"$1"' - {} \;
sed -i '1i /* four lines more */' $nic
commit tree
judge "damaged knowledge of trees" 0

rm -rf "$store/text"
sed -i '1i /* five lines more */' $nic
commit tree
judge "generated headers that are gone" 0 1

rm -rf "$store/facts"
sed -i '1i /* six lines more */' $nic
commit tree
judge "snapshots that are gone" 0

cp plain.c $nic
rm -rf "$store/check" "$store/unit"
commit tree
judge "verdicts and units that are gone" 0

end
