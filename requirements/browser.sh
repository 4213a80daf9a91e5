#!/bin/sh
# Brings the browser and the Chinese fonts that browser tests need, where we may install them.
set -eu

has_browser() { command -v chromium || command -v chromium-browser; }
has_fonts() { [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ]; }

if has_browser >/dev/null && has_fonts; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing chromium and fonts-noto-cjk for the browser tests ..." >&2
    if apt-get update -qq >/dev/null &&
        apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; then
        exit 0
    fi
fi
echo "No chromium or no Chinese font here: the browser tests will fail until the packages" \
    "chromium and fonts-noto-cjk are installed." >&2
