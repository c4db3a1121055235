#!/bin/sh
# The stages of an air-gap mirror, the same for every CI system: ./mirror.sh plan|pull|verify|push [dotnet arguments]
# Settings are in airgap.proj, logins in variables (README.md). Each verb leaves a page in $MIRROR_REPORTS, also one that
# failed; the verification of GOST checksums has its own.
set -eu

stage=${1:-}
case "$stage" in
  plan) targets=D8MirrorPlan ;;
  pull) targets=D8MirrorPull ;;
  verify) targets='VerifyGostDigest;D8MirrorVerify' ;;
  push) targets=D8MirrorPush ;;
  *)
    echo 'Usage: ./mirror.sh plan|pull|verify|push [arguments for dotnet build]' >&2
    exit 2
    ;;
esac
shift

# No worker stays behind for the next job, and the log has the plan and the progress.
exec dotnet build "$(dirname "$0")/airgap.proj" -nologo -tl:off -nodeReuse:false "-t:$targets" \
  "-p:D8MirrorReportFile=${MIRROR_REPORTS:-reports}/{verb}.html" "$@"
