#!/bin/sh
# Runs every test; its last line sums the test programs up.
#
# Needs the Rust toolchain, a C compiler and Python with its venv module. The terminals, the emulator that reads them and
# SQLite come with the dependencies. The servers of some tests are Debian's packages, installed where they are missing and
# this may be done; what comes from Python's registry is put into target/tools. LibreOffice is large: grades are opened in
# it where it is installed (libreoffice-calc-nogui), and that test says so where it is not.
#
# Debug, not release: overflow and debug assertions are on, and nothing is optimised whole for each test program.
# Ignored tests run as well: the child processes of other tests, which on their own have nothing to do.
set -eu
cd "$(dirname "$0")/.."

missing=
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v openssl >/dev/null || missing="$missing openssl"
[ -x /usr/sbin/sshd ] || missing="$missing openssh-server"
command -v ssh >/dev/null || missing="$missing openssh-client"
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # A package starts its server as it is installed, unless this asks it not to.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
        trap 'rm -f "$policy"' EXIT
    fi
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qqy --no-install-recommends $missing
fi

tools=target/tools
if ! cmp -s tests/requirements.txt "$tools/installed.txt"; then
    python3 -m venv --clear "$tools" \
        && "$tools/bin/pip" install --quiet --disable-pip-version-check -r tests/requirements.txt \
        && cp tests/requirements.txt "$tools/installed.txt" \
        || echo "not all of tests/requirements.txt can be installed: its tests will fail" >&2
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
