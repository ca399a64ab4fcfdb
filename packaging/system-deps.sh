#!/usr/bin/env bash
# Installs the system packages that Marmalade needs and that are missing; --test adds what its tests need.
#
# Debian, Ubuntu, Fedora, Arch and their kin. What is there already is recognised by the thing itself (a library that
# the loader finds, a program on the PATH), so a machine that has all of it needs neither a network nor root.
# --check installs nothing: it prints the missing packages and ends with 1 when there are any.
set -euo pipefail

PATH="$PATH:/usr/sbin:/sbin" # ldconfig, for users who are not root

# what must be there                        | Debian, Ubuntu            | Fedora               | Arch
RUN_NEEDS='
command ffmpeg                              | ffmpeg                    | ffmpeg-free          | ffmpeg
library libavdevice.so                      | ffmpeg                    | ffmpeg-free          | ffmpeg
library libavfilter.so                      | ffmpeg                    | ffmpeg-free          | ffmpeg
library libchromaprint.so.1                 | libchromaprint1           | libchromaprint       | chromaprint
library libEGL.so.1                         | libegl1                   | libglvnd-egl         | libglvnd
library libGL.so.1                          | libgl1                    | libglvnd-glx         | libglvnd
library libX11.so.6                         | libx11-6                  | libX11               | libx11
library libX11-xcb.so.1                     | libx11-xcb1               | libX11-xcb           | libx11
library libXext.so.6                        | libxext6                  | libXext              | libxext
library libXrandr.so.2                      | libxrandr2                | libXrandr            | libxrandr
library libbrotlidec.so.1                   | libbrotli1                | libbrotli            | brotli
library libdbus-1.so.3                      | libdbus-1-3               | dbus-libs            | dbus
library libdrm.so.2                         | libdrm2                   | libdrm               | libdrm
library libfontconfig.so.1                  | libfontconfig1            | fontconfig           | fontconfig
library libfreetype.so.6                    | libfreetype6              | freetype             | freetype2
library libgthread-2.0.so.0                 | libglib2.0-0              | glib2                | glib2
library libgssapi_krb5.so.2                 | libgssapi-krb5-2          | krb5-libs            | krb5
library libpipewire-0.3.so.0                | libpipewire-0.3-0         | pipewire-libs        | libpipewire
library libpulse.so.0                       | libpulse0                 | pulseaudio-libs      | libpulse
library libwayland-client.so.0              | libwayland-client0        | libwayland-client    | wayland
library libwayland-cursor.so.0              | libwayland-cursor0        | libwayland-cursor    | wayland
library libwayland-egl.so.1                 | libwayland-egl1           | libwayland-egl       | wayland
library libxcb-cursor.so.0                  | libxcb-cursor0            | xcb-util-cursor      | xcb-util-cursor
library libxcb-icccm.so.4                   | libxcb-icccm4             | xcb-util-wm          | xcb-util-wm
library libxcb-image.so.0                   | libxcb-image0             | xcb-util-image       | xcb-util-image
library libxcb-keysyms.so.1                 | libxcb-keysyms1           | xcb-util-keysyms     | xcb-util-keysyms
library libxcb-randr.so.0                   | libxcb-randr0             | libxcb               | libxcb
library libxcb-render-util.so.0             | libxcb-render-util0       | xcb-util-renderutil  | xcb-util-renderutil
library libxcb-shape.so.0                   | libxcb-shape0             | libxcb               | libxcb
library libxcb-shm.so.0                     | libxcb-shm0               | libxcb               | libxcb
library libxcb-sync.so.1                    | libxcb-sync1              | libxcb               | libxcb
library libxcb-util.so.1                    | libxcb-util1              | xcb-util             | xcb-util
library libxcb-xfixes.so.0                  | libxcb-xfixes0            | libxcb               | libxcb
library libxcb-xkb.so.1                     | libxcb-xkb1               | libxcb               | libxcb
library libxkbcommon.so.0                   | libxkbcommon0             | libxkbcommon         | libxkbcommon
library libxkbcommon-x11.so.0               | libxkbcommon-x11-0        | libxkbcommon-x11     | libxkbcommon-x11
'
# Arch has Clementine in its user repository only.
TEST_NEEDS='
command Xvfb                                | xvfb                      | xorg-x11-server-Xvfb | xorg-server-xvfb
command xvfb-run                            | xvfb                      | xorg-x11-server-Xvfb | xorg-server-xvfb
command xauth                               | xauth                     | xorg-x11-xauth       | xorg-xauth
command clementine                          | clementine                | clementine           | -
command dbus-daemon                         | dbus                      | dbus-daemon          | dbus
command dbus-run-session                    | dbus                      | dbus-daemon          | dbus
file /usr/share/dbus-1/session.conf         | dbus-session-bus-common   | dbus-common          | dbus
command gdbus                               | libglib2.0-bin            | glib2                | glib2
command sqlite3                             | sqlite3                   | sqlite               | sqlite
file /usr/lib*/gstreamer-1.0/libgstflac.so /usr/lib/*/gstreamer-1.0/libgstflac.so | gstreamer1.0-plugins-good | gstreamer1-plugins-good | gst-plugins-good
command strace                              | strace                    | strace               | strace
command xwininfo                            | x11-utils                 | xwininfo             | xorg-xwininfo
command import                              | imagemagick               | ImageMagick          | imagemagick
'

column() { # the place of this system in the tables: 2, 3 or 4
    if command -v apt-get >/dev/null; then
        echo 2
    elif command -v dnf >/dev/null; then
        echo 3
    elif command -v pacman >/dev/null; then
        echo 4
    else
        echo 0
    fi
}

is_there() { # is_there KIND NAME...
    local kind=$1
    shift
    case $kind in
    command) command -v "$1" >/dev/null ;;
    library) grep -qF -- "$1" <<<"$LIBRARIES" ;;
    file) compgen -G "$1" >/dev/null || { [ $# -gt 1 ] && compgen -G "$2" >/dev/null; } ;;
    esac
}

missing_packages() { # missing_packages COLUMN: one package a line, each once
    local needs=$RUN_NEEDS need
    [ "$WITH_TESTS" = no ] || needs+=$TEST_NEEDS
    while IFS='|' read -r -a need; do
        [ ${#need[@]} -eq 4 ] || continue
        set -f # the patterns of files are for compgen
        # shellcheck disable=SC2086 # the kind and the names are words
        is_there ${need[0]} || echo "${need[$1 - 1]// /}"
        set +f
    done <<<"$needs" | sort -u
    "$HERE/find-python.sh" --quiet || python_packages "$1"
}

python_packages() {
    case $1 in
    2) echo python3-venv ;;
    3) echo python3 ;;
    4) echo python ;;
    esac
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

install_packages() { # install_packages COLUMN PACKAGE...
    local place=$1
    shift
    case $place in
    2)
        # One unreachable source among several is no reason to stop: the old lists may do.
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || true
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
        ;;
    3) as_root dnf install -y -q --setopt=install_weak_deps=False "$@" ;;
    4) as_root pacman -S --needed --noconfirm -q "$@" ;;
    esac
}

newer_python() { # Debian's kin may have an old python3 and a newer one beside it
    "$HERE/find-python.sh" --quiet || [ "$1" -ne 2 ] && return
    local version
    for version in 3.13 3.12 3.11; do
        [ -n "$(apt-cache search --names-only "^python$version-venv\$")" ] || continue
        install_packages "$1" "python$version-venv"
        return
    done
}

stop() {
    echo "$1" >&2
    exit 1
}

main() {
    local place wanted=() package
    place=$(column)
    [ "$place" -ne 0 ] || place=2
    while read -r package; do
        if [ "$package" = - ]; then
            echo "Not packaged on this system, tests that need it will fail: clementine" >&2
        elif [ -n "$package" ]; then
            wanted+=("$package")
        fi
    done < <(missing_packages "$place")
    [ ${#wanted[@]} -gt 0 ] || return 0

    if [ "$CHECK_ONLY" = yes ]; then
        printf '%s\n' "${wanted[@]}"
        exit 1
    fi
    [ "$(column)" -ne 0 ] ||
        stop "This system has none of apt-get, dnf and pacman; please install what Debian calls: ${wanted[*]}"
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null ||
        stop "These system packages are missing, and neither root nor sudo is at hand to install them: ${wanted[*]}"
    echo "Installing system packages: ${wanted[*]}"
    as_root true || stop "Without root's rights they cannot be installed; please install them yourself: ${wanted[*]}"
    { install_packages "$place" "${wanted[@]}" && newer_python "$place"; } ||
        stop "The system packages could not be installed; please install them yourself: ${wanted[*]}"
}

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LIBRARIES=$(ldconfig -p)
WITH_TESTS=no
CHECK_ONLY=no
for option in "$@"; do
    case $option in
    --test) WITH_TESTS=yes ;;
    --check) CHECK_ONLY=yes ;;
    *) stop "usage: $0 [--test] [--check]" ;;
    esac
done
main
