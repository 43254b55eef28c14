#!/usr/bin/env bash
# Installs an unpacked archive of `make bundle` where it lies. It asks no network, and starts nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f wheels.sha256 ] || { echo "这里不是 make bundle 打的包 | this is no unpacked archive of make bundle"; exit 2; }
version=$(cat PYTHON_VERSION)
python=${PYTHON:-$(command -v "python$version" || true)}
[ -n "$python" ] || { echo "需要 Python $version；PYTHON=/路径/python$version | Python $version is needed"; exit 2; }
"$python" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" ||
  { echo "$python 不是 Python $version | is not Python $version, for which the archive was made"; exit 2; }
sha256sum --quiet -c wheels.sha256 || { echo "包已损坏，请重新拷贝 | the archive is damaged: copy it again"; exit 1; }
"$python" -m venv .venv
pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps)
"${pip[@]}" --find-links wheels --require-hashes -r requirements.lock
"${pip[@]}" --no-build-isolation --editable .
touch -r requirements.lock .venv/.ready && touch .venv/.ready
echo "装好了；下一步 | installed; next: make settings · make run · make doctor"
