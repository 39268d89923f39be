#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs ProdEdit for one person, without root; run by the .run file in the folder that it unpacked.
#   --prefix FOLDER   instead of ~/.local
#   --uninstall       remove what an earlier run installed; --with-data: also what ProdEdit keeps for you
set -eu

ID=io.prodedit.ProdEdit
prefix=${HOME:?HOME is not set}/.local
task=install
with_data=

fail() {
    printf 'prodedit: %s\n' "$1" >&2
    exit 1
}

while [ $# -gt 0 ]; do
    case $1 in
    --prefix) prefix=${2:?--prefix needs a folder}; shift ;;
    --uninstall) task=uninstall ;;
    --with-data) with_data=yes ;;
    --help) sed -n '3,5s/^# //p' "$0"; exit 0 ;;
    *) fail "There is no option $1; there are --prefix FOLDER, --uninstall, --with-data, --help." ;;
    esac
    shift
done
case $prefix in
/*) ;;
*) prefix=$PWD/$prefix ;;
esac
program=$prefix/lib/prodedit
share=$prefix/share

# Nobody's work is lost, and no running program meets parts of another version.
in_use() {
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null || true) in
        "$program"/*) return 0 ;;
        esac
    done
    return 1
}

tell_desktop() {
    for tool in "update-desktop-database $share/applications" "update-mime-database $share/mime" \
        "gtk-update-icon-cache -q -t $share/icons/hicolor"; do
        # A desktop without the tool looks for itself.
        command -v "${tool%% *}" >/dev/null 2>&1 && $tool >/dev/null 2>&1 || true
    done
}

remove() {
    [ -f "$program/installed-files" ] || return 0
    while IFS= read -r name; do
        rm -f -- "$prefix/$name"
        folder=$(dirname -- "$prefix/$name")
        while [ "$folder" != "$prefix" ] && rmdir -- "$folder" 2>/dev/null; do
            folder=$(dirname -- "$folder")
        done
    done <"$program/installed-files"
    rm -rf -- "$program"
}

# What the system's tools make of types of files, where nothing else is left to make it of.
remove_made() {
    if [ -d "$share/mime" ] && [ -z "$(find "$share/mime/packages" -name '*.xml' 2>/dev/null)" ]; then
        rm -rf -- "$share/mime"
    fi
    rm -f -- "$share/icons/hicolor/icon-theme.cache"
    for cache in "$share/applications/mimeinfo.cache"; do
        [ -z "$(find "$share/applications" -name '*.desktop' 2>/dev/null)" ] && rm -f -- "$cache"
    done
    for folder in icons/hicolor icons applications metainfo man/man1 man mime .; do
        rmdir -- "$share/$folder" 2>/dev/null || true
    done
    rmdir -- "$prefix/lib" "$prefix/bin" 2>/dev/null || true
}

uninstall() {
    [ -d "$program" ] || fail "There is no ProdEdit in $prefix."
    in_use && fail "ProdEdit is running. Please close it first."
    remove
    tell_desktop
    remove_made
    if [ -n "$with_data" ]; then
        rm -rf -- "${PRODEDIT_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/prodedit}" \
            "${XDG_CONFIG_HOME:-$HOME/.config}/prodedit" "${XDG_CACHE_HOME:-$HOME/.cache}/prodedit" \
            "${XDG_STATE_HOME:-$HOME/.local/state}/prodedit"
        echo "ProdEdit is removed, and what it kept for you."
    else
        echo "ProdEdit is removed. What it kept for you is still there."
    fi
}

install() {
    here=$(dirname -- "$0")
    in_use && fail "ProdEdit is running. Please close it first, then run this again."
    mkdir -p -- "$prefix/lib" 2>/dev/null || fail "The folder $prefix can't be written to."
    [ -w "$prefix/lib" ] || fail "The folder $prefix can't be written to."
    needed=$(du -sk -- "$here/prodedit" | cut -f1)
    free=$(df -Pk -- "$prefix/lib" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt $((needed + 20480)) ] ||
        fail "There is not enough space in $prefix: $((needed / 1024)) MB are needed, $((free / 1024)) are free."
    new=$prefix/lib/.prodedit-new.$$
    trap 'rm -rf -- "$new"' EXIT
    trap 'exit 1' HUP INT TERM
    cp -R -- "$here/prodedit" "$new" || fail "The files could not be written to $prefix."
    (cd -- "$here" && find share bin -type f -o -type l) >"$new/installed-files"
    cp -- "$here/install.sh" "$new/install.sh"
    remove
    mv -- "$new" "$program"
    (cd -- "$here" && tar -cf - share) | (cd -- "$prefix" && tar -xf -)
    entry=$share/applications/$ID.desktop
    sed -i "s|^Exec=prodedit|Exec=\"$program/prodedit\"|; s|^TryExec=.*|TryExec=$program/prodedit|" "$entry"
    mkdir -p -- "$prefix/bin"
    ln -sf -- "$program/prodedit" "$prefix/bin/prodedit"
    tell_desktop
    echo "ProdEdit is installed in $program. It stands in the menu, and as $prefix/bin/prodedit."
    echo "To remove it: sh $program/install.sh --uninstall$([ "$prefix" = "$HOME/.local" ] || printf ' --prefix %s' "$prefix")"
}

$task
