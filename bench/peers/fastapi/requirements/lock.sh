#!/bin/sh
# Pins all packages anew, with the hashes of their files: run it in this folder, with uv on the path.
set -eu
export UV_CUSTOM_COMPILE_COMMAND="sh lock.sh"
pin="uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url"
$pin --output-file all.txt all.in
for each in default tuned; do
  $pin --constraint all.txt --output-file "$each.txt" "$each.in"
done
