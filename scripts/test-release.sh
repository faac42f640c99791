#!/bin/sh
# All tests, and what they found in docs/reliability.md. Hours.
set -eu

results=release-results.json
rm -f "$results"
commit=$(git describe --always --dirty)
status=0
LVSGEN_TEST_RELEASE=1 LVSGEN_TEST_RESULTS=$results npx vitest run "$@" || status=$?
npx tsx scripts/release-results.ts "$commit" "$results"
exit "$status"
