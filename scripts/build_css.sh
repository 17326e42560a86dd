#!/bin/sh
# Compile project/static/zhida/app.scss into app.css. Run by hand after a change of look; the result is committed, so
# nothing is built at deploy. Needs npm; works in a directory of its own and leaves nothing behind.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent govuk-frontend@6.6.0 sass@1.108.2
style="$here/project/static/zhida"
"$work/node_modules/.bin/sass" --quiet-deps --style=compressed --no-source-map \
  --load-path="$work/node_modules/govuk-frontend/dist" "$style/app.scss" "$style/app.css"
printf '%s bytes, %s gzipped\n' "$(wc -c <"$style/app.css")" "$(gzip -9 -c "$style/app.css" | wc -c)"
