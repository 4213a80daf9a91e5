#!/bin/sh
# Makes .venv what the pins say: `install.sh base` to run, `install.sh dev` to test and check.
# Does nothing, quickly, where it already is so.
set -eu

cd "$(dirname "$0")/.."
wanted=$1

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# A name on the PATH proves nothing (version managers put stand-ins there): run it.
fit() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

on_path() {
    old_ifs=$IFS
    IFS=:
    for folder in $PATH; do
        [ -x "${folder:-.}/$1" ] && fit "${folder:-.}/$1" && printf '%s' "${folder:-.}/$1" && break
    done
    IFS=$old_ifs
}

from_managers() {
    for version in 3.13 3.12 3.14 3; do
        for found in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python3 \
            "$HOME"/.pyenv/versions/"$version".*/bin/python3 \
            "$HOME"/.local/share/uv/python/cpython-"$version".*/bin/python3; do
            [ -x "$found" ] && fit "$found" && printf '%s' "$found" && return
        done
    done
}

fetched() {
    fetcher=$(command -v uv || true)
    if [ -z "$fetcher" ] && python3 -m venv .build/uv >/dev/null 2>&1; then
        .build/uv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt \
            >/dev/null 2>&1 && fetcher=.build/uv/bin/uv
    fi
    [ -n "$fetcher" ] && "$fetcher" python install --quiet 3.13 >/dev/null 2>&1 || return 0
    "$fetcher" python find --managed-python 3.13 2>/dev/null || true
}

find_python() {
    for name in python3.13 python3.12 python3.14 python3.15 python3; do
        found=$(on_path "$name") || true
        [ -n "$found" ] && printf '%s' "$found" && return
    done
    found=$(from_managers) || true
    [ -n "$found" ] || found=$(fetched)
    printf '%s' "$found"
}

install_from() {
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check "$@" || fail \
        "The packages could not be installed (see above). If no package registry can be reached" \
        "from here, set PIP_INDEX_URL to one that can, and run the same command again."
}

# A moved checkout needs a new environment, so its place is part of the stamp.
state=$(cat requirements/base.txt requirements/dev.txt pyproject.toml | cksum)
state="$state $(pwd -P)"
for stamp in ".venv/made-for-$wanted" .venv/made-for-dev; do
    if [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && fit .venv/bin/python; then
        exit 0
    fi
done

if ! fit .venv/bin/python; then
    python=$(find_python)
    [ -n "$python" ] || fail "Python 3.12 or newer (with its venv module) was not found and could" \
        "not be fetched: install python3.13, or put it on the PATH, and run the same command again."
    say "Making .venv with $("$python" --version) ..."
    rm -rf .venv
    "$python" -m venv .venv || fail "$python could not make an environment in .venv (see above)."
fi
say "Installing what requirements/$wanted.txt lists ..."
install_from --require-hashes -r "requirements/$wanted.txt"
PYTHONWARNINGS=ignore install_from --no-deps --no-build-isolation --config-settings \
    editable_mode=compat --editable .
printf '%s' "$state" >".venv/made-for-$wanted"
