#!/bin/sh
# Installs the HTTP clients that tests/integration/clients.rs runs behind `listen`, into a folder of their
# own: tests/clients/install.sh [FOLDER]. Nothing outside of it is touched. What is missing is skipped,
# and the test says so.
set -eu
folder=${1:-$(dirname "$0")/../../target/clients}
mkdir -p "$folder/deb/partial" "$folder/node"
folder=$(cd "$folder" && pwd)

if command -v python3 >/dev/null; then
    python3 -m venv "$folder/python"
    "$folder/python/bin/pip" install --quiet requests==2.34.2 httpx==0.28.1 aiohttp==3.14.5 || echo "PyPI failed" >&2
fi

if command -v npm >/dev/null; then
    (cd "$folder/node" && npm install --silent --no-fund --no-audit --prefix . \
        axios@1 got@14 node-fetch@3 undici@7) || echo "npm failed" >&2
fi

# Ruby, PHP and Go are unpacked beside the system, not installed into it.
if command -v apt-get >/dev/null; then
    apt-get --yes --quiet --quiet --download-only --no-install-recommends \
        -o Dir::Cache::archives="$folder/deb" install ruby php-cli php-curl golang-go ca-certificates ||
        echo "apt-get failed: it needs root and lists of packages (apt-get update)" >&2
    for package in "$folder"/deb/*.deb; do
        [ -e "$package" ] && dpkg-deb --extract "$package" "$folder/root"
    done
fi
echo "HEYGEN_DOCTOR_CLIENTS=$folder"
