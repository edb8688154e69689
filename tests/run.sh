#!/bin/sh
# Runs every test; its last line sums the test programs up.
#
# Needs the Rust toolchain and a C compiler. The terminals, the emulator that reads them and SQLite come with the
# dependencies. PostgreSQL's server is installed from Debian's package where it is missing and this may be done.
#
# Debug, not release: overflow and debug assertions are on, and nothing is optimised whole for each test program.
# Ignored tests run as well: the child processes of other tests, which on their own have nothing to do.
set -eu
cd "$(dirname "$0")/.."

if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qqy --no-install-recommends postgresql openssl
fi

# A pipe would hide cargo's exit status, so that travels along as the last line.
{ status=0; cargo test --no-fail-fast -- --include-ignored 2>&1 || status=$?; echo "cargo test: $status"; } | awk '
    /^cargo test: [0-9]+$/ { status = $3; next }
    { print; fflush() }
    /^test result: / { passed += $4; failed += $6; ignored += $8; sub(/s$/, "", $NF); seconds += $NF }
    END {
        verdict = status == 0 && passed > 0 ? "ok" : "FAILED"
        printf "test result: %s. %d passed; %d failed; %d ignored; 0 measured; 0 filtered out; finished in %.2fs\n",
            verdict, passed, failed, ignored, seconds
        exit verdict == "ok" ? 0 : 1
    }'
