#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Help, man page, completions and the parser know the same commands, options,
# formats and rules.
. "$(dirname "$0")/lib.sh"

# commands, and the options of COMMAND, as --help has them.
"$qcompat" --help | sed -n '/^Commands/,/^$/s/^  \([a-z]*\)  *.*/\1/p' >commands
options() {
    "$qcompat" "$1" --help | sed -n 's/^  \(-., \)*--\([a-z-]*\).*/\2/p' | sort
}
value() {
    case $1 in
    format) echo json ;; output) echo /dev/null ;; warn) echo '*=note' ;;
    fail-on) echo error ;; color) echo never ;; jobs) echo 1 ;;
    chdir) echo . ;; fix) echo print ;; *) echo 1 ;;
    esac
}

it "there are commands" 0 --help
must test "$(wc -l <commands)" -ge 10
for format in bash zsh fish man; do
    it "completions of $format" 0 completions $format
    cp "$out" $format
done
sed -n 's/^\.SS \([a-z]*\).*/\1/p' man >found
it "the man page has the commands" 0 --version
must cmp -s commands found
sed -n "s/^complete .*__fish_use_subcommand -a \([a-z]*\) .*/\1/p" fish >found
it "fish has the commands" 0 --version
must cmp -s commands found

while read -r command; do
    it "$command: options agree" 0 "$command" --help
    options "$command" >wanted
    must test -s wanted
    sed -n "/^\.SS $command /,/^\.S[SH]/p" man |
        sed -n 's/^.*\\-\\-\([a-z\\-]*\)\\fR.*/\1/p' | tr -d '\\' |
        sort >found
    cmp -s wanted found || complain "man: $(diff wanted found | tr '\n' ' ')"
    sed -n "s/^complete .*subcommand_from $command' -l \([a-z-]*\) .*/\1/p" \
        fish | sort >found
    cmp -s wanted found || complain "fish: $(diff wanted found | tr '\n' ' ')"
    sed -n "s/^    $command) words='\(.*\)' ;;/\1/p" bash | tr ' ' '\n' |
        sed -n 's/^--\([a-z-]*\)=*$/\1/p' | sort >found
    cmp -s wanted found || complain "bash: $(diff wanted found | tr '\n' ' ')"
    sed -n "/^$command)\$/,/;;/s/^ *'\*--\([a-z-]*\).*/\1/p" zsh | sort >found
    cmp -s wanted found || complain "zsh: $(diff wanted found | tr '\n' ' ')"
    # The parser takes each of them, with and without the value as shown.
    while read -r option; do
        takes=$("$qcompat" "$command" --help |
                sed -n "s/^  \(-., \)*--$option\(=*\).*/\2/p")
        case $takes in
        =*) set -- "--$option=$(value "$option")" ;;
        *) set -- "--$option" ;;
        esac
        "$qcompat" "$command" "$@" --help >/dev/null 2>&1 ||
            complain "$command $* is refused"
    done <wanted
done <commands

it "formats agree" 0 check --help
for format in $(sed -n "s/.*check:--format.*words='\(.*\)'.*/\1/p" bash); do
    grep -q "\b$format\b" "$out" || complain "--help lacks $format"
    "$qcompat" check --dir "$base" "$base" -f "$format" >/dev/null 2>&1 ||
        complain "$format is refused"
done
it "rules agree" 0 rules -q
"$qcompat" rules -q | cut -d ' ' -f 1 >wanted
sed -n "s/^    explain) words='\(.*\)' ;;/\1/p" bash |
    tr ' ' '\n' | grep -v '^--' >found
must cmp -s wanted found

if command -v bash >/dev/null; then
    it "bash completes" 0 --version
    cat >complete.bash <<'EOF'
. ./bash
complete_words() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _qcompat 2>/dev/null
    echo "${COMPREPLY[*]}"
}
complete_words qcompat expl
complete_words qcompat check --fail-on w
complete_words qcompat explain default-
complete_words qcompat check --stag
EOF
    must test "$(bash complete.bash | tr '\n' '|')" = \
        "explain|warning|default-changed default-changed-in-code|--staged|"
fi
if command -v man >/dev/null && command -v groff >/dev/null; then
    it "groff reads the man page" 0 --version
    groff -man -Tutf8 -ww -z man 2>warnings
    must test ! -s warnings
fi

# What the templates call must be there.
root=$(dirname "$(dirname "$base")")
it "templates agree" 0 check --help
for word in $(cat "$root"/ci/templates/* "$root/.pre-commit-hooks.yaml" |
              grep -v '^ *#' | grep -oE -e ' (--[a-z-]+|-f [a-z]+)' |
              tr -s ' ' | sed 's/^ //; s/-f /-f=/' | sort -u); do
    case $word in
    -f=*) grep -q "\b${word#-f=}\b" "$out" || complain "no format $word" ;;
    --tags | --quiet | --check) ;;
    *) grep -q -e "  $word\b" "$out" || complain "no option $word" ;;
    esac
done
if python3 -c 'import yaml' 2>/dev/null; then
    must python3 -c 'import sys, yaml
for name in sys.argv[1:]: yaml.safe_load(open(name))' \
        "$root"/ci/templates/*.yml "$root/.pre-commit-hooks.yaml"
fi

it "a shell that is none" 2 completions bsah
tells "did you mean 'bash'"
it "no shell" 2 completions
tells "bash, zsh, fish or man"
it "an option that is nearly one" 2 check --stagd
tells "did you mean '--staged'"
it "a command that is nearly one" 2 chekc
tells "did you mean 'check'"
it "a rule that is nearly one" 2 check -W default-change=off
tells "did you mean 'default-changed'"
it "a rule to explain that is nearly one" 2 explain default-change
tells "default-changed"
it "a level that is none" 2 check --fail-on eror
tells "error, warning, note or never"
end
