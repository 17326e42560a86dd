#!/usr/bin/env bash
# Runs the named benchmarks one after the other; each prints JSON lines.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
for name in "$@"; do
  .venv/bin/python manage.py bench "$name"
done
