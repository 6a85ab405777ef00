#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Exit statuses and formats, on snapshots: nothing has to be extracted.
. "$(dirname "$0")/lib.sh"

# snapshot VERSION DEFAULT ENTRIES GAPS: one device, two machine types.
snapshot() {
    cat <<EOF
{"schema":1,
 "revision":{"rev":"$1","commit":null,"tree":null,"version":"$1"},
 "kinds":[{"name":"uint16","info":"qdev_prop_uint16","syntax":"uint",
           "bits":16}],
 "records":[],
 "types":[
  {"name":"object","parent":null,"interfaces":[],"abstract":true,
   "targets":null,"file":"qom/object.c","line":1,"properties":[],
   "aliases":[]},
  {"name":"device","parent":"object","interfaces":[],"abstract":true,
   "targets":null,"file":"hw/core/qdev.c","line":1,"properties":[],
   "aliases":[]},
  {"name":"demo-device","parent":"device","interfaces":[],"abstract":false,
   "user_creatable":true,
   "targets":null,"file":"hw/misc/demo.c","line":1,
   "properties":[{"name":"queues","kind":"uint16","kind_index":0,
     "targets":null,"default":$2,"spelling":"$2","field":"Demo.queues",
     "file":"hw/misc/demo.c","line":10}],
   "aliases":[]}],
 "compat_arrays":[
  {"id":"hw_compat_7_1","name":"hw_compat_7_1","version":"7.1",
   "file":"hw/core/machine.c","line":5,"entries":[$3]}],
 "machines":[
  {"name":"pc-q35-7.1","type":"pc-q35-7.1-machine","family":"pc-q35","version":"7.1","alias":null,
   "deprecated":false,"targets":["x86_64"],
   "compat":["hw_compat_7_1"],"fields":{},
   "unevaluated_fields":[]},
  {"name":"pc-q35-7.2","type":"pc-q35-7.2-machine","family":"pc-q35","version":"7.2","alias":"q35",
   "deprecated":false,"targets":["x86_64"],"compat":[],"fields":{},
   "unevaluated_fields":[]}],
 "gaps":[$4]}
EOF
}

entry='{"driver":"demo-device","property":"queues","value":"1","optional":false,"line":6}'
gap='{"file":"hw/misc/demo.c","line":3,"reason":"unknown registrar","touches_change":false}'
snapshot 7.1.0 1 '' '' >old.json
snapshot 7.1.50 4 '' '' >broken.json
snapshot 7.1.50 4 "$entry" '' >good.json
snapshot 7.1.50 4 "$entry" "$gap" >gap.json
snapshot 7.1.50 4 '' "$gap" >broken-gap.json

it "clean is 0" 0 check old.json good.json
prints_nothing
tells "verdict: clean"

it "findings are 1" 1 check old.json broken.json
prints "[default-changed]"
prints "demo-device"
prints "pc-q35-7.1"
tells "verdict: not compatible: 1 error"

it "check is the default command" 1 old.json broken.json
prints "[default-changed]"

it "a gap that touches the change is 3" 3 check old.json gap.json
tells "hw/misc/demo.c:3: unknown registrar (touches the change)"
tells "verdict: incomplete"

it "incomplete is said even with -q" 3 check -q old.json gap.json
tells "verdict: incomplete"

it "findings beat gaps" 1 check old.json broken-gap.json

it "errors beat findings" 2 check old.json broken.json -o no/such/dir/x
tells "cannot write 'no/such/dir/x'"

it "--fail-on never" 0 check --fail-on never old.json broken.json
prints "[default-changed]"

it "--fail-on never still tells of gaps" 3 \
    check --fail-on never old.json broken-gap.json

it "-W lowers below --fail-on" 0 check -W 'default-*=note' old.json broken.json
prints " note: "

it "--fail-on note" 1 check -W '*=note' --fail-on note old.json broken.json

it "-W off" 0 check -W default-changed=off old.json broken.json
prints_nothing
tells "1 suppressed"

it "the last -W wins" 1 check -W '*=off' -W default-changed=error \
    old.json broken.json

