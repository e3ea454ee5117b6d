#!/usr/bin/env bash
# Builds the documentation site: the pages of docs/, README and the API reference of the public packages.
#
#   eng/build-site.sh [FOLDER]    the default is artifacts/site, which Git ignores; an old site in FOLDER is replaced
#
# A broken link, a reference to a missing section or member, and a page that the table of contents (eng/site/docs-toc.yml) lacks are errors.
# docfx, of .config/dotnet-tools.json, makes the pages; nothing but packages is fetched. To look at the result:
#
#   python3 -m http.server -d artifacts/site
set -eu -o pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
site=$(realpath -m "${1:-$root/artifacts/site}")
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The pages as the site has them. docfx.json names this folder.
pages=artifacts/site-source
log=$(mktemp)
trap 'rm -f "$log"' EXIT

fail() { echo "build-site.sh: $1" >&2; exit 1; }

# quietly WHAT COMMAND...: prints the output only if the command fails.
quietly() {
    local what=$1
    shift
    "$@" >"$log" 2>&1 || { tail -n 40 "$log" >&2; fail "$what failed"; }
}

# linked PAGE: the targets of the relative links of a page, without their sections.
linked() { { grep -oE '\]\([^)]+\)' "$1" || true; } | sed -E 's/^\]\(//; s/\)$//; s/#.*//' | { grep -vE '^$|^[a-z]+:' || true; } | sort -u; }

# add_page PAGE: copies a page, and the files that are not pages but that it links to. README.md becomes the start page. A link to a folder
# leads to the page in it.
add_page() {
    local page=$1 folder target path copy=$pages/$1
    if [ "$page" = README.md ]; then copy=$pages/index.md; fi
    folder=$(dirname "$page")
    mkdir -p "$(dirname "$copy")"
    # In a table, GitHub needs \| for a bar in code. docfx would show the backslash. The even fields between backticks are code.
    awk -F '`' -v OFS='`' '/^\|/ { for (i = 2; i <= NF; i += 2) gsub(/\\\|/, "|", $i) } { print }' "$page" >"$copy"
    for target in $(linked "$page"); do
        path=$(realpath -m --relative-to=. "$folder/$target")
        if [ "$path" = README.md ]; then
            sed -i "s|](${target}\\([#)]\\)|](${target%README.md}index.md\\1|g" "$copy"
        elif [ -d "$path" ]; then
            sed -i "s|](${target})|](${target%/}/README.md)|g" "$copy"
        elif [ -f "$path" ] && [ "${path%.md}" = "$path" ]; then
            install -D -m 644 "$path" "$pages/$path"
        fi
    done
}

rm -rf "$pages"
quietly "the restore of the tools" dotnet tool restore
quietly "the restore of the packages" dotnet restore src/Packages.slnf

# The table of contents decides which pages the site has. A line that ends with "# if present" counts only if docs/ has the page.
contents=eng/site/docs-toc.yml
toc=$pages/docs/toc.yml
mkdir -p "$pages/docs"
while IFS= read -r line; do
    case $line in
        *"# if present")
            page=${line#*href: }
            [ -f "docs/${page%% *}" ] || continue
            ;;
    esac
    echo "$line"
done <"$contents" >"$toc"
for page in $(sed -nE 's|.*href: ([^ ]+\.md).*|docs/\1|p' "$toc"); do
    page=$(realpath -m --relative-to=. "$page")
    case $page in index.md) page=README.md ;; esac
    [ -f "$page" ] || fail "$contents lists $page, which does not exist"
    add_page "$page"
done
for page in docs/*.md; do
    [ -f "$pages/$page" ] || fail "$contents does not list $page"
done
install -m 644 eng/site/toc.yml "$pages/toc.yml"
install -D -m 644 eng/site/api.md "$pages/api/index.md"
install -D -m 644 src/icon.svg "$pages/images/icon.svg"
install -D -m 644 src/icon.png "$pages/images/icon.png"

# An overload inherits the documentation of another, and describes its own rows in front of it. docfx keeps the first description, which is the
# right one, and warns about the second.
quietly "the API reference" dotnet tool run docfx metadata eng/site/docfx.json
if warnings=$(grep -E 'warning' "$log" | grep -vE "Duplicate parameter 'rows' found|Build succeeded with warning|[0-9]+ warning\(s\)"); then
    echo "$warnings" >&2
    fail "the API reference has warnings"
fi

rm -rf "$site"
quietly "the site" dotnet tool run docfx build eng/site/docfx.json --warningsAsErrors --output "$site"
[ -f "$site/index.html" ] || fail "docfx wrote no index.html"
rm -f "$site/manifest.json" # lists the files with their paths on this machine
echo "$(find "$site" -name '*.html' | wc -l) pages in $site"
