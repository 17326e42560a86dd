#!/usr/bin/env bash
# System libraries, .venv and hash-pinned packages; a second run only looks.
# Usage: scripts/setup.sh run|dev        PYTHON=… names the interpreter to build .venv with
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
mode=${1:-run}

new_enough() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if new_enough "$name"; then printf '%s' "$name"; return; fi
  done
  echo "Zhida needs Python 3.11 or newer; python3 here is: $(python3 --version 2>&1 || true). Install one, or name it: make PYTHON=/path/to/python3.12 setup" >&2
  return 1
}

case $PWD in *:*) echo "Python cannot make a virtual environment in a path with a colon: $PWD" >&2; exit 1 ;; esac

mkdir -p var
exec 9>var/.setup.lock
flock 9 2>/dev/null || true

python=$(find_python)
"$python" scripts/system_packages.py "$mode"

if ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  rm -rf .venv
  "$python" -m venv .venv
fi

if [ ! -e .env ]; then
  printf '# What this site is; .env.example tells all that can be set.\nDEMO=%s\n' "${DEMO:-1}" >.env
fi

stamp() { # what the installed packages were made from
  { cat requirements.txt; [ "$1" = run ] || cat requirements-dev.txt; .venv/bin/python -VV; } | sha256sum
}
installed() { [ "$(cat ".venv/.installed-$1" 2>/dev/null)" = "$(stamp "$1")" ]; }

if ! installed dev && { [ "$mode" = dev ] || ! installed run; }; then
  file=requirements.txt
  [ "$mode" = run ] || file=requirements-dev.txt
  echo "Installing Python packages from $file; the first time this takes a minute or two."
  rm -f .venv/.installed-*
  .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes -r "$file"
  stamp "$mode" >".venv/.installed-$mode"
fi
