#!/bin/sh
# Makes sure that a Chromium is there, or says that there is none: usage: find-chromium.sh VENV_BIN
set -u
bin=$1
found() { "$bin/python" -c 'import sys; from crawler.chromium import find_chromium; sys.exit(find_chromium() is None)'; }
found && exit 0
echo "rackrent: no Chromium yet; trying Playwright's own download ..."
timeout 120 "$bin/playwright" install chromium-headless-shell >/dev/null 2>&1 && found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "rackrent: installing Debian's chromium ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1
    found && exit 0
fi
echo "rackrent: no Chromium could be had: sources that need scripts are left out;" \
    "as root, 'apt-get install chromium' brings one" >&2
