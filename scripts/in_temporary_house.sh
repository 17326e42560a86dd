#!/usr/bin/env bash
# Runs a command with a database and files of its own, prepared and removed afterwards.
# Usage: scripts/in_temporary_house.sh COMMAND…        DATABASE_URL, when set, names another database
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
house=$(mktemp -d)
trap 'rm -rf -- "$house"' EXIT
export VAR_DIR=$house DEMO=1 DATABASE_URL="${DATABASE_URL:-sqlite:///$house/zhida.sqlite3}"
.venv/bin/python scripts/prepare.py
"$@"
