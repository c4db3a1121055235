#!/bin/sh
# Entry to the build: checks what must be there, restores the build tool, hands over to build/build.cake.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

help() {
  cat <<'TEXT'
Deckhouse Mirror for MSBuild and Cake

Usage: ./build.sh <command> [options for Cake]

Commands:
  demo    embedded source and target; plan, pull, verify and push through MSBuild, then through Cake
  test    build the solution and run all tests; test --fast leaves out analyzers and slow tests
  pack    write the NuGet packages to artifacts/packages, each time as a new version, or as the version of
          pack --package-version=0.1.0
  sbom    pack, and write what each package contains and needs to artifacts/sbom (CycloneDX)
  build   build the solution
  bench   measure against floors and peers (docs/performance.md); bench --quick takes under 5 minutes,
          bench --micro measures parts by themselves
  clean   delete what the build made

Needed: the .NET SDK 10 and a NuGet feed. Nothing else; bench needs Linux, docker-registry and curl, too.
TEXT
}

fail() {
  echo "$*" >&2
  exit 1
}

case "${1:-}" in
  demo) target=Demo ;;
  test) target=Test ;;
  pack) target=Pack ;;
  sbom) target=Sbom ;;
  build) target=Build ;;
  bench) target=Bench ;;
  clean) target=Clean ;;
  '' | help | -h | --help)
    help
    exit 0
    ;;
  *)
    help >&2
    fail "Unknown command: $1"
    ;;
esac
shift

# No ICU on small images; English, because the runner's total is read from its output.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export DOTNET_CLI_UI_LANGUAGE=en
export DOTNET_CLI_TELEMETRY_OPTOUT=1
export DOTNET_NOLOGO=1

cd -- "$root"

command -v dotnet >/dev/null 2>&1 ||
  fail "The .NET SDK 10 is needed, and 'dotnet' is not on the PATH. Get it from https://dot.net."
sdk=$(dotnet --version 2>&1) ||
  fail "The .NET SDK 10 is needed (see global.json). 'dotnet --version' says: $sdk"
case "$sdk" in
  10.*) ;;
  *) fail "The .NET SDK 10 is needed (see global.json). 'dotnet --version' says: $sdk" ;;
esac

restored=$(dotnet tool restore 2>&1) || fail "Packages cannot be restored: no NuGet feed answers with them.
Check the network, the proxy variables and 'dotnet nuget list source'; an offline machine needs a feed of its own.
'dotnet tool restore' said:
$restored"

if [ "$target" = Test ]; then
  rm -f artifacts/test-summary.txt
fi
status=0
dotnet cake build/build.cake --target="$target" "$@" || status=$?

# The runner's own total comes last, below Cake's table of tasks.
if [ "$target" = Test ] && [ -s artifacts/test-summary.txt ]; then
  cat artifacts/test-summary.txt
fi
exit "$status"
