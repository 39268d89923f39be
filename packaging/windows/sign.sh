#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Signs programs on Windows: sign.sh FILE... Settings, as variables:
#   CERTIFICATE  a .pfx file in base64;  PASSWORD  its password
#   STAMPS       the address of a time stamp server, so that signatures outlive the certificate
# Not run yet; see ../README.md.
set -eu
: "${CERTIFICATE:?}" "${PASSWORD:?}" "${STAMPS:?}"
key=$(mktemp)
trap 'rm -f "$key"' EXIT
printf '%s' "$CERTIFICATE" | base64 --decode > "$key"
tool=$(find "/c/Program Files (x86)/Windows Kits/10/bin" -path '*x64/signtool.exe' | sort | tail -n 1)
MSYS2_ARG_CONV_EXCL='/' "$tool" sign /fd SHA256 /td SHA256 /tr "$STAMPS" \
  /f "$(cygpath -w "$key")" /p "$PASSWORD" "$@"
