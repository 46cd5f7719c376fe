#!/bin/sh
# Refreshes the lists that somebody else keeps up: browsers.tsv, systems.tsv, machines.tsv, versions.tsv and the test data.
# Installs the packages by name with npm into a temporary folder; needs node. Prints what changed; the tests say whether
# the new lists are good: `cargo test -p footfall-enrich`.
#
# sources.tsv, more-machines.tsv and spam-referrers.txt are our own tables and are edited by hand.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/trim.mjs" "$work/"
cd "$work"
npm install --silent --no-save --no-audit --no-fund --ignore-scripts uap-core crawler-user-agents user-agents yaml
node trim.mjs "$here"
git -C "$here" --no-pager diff --stat -- . ../tests/data || true
