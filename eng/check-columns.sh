#!/usr/bin/env bash
# Lists the C# lines that are longer than the 140 columns of .editorconfig, which no formatter enforces. The exit code is 1 if there are any.
#
#   eng/check-columns.sh [FOLDER...]    without folders: all folders that must observe the limit
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
export LC_ALL=C.UTF-8
folders=("$@")
if [ $# -eq 0 ]; then folders=(tests bench samples); fi
# Generated files do not count.
found=$(grep -rnE --include='*.cs' --exclude-dir=bin --exclude-dir=obj '^.{141,}' "${folders[@]}")
if [ -z "$found" ]; then exit 0; fi
cut -c 1-160 <<<"$found"
echo "$(wc -l <<<"$found") lines are longer than 140 columns"
exit 1
