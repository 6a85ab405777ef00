#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a finding about a migration stream tells to do: it has no patch to show.
. "$(dirname "$0")/lib.sh"

timer=hw/misc/demo-timer.c

# stream SCRIPT: before/ is the fixture base, after/ has SCRIPT done to a stream.
stream() {
    rm -rf before after
    cp -R "$base" before
    chmod -R u+w before
    cp -R before after
    sed -i "$1" after/$timer
    must_not cmp -s before/$timer after/$timer
}

stream 's/^        VMSTATE_UINT32(status,.*/&\n        VMSTATE_BOOL(paused, DemoTimerState),/'
it "a field more" 1 check --dir before after
prints "new field 'paused'"
prints "note: a subsection that is needed only where a property says so"

stream '/^        VMSTATE_UINT32(status,/d'
it "a field less" 1 check --dir before after
prints "note: VMSTATE_UNUSED of the same size in its place"

stream 's/\.version_id = 2,/.version_id = 3,/'
it "a version that no release takes" 1 check --dir before after
prints "note: a subsection instead of a new version"

stream 's/\.minimum_version_id = 1,/.minimum_version_id = 2,/'
it "a version that is refused" 1 check --dir before after
prints "note: the numbers as they were"

stream '/^    \.needed = demo_timer_pending_needed,/d'
it "a subsection that the release reads, always sent" 0 \
    check --dir before after
prints_nothing

stream 's/"demo-timer\/pending"/"pending"/'
it "a subsection that nobody finds" 1 check --dir before after
prints "note: its name has to begin with that of its parent"

stream '/^        &vmstate_demo_timer_pending,/d'
it "a subsection that is not read any more" 1 check --dir before after
prints "note: the description has to stay"
end
