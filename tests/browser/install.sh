#!/bin/sh
# Installs what tests/integration/browser.rs needs: Chromium from Debian, and axe-core beside this file.
set -eu
cd "$(dirname "$0")"

# The rules of one version stay the same; another may find more.
AXE=4.14.1

if ! command -v chromium >/dev/null; then
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        sudo=sudo
    fi
    $sudo apt-get update
    $sudo apt-get install --yes --no-install-recommends chromium fonts-dejavu-core
fi

if ! [ -f axe.min.js ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    npm pack --silent --pack-destination "$folder" "axe-core@$AXE" >/dev/null
    tar -xzf "$folder/axe-core-$AXE.tgz" -C "$folder" package/axe.min.js
    mv "$folder/package/axe.min.js" axe.min.js
fi
