#!/usr/bin/env bash
# Every check that needs no test: all of them run, then the failed ones are named. Exit 1 when there is one.
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit 1
export TEST_DATABASE=sqlite
python=.venv/bin/python
imports='import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'
failed=()

check() { # name command…
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then
    printf 'ok      %s\n' "$name"
  else
    printf '%s\nFAILED  %s\n' "$said" "$name"
    failed+=("$name")
  fi
}

check "ruff check" $python -m ruff check --output-format concise .
check "ruff format" $python -m ruff format --check --quiet .
check "templates" $python -m djlint --lint --quiet templates
check "types" $python -m mypy
check "import order" $python -c "$imports" --cache-dir var/cache/imports
check "django check" $python manage.py check --fail-level WARNING --settings tests.settings
check "migrations" $python manage.py makemigrations --check --dry-run --settings tests.settings
check "translations" $python scripts/check_translations.py
check "sizes" $python scripts/check_sizes.py
check "leftovers" $python scripts/check_leftovers.py
check "catalogue" $python manage.py load_catalogue --check --settings tests.settings

if [ ${#failed[@]} -gt 0 ]; then
  printf 'failed: %s\n' "${failed[*]}" >&2
  exit 1
fi
