#!/bin/sh
# Installs the HTTP clients that tests/integration/clients.rs runs behind `listen`, into a folder of their
# own: tests/clients/install.sh [FOLDER [pypi|npm|debian]…]. Nothing outside of it is touched. What is
# missing is skipped, and the test says so.
set -eu
folder=${1:-$(dirname "$0")/../../target/clients}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
registries='pypi npm debian'
failed=0
if [ $# -gt 1 ]; then
    shift
    registries=$*
fi

from_pypi() {
    command -v python3 >/dev/null || return 0
    python3 -m venv "$folder/python" &&
        "$folder/python/bin/pip" install --quiet requests==2.34.2 httpx==0.28.1 aiohttp==3.14.5
}

from_npm() {
    command -v npm >/dev/null || return 0
    mkdir -p "$folder/node"
    npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$folder/node" \
        axios@1 got@14 node-fetch@3 undici@7
}

# Ruby, PHP and Go are unpacked beside the system, not installed into it.
from_debian() {
    command -v apt-get >/dev/null || return 0
    mkdir -p "$folder/deb/partial"
    apt-get --yes --quiet --quiet --download-only --no-install-recommends \
        -o Dir::Cache::archives="$folder/deb" install ruby php-cli php-curl golang-go ca-certificates ||
        return 1
    for package in "$folder"/deb/*.deb; do
        [ ! -e "$package" ] || dpkg-deb --extract "$package" "$folder/root" || return 1
    done
}

for registry in $registries; do
    case $registry in
        pypi) from_pypi ;;
        npm) from_npm ;;
        debian) from_debian ;;
        *) false ;;
    esac || {
        echo "$registry failed (debian needs root and lists of packages: apt-get update)" >&2
        failed=1
    }
done
echo "HEYGEN_DOCTOR_CLIENTS=$folder"
exit "$failed"
