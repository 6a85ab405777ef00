#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Commands, options and what is wrong with them; needs no source tree.
. "$(dirname "$0")/lib.sh"

it "help" 0 --help
prints "Commands (default: check):"
prints "Exit status:"

it "version" 0 --version
prints "qcompat "

for command in check facts diff rules explain; do
    it "help of $command" 0 $command --help
    prints "qcompat $command"
    prints "-C, --chdir=DIR"
    it "help of $command, option first" 0 --help $command
    prints "qcompat $command"
    it "main help lists $command" 0 -h
    prints "  $command "
done

it "unknown option" 2 --nonsense
tells "unknown option '--nonsense'"
tells "--help"
prints_nothing

it "unknown option with a near miss" 2 check --quite
tells "did you mean '--quiet'?"

it "an option of another command" 2 check --markdown all
tells "unknown option '--markdown' for 'check'"

it "unknown command" 2 chekc
tells "did you mean 'check'?"
prints_nothing

it "a word that is nothing" 2 frobnicate
tells "'frobnicate' is no command either"

it "too many operands" 2 check a b c
tells "too many operands for 'check': 'c'"

it "missing argument" 2 check -f
tells "-f"

it "unknown format" 2 check -f xml
tells "unknown format 'xml'"
tells "json"

it "format of another command" 2 facts -f terse
tells "unknown format 'terse'"

it "two reports on stdout" 2 check -f json -f text
tells "only one report can go to stdout"

it "bad level" 2 check -W default-changed=loud
tells "error|warning|note|off"

it "level without a rule" 2 check -W =note
tells "RULE="

it "level of an unknown rule" 2 check -W no-such-rule=note
tells "no rule is called 'no-such-rule'"

it "bad --fail-on" 2 check --fail-on off
tells "--fail-on takes"

it "bad --color" 2 check --color sometimes
tells "--color takes"

it "bad -j" 2 check -j many
tells "many"

it "negative -j" 2 check -j -3
tells "-j takes"

it "-j far out of range" 2 check -j 1000000
tells "-j takes"

it "directory that is not there" 2 -C no/such/place
tells "cannot enter 'no/such/place'"

it "--dir with one directory" 2 check --dir .
tells "BEFORE AFTER"

it "rules" 0 rules
prints "default-changed"

it "pages of all rules" 0 rules --markdown all
prints "default-changed"

it "page of one rule" 0 rules --markdown default-changed
prints "default-changed"
must_not grep -q compat-unknown-driver "$out"

it "page of an unknown rule" 2 rules --markdown nonsense
tells "no rule is called 'nonsense'"

it "explain" 0 explain default-changed
prints "default-changed"

it "explain without a rule" 2 explain
tells "explain needs a rule"

it "explain an unknown rule" 2 explain default-chnged
tells "did you mean 'default-changed'?"

it "a message cannot upset the terminal" 2 "$(printf -- '--\033[2J')"
must_not grep -q "$(printf '\033')" "$err"

finish
name="a reader that goes away is no error"
{ "$qcompat" rules --markdown all; echo $? >status; } 2>"$err" | :
[ "$(cat status)" -eq 0 ] || complain "status $(cat status)"
[ ! -s "$err" ] || complain "stderr is not empty"

end
