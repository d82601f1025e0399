#!/bin/sh
# Makes the virtual environment from requirements.lock: usage: make-venv.sh FOLDER
set -eu
venv=$1
python=${PYTHON:-python3}
"$python" - <<'PY' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit(f"rackrent: Python {sys.version.split()[0]} is too old: install Python 3.11 or newer, "
             "or name one: make run PYTHON=python3.12")
PY
if [ ! -x "$venv/bin/pip" ]; then
    "$python" -m venv "$venv" || {
        echo "rackrent: the venv module is missing: apt-get install python3-venv" >&2
        exit 1
    }
fi
echo "rackrent: installing dependencies (only when requirements.lock changed) ..."
log=$venv/install.log
quietly() { "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }; }
quietly "$venv/bin/pip" install --disable-pip-version-check --require-hashes -r requirements.lock || {
    echo "rackrent: pip could not install requirements.lock: is the package index reachable?" >&2
    exit 1
}
quietly "$venv/bin/pip" install --disable-pip-version-check --no-deps --no-build-isolation -e .
