#!/usr/bin/env bash
# One archive for a machine without network: the project at its last commit, every wheel of requirements.lock, and
# install.sh. TO=<folder> (here by default), PLATFORM=x86_64|aarch64, PYTHON_VERSION=3.11|3.12|3.13.
set -euo pipefail
cd "$(dirname "$0")/.."
to=$(realpath -m "${TO:-.}") machine=${PLATFORM:-$(uname -m)} version=${PYTHON_VERSION:-3.11}
name="enforcement-warehouse-$(git rev-parse --short HEAD)-$machine-py${version/./}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/wheels" "$to"
git archive --format=tar HEAD | tar -x -C "$work/$name"
# A wheel names the oldest C library it runs on. Debian 12 and Ubuntu 22.04 have 2.35 and newer ones.
platforms=(--platform "manylinux1_$machine" --platform "manylinux2010_$machine" --platform "manylinux2014_$machine")
for minor in $(seq 5 35); do platforms+=(--platform "manylinux_2_${minor}_$machine"); done
.venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
  --implementation cp --python-version "$version" "${platforms[@]}" -d "$work/$name/wheels" -r requirements.lock
echo "$version" > "$work/$name/PYTHON_VERSION"
(cd "$work/$name" && sha256sum wheels/* > wheels.sha256)
tar -C "$work" -cf "$work/$name.tar" "$name"
mv "$work/$name.tar" "$to/"
echo "打好的包 | the archive: $to/$name.tar"
