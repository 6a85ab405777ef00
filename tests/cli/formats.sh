#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every format, held against what its consumers say of it: JSON Schemas of our
# own and of SARIF (ci/validators brings it), XML, and GitLab's and GitHub's
# documented forms.
. "$(dirname "$0")/lib.sh"
root=$(dirname "$(dirname "$base")")

python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import jsonschema' 2>/dev/null; then
        python=$candidate
        break
    fi
done

# valid SCHEMA FILE: passes, or cannot be told.
valid() {
    [ -n "$python" ] && [ -f "$1" ] || return 0
    "$python" "$root/tests/validate.py" "$1" "$2" >verdict.txt || {
        complain "$2 against $1: $(head -n 3 verdict.txt)"
        return 0
    }
}

invalid() {
    [ -n "$python" ] && [ -f "$1" ] || return 0
    "$python" "$root/tests/validate.py" "$1" "$2" >verdict.txt &&
        complain "$2 passes for $1"
}

sarif_schema=${QCOMPAT_SARIF_SCHEMA:-$(dirname "$qcompat")/validators/sarif.json}
check_schema=$root/docs/schema/check.json
facts_schema=$root/docs/schema/facts.json

# A finding with a fix, on a path and a line that need escaping.
cp -R "$base" before
chmod -R u+w before
nic='before/hw/net/demo %nic,é.c'
mv before/hw/net/demo-nic.c "$nic"
sed -i 's/demo-nic\.c/demo %nic,é.c/' before/hw/net/meson.build 2>/dev/null
cp -R before after
nic='after/hw/net/demo %nic,é.c'
sed -i 's/conf.queues, 4)/conf.queues, 8)/; s/^\(.*conf.queues, 8.*\)$/\1 \/* é <\&> `x` *\//' "$nic"

it "all formats in one run" 1 check --dir before after \
    -f json -o json -f sarif -o sarif -f junit -o junit -f gitlab -o gitlab \
    -f github -o github -f markdown -o markdown -f checkpatch -o checkpatch \
    -f terse
prints "[default-changed]"
for format in json sarif junit gitlab github markdown checkpatch; do
    must test -s $format
done
it "all formats of a clean run" 0 check --dir before before \
    -f json -o json.0 -f sarif -o sarif.0 -f junit -o junit.0 \
    -f gitlab -o gitlab.0 -f github -o github.0 -f markdown -o markdown.0 \
    -f checkpatch -o checkpatch.0
prints_nothing

it "json follows its schema" 1 check --dir before after -f json
valid "$check_schema" json
valid "$check_schema" json.0
sed 's/"severity": "error"/"severity": "fatal"/' json >json.bad
invalid "$check_schema" json.bad

it "facts follow their schema" 0 facts --dir before -f json -o facts.json
valid "$facts_schema" facts.json
sed 's/"compat_arrays"/"arrays"/' facts.json >facts.bad
invalid "$facts_schema" facts.bad

it "sarif follows OASIS' schema" 1 check --dir before after -f sarif
valid "$sarif_schema" sarif
valid "$sarif_schema" sarif.0
sed 's/"level": "error"/"level": "fatal"/' sarif >sarif.bad
invalid "$sarif_schema" sarif.bad
prints '"uri": "hw/net/demo%20%25nic%2C%C3%A9.c"'
prints '"startLine": 27'
prints '"insertedContent"'
prints '"primaryLocationLineHash"'
must grep -q '"results": \[\]' sarif.0

it "junit is XML that adds up" 1 check --dir before after -f junit
if command -v xmllint >/dev/null; then
    must xmllint --noout junit junit.0
    must test "$(xmllint --xpath 'count(//failure)' junit)" = 1
    must test "$(xmllint --xpath 'count(//testcase)' junit)" = \
        "$(xmllint --xpath 'string(/testsuites/@tests)' junit)"
    must test "$(xmllint --xpath 'count(//failure)' junit.0)" = 0
    must test "$(xmllint --xpath 'count(//testcase)' junit.0)" = \
        "$(($("$qcompat" rules -q | wc -l) + 1))"
fi
prints '<testcase classname="default-changed" name="default-changed: demo-nic-base.queues"'
prints 'tests="'

it "a note fails no test case" 0 check --dir before after -f junit \
    -W default-changed=note
must grep -q 'failures="0"' "$out"

it "gitlab's code quality" 1 check --dir before after -f gitlab
prints '"check_name": "default-changed"'
prints '"severity": "major"'
prints '"path": "hw/net/demo %nic,é.c"'
prints '"begin": 27'
must test "$(cat gitlab.0)" = "[]"

it "github's workflow commands" 1 check --dir before after -f github
prints '::error file=hw/net/demo %25nic%2Cé.c,line=27,col=5,title=default-changed::default of'
must test "$(wc -l <"$out")" = 1
must test ! -s github.0

it "checkpatch is silent when clean" 1 check --dir before after -f checkpatch
prints "ERROR: default of 'queues'"
prints "FILE: hw/net/demo %nic,é.c:27:"
prints "total: 1 errors, 0 warnings"
must test ! -s checkpatch.0

it "markdown has the fix as a block" 1 check --dir before after -f markdown
prints '```diff'
prints '| 1 | 0 | 0 | 0 | 0 |'

it "an unknown format names its neighbour" 2 check --dir before after -f sarfi
tells "did you mean 'sarif'"
end
