#!/bin/sh
# Runs every test; its last line sums the test programs up.
#
# Needs the Rust toolchain, a C compiler and Python with its venv module. The terminals, the emulator that reads them and the
# database come with the dependencies; taplo, which reads our schemas, is put into target/tools where it is not there yet.
#
# Debug, not release: overflow and debug assertions are on, and nothing is optimised whole for each test program.
# Ignored tests run as well: the child processes of other tests, which on their own have nothing to do.
set -eu
cd "$(dirname "$0")/.."

tools=target/tools
if [ ! -x "$tools/bin/taplo" ]; then
    python3 -m venv "$tools" && "$tools/bin/pip" --quiet install taplo==0.9.3 \
        || echo "taplo cannot be installed: its test will fail" >&2
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
