#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Signs ProdEdit.app, has it notarised, and puts it into a .dmg. On macOS: dmg.sh APP OUT.dmg
#
# Settings, as variables; what is not set is left out, and said:
#   SIGN_IDENTITY    "Developer ID Application: NAME (TEAM)", in the keychain; "-" signs for this
#                    computer only
#   NOTARY_PROFILE   of `xcrun notarytool store-credentials PROFILE`
# Not run yet; see ../README.md.
set -eu
app=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
identity=${SIGN_IDENTITY:--}
[ "$identity" = "-" ] && echo "SIGN_IDENTITY is not set: signed for this computer only" >&2

# From the inside out: what a signature covers must not change after it.
stamp=--timestamp
[ "$identity" = "-" ] && stamp=--timestamp=none
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
  xargs -0 -n 20 codesign --force --options runtime "$stamp" --sign "$identity" \
    --entitlements "$here/entitlements.plist"
codesign --force --options runtime "$stamp" --sign "$identity" \
  --entitlements "$here/entitlements.plist" "$app"
codesign --verify --deep --strict "$app"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
rm -f "$out"
hdiutil create -volname ProdEdit -srcfolder "$folder" -fs HFS+ -format ULMO "$out"
[ "$identity" = "-" ] || codesign --sign "$identity" "$stamp" "$out"

if [ -n "${NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$out" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$out"
else
  echo "NOTARY_PROFILE is not set: not notarised, so macOS warns who opens it" >&2
fi