it "options before the command" 1 -f terse check old.json broken.json
prints "[default-changed]"
must [ "$(wc -l <"$out")" -eq 1 ]

it "options between the operands" 1 check old.json -f terse broken.json
must [ "$(wc -l <"$out")" -eq 1 ]

it "attached short options" 1 -fterse check -j1 old.json broken.json
must [ "$(wc -l <"$out")" -eq 1 ]

it "-q is terse and silent" 1 check -q old.json broken.json
must [ "$(wc -l <"$out")" -eq 1 ]
must [ ! -s "$err" ]

it "json" 1 check -f json old.json broken.json
prints '"schema": 1'
prints '"rule": "default-changed"'
prints '"subject": "demo-device.queues"'
prints '"old": 1'
prints '"new": 4'
prints '"needed_array": "hw_compat_7_1"'
prints '"pc-q35-7.1"'

it "json when clean" 0 check -f json old.json good.json
prints '"findings": []'

it "several reports from one run" 1 \
    check old.json broken.json -f json -o a.json -f terse
must grep -q '"schema": 1' a.json
must [ "$(wc -l <"$out")" -eq 1 ]

it "the name of the file tells the format" 1 \
    check old.json broken.json -o b.json
must cmp -s a.json b.json
prints_nothing

it "-o before -f" 1 check old.json broken.json -o c.txt -f terse
must grep -q 'default-changed' c.txt
prints_nothing

touch d.txt
ln -s d.txt link
it "a report through a symbolic link" 1 \
    check old.json broken.json -o link -f terse
must [ -L link ]
must grep -q 'default-changed' d.txt

it "a report to a device" 1 check old.json broken.json -o /dev/null
must [ ! -f /dev/null ]

it "the same input gives the same bytes" 1 \
    check -f json old.json broken.json
must cmp -s "$out" a.json

escape=$(printf '\033')
it "no colour where stdout is no terminal" 1 check old.json broken.json
must_not grep -q "$escape" "$out"

it "--color always" 1 check --color always old.json broken.json
must grep -q "$escape" "$out"

it "--color always colours no file" 1 \
    check --color always old.json broken.json -o e.txt
must_not grep -q "$escape" e.txt

CLICOLOR_FORCE=1
export CLICOLOR_FORCE
it "CLICOLOR_FORCE" 1 check old.json broken.json
must grep -q "$escape" "$out"
NO_COLOR=1
export NO_COLOR
it "NO_COLOR beats CLICOLOR_FORCE" 1 check old.json broken.json
must_not grep -q "$escape" "$out"
unset NO_COLOR CLICOLOR_FORCE

it "--released" 0 check --released broken.json broken.json broken.json

it "what was broken before is not news" 0 \
    check --released old.json broken.json broken.json

sed 's/7\.1\.0/1.7.0/g' old.json >early.json
it "machine types of early releases are not known" 3 check early.json good.json
tells "gap: VERSION: machine types of releases before v2.0 are not known"
sed 's/7\.1\.0/2.0.0/g' old.json >first.json
it "those of v2.0 are" 0 check first.json good.json

it "-v lists the gaps" 3 check -v old.json gap.json
tells "gap: hw/misc/demo.c:3"

it "facts as text" 0 facts old.json
prints "property demo-device.queues kind=uint16 default=1"

it "facts -o makes a snapshot" 0 facts old.json -o copy.json
it "a snapshot of a snapshot is the same" 0 diff old.json copy.json
prints_nothing

it "diff" 0 diff old.json good.json
prints "~ property demo-device.queues default: 1 -> 4"
prints "+ entry hw_compat_7_1: demo-device.queues value=1"

it "diff as json" 0 diff -f json old.json good.json
prints '"changed": 1'
prints '"change": "added"'

echo '{' >cut.json
it "a snapshot that is no JSON" 2 facts cut.json
tells "cut.json"

echo '[1]' >list.json
it "JSON that is no snapshot" 2 check list.json old.json
tells "list.json"

echo '{"schema":99}' >future.json
it "a snapshot of another schema" 2 facts future.json
tells "future.json"

end
