#!/usr/bin/env bash
# What `make test` needs beside Python, from Debian or Ubuntu; nothing is started on this machine, now or at its next start.
set -euo pipefail
PACKAGES=(chromium fonts-noto-cjk fontconfig postgresql nginx-light openssl)
POLICY=${POLICY:-/usr/sbin/policy-rc.d}

have() {
  command -v chromium && fc-list | grep -qi 'noto.*cjk' && ls /usr/lib/postgresql/*/bin/initdb && command -v openssl &&
    { command -v nginx || ls /usr/sbin/nginx; }
}

have >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "the tests need: sudo bash deploy/needs.sh (${PACKAGES[*]})"
  exit 1
fi
echo "Installing ${PACKAGES[*]} for the tests; no service is started"
strangers=()
for unit in nginx postgresql; do
  systemctl cat "$unit" >/dev/null 2>&1 || strangers+=("$unit")
done
if [ ! -e "$POLICY" ]; then
  trap 'rm -f "$POLICY"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${PACKAGES[@]}" >/dev/null
for unit in "${strangers[@]}"; do
  systemctl disable --quiet "$unit" >/dev/null 2>&1 || true
done
