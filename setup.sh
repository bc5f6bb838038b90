#!/bin/sh
# Sets up what is missing and nothing else: system packages, a virtual environment in .venv, the project with the
# extra named by $1 (student, teacher or dev). Run again it only looks, and returns at once.
set -eu
cd "$(dirname "$0")"
extra=${1:-student}
say() { printf '%s\n' "setup: $*" >&2; }

# What takes long says each step of it into $log. Of these $teller repeats, every few seconds, where it is, so that
# nobody takes the wait for a failure. Errors are no steps: they pass by.
log=
teller=
in_place() { find .venv/lib -path '*/site-packages/*.dist-info' -prune 2>/dev/null | wc -l; }
tell() {
    while sleep "${SETUP_TELLS_EVERY:-10}" >/dev/null 2>&1; do # a sleep that outlives $teller keeps no pipe open
        all=$(($(sed -n 's/^Installing collected packages: //p' "$log" | wc -w)))
        found=$(grep -c -e '^Collecting' -e '^Processing' "$log" || :)
        step=$(tail -n 1 "$log" | sed 's/^ *//; s/ (from .*//; s,g /.*/,g ,; s/-\([0-9][^-]*\)-[^ ]*\.whl/ \1/' | cut -c 1-100)
        if [ $all != 0 ]; then
            new=$(($(in_place) - before)) # one that is being replaced is there twice for a moment
            say "  $((new < all ? new : all)) of $all packages are in place"
        elif [ "$found" != 0 ]; then
            say "  $found packages so far; $step"
        else
            say "  $step"
        fi
    done
}
slowly() { # what it is, and the command
    log=$(mktemp)
    before=$(in_place)
    echo "$1" >"$log"
    shift
    tell &
    teller=$!
    status=0
    "$@" >>"$log" || status=$?
    quiet
    return $status
}
quiet() { # whatever the end
    [ -z "$teller" ] || kill "$teller" 2>/dev/null || :
    [ -z "$log" ] || rm -f "$log"
    teller='' log=''
}
trap quiet EXIT
trap 'exit 130' INT TERM

# A Python that is new enough: $PYTHON, or the first of the usual names.
python=
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    say "no Python 3.11, 3.12 or 3.13 was found. Debian, Ubuntu: sudo apt-get install python3; or name one: PYTHON=/path/to/python make …"
    exit 2
fi

# System packages that pip cannot bring: git, the ODBC driver manager and SQLite's driver, what venv needs, and for
# those who grade the wall around the students' code.
has_library() { "$python" -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null; }
missing=
command -v git >/dev/null 2>&1 || missing="$missing git"
has_library libodbc.so.2 || missing="$missing unixodbc"
[ -n "$(find /usr/lib /usr/local/lib -name 'libsqlite3odbc*' 2>/dev/null | head -n 1)" ] || missing="$missing libsqliteodbc"
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ "$extra" != student ]; then
    command -v bwrap >/dev/null 2>&1 || missing="$missing bubblewrap"
fi
# For those who prove the course: a real server, and the ODBC driver for it.
if [ "$extra" = dev ]; then
    command -v initdb >/dev/null 2>&1 || [ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null)" ] || missing="$missing postgresql"
    [ -n "$(find /usr/lib /usr/lib64 /usr/local/lib -name 'psqlodbcw.so' 2>/dev/null | head -n 1)" ] || missing="$missing odbc-postgresql"
fi
if [ "$extra" = dev ]; then
    command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
    # Slurm, only where root can start one: elsewhere its test is skipped.
    [ "$(id -u)" != 0 ] || command -v slurmctld >/dev/null 2>&1 || missing="$missing slurm-wlm munge"
fi
if [ -n "$missing" ]; then
    install="apt-get install -y --no-install-recommends$missing"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "missing:$missing. Install them with your system's package manager (these are Debian's names)."
        exit 2
    elif [ "$(id -u)" = 0 ]; then
        sudo=
    elif sudo -n true 2>/dev/null; then
        sudo=sudo
    else
        say "missing:$missing, and this account may not install them. Ask for, or type:"
        say "    sudo apt-get update && sudo $install"
        exit 2
    fi
    say "installing$missing"
    slowly "lists of packages" $sudo apt-get update
    # shellcheck disable=SC2086  # a list of words
    slowly "packages of the system" $sudo env DEBIAN_FRONTEND=noninteractive $install -o DPkg::Lock::Timeout=300
fi

# The stamp says for which dependencies, extra and Python .venv was made. dev holds teacher holds student.
version=$("$python" -c 'import sys; print(*sys.version_info[:2], sep=".")')
wanted="$version $("$python" -c 'import hashlib; print(hashlib.sha256(open("pyproject.toml", "rb").read()).hexdigest())')"
for larger in student teacher dev; do
    if [ -f ".venv/made-for-$larger" ] && [ "$(cat ".venv/made-for-$larger")" = "$wanted" ]; then
        case $extra/$larger in
        student/* | teacher/teacher | */dev) exit 0 ;;
        esac
    fi
done
say "making .venv for a $extra"
if ! .venv/bin/python -c "import pip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
    slowly "an empty environment first" "$python" -m venv --clear .venv
fi
# uv brings in seconds what takes pip minutes.
by_pip() { .venv/bin/python -m pip install --disable-pip-version-check --progress-bar off "$@"; }
by_uv() { # what it says are no errors yet: pip may reach, by its settings, what uv does not
    by_pip --quiet uv && .venv/bin/python -m uv pip install --python .venv/bin/python "$@"
} 2>>"$log"
if ! slowly "what the course needs is read" by_uv --editable ".[$extra]"; then
    say "uv cannot bring the packages here, so pip does (two minutes, or more)"
    slowly "what the course needs is read" by_pip --editable ".[$extra]"
fi
# Python compiles a module when it is first imported, but in students' rooms it could not keep what it compiles. So who
# grades has all compiled, but for what comes broken on purpose.
if [ "$extra" != student ]; then
    slowly "all modules are compiled" .venv/bin/python -m compileall -qq -j 0 .venv/lib || :
fi
printf '%s\n' "$wanted" >".venv/made-for-$extra"
