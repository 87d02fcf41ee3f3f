#!/usr/bin/env bash
# Where the action's program comes from: an input, the PATH, a release, or else this action's own source.
set -euo pipefail

say() {
  printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

if [[ -n ${DOCTOR_BINARY:-} || -z ${DOCTOR_VERSION:-}${DOCTOR_SHA256:-} ]]; then
  program=$(command -v "${DOCTOR_BINARY:-heygen-doctor}" || true)
  if [[ -n $program ]]; then
    say program "$program"
    exit
  elif [[ -n ${DOCTOR_BINARY:-} ]]; then
    printf '::error::There is no program %s\n' "$DOCTOR_BINARY"
    exit 2
  fi
fi

from_source() {
  printf '::notice::%s, so heygen-doctor is built from source, which takes minutes\n' "$1"
  cargo install --locked --quiet --path "$GITHUB_ACTION_PATH" --root "$RUNNER_TEMP/heygen-doctor"
  say program "$RUNNER_TEMP/heygen-doctor/bin/heygen-doctor"
  exit
}

releases=${DOCTOR_RELEASES:-}
if [[ -z $releases && -n ${DOCTOR_REPOSITORY:-} ]]; then
  releases=$GITHUB_SERVER_URL/$DOCTOR_REPOSITORY/releases/download
fi
[[ -n $releases ]] || from_source 'This action is a copy without releases'

case "$RUNNER_OS-$RUNNER_ARCH" in
  Linux-X64) target=x86_64-unknown-linux-musl end=tar.gz ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl end=tar.gz ;;
  macOS-X64) target=x86_64-apple-darwin end=tar.gz ;;
  macOS-ARM64) target=aarch64-apple-darwin end=tar.gz ;;
  Windows-X64) target=x86_64-pc-windows-msvc end=zip ;;
  *) from_source "There is no release for $RUNNER_OS on $RUNNER_ARCH" ;;
esac

version=${DOCTOR_VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)}
archive=heygen-doctor-$version-$target.$end
sha256=${DOCTOR_SHA256:-}
if [[ -z $sha256 ]]; then
  sums=$(curl -fsSL --retry 3 "$releases/v$version/SHA256SUMS") || from_source "Version $version isn't released"
  sha256=$(awk -v name="$archive" '$2 == name { print $1 }' <<< "$sums")
fi
if [[ ! $sha256 =~ ^[0-9a-f]{64}$ ]]; then
  printf '::error::%s has no SHA-256 sum\n' "$archive"
  exit 2
fi
say url "$releases/v$version/$archive"
say sha256 "$sha256"
