#!/bin/sh
# The nightly job for a locked mirror: if the source has moved on, lock again on a branch of its own and open a pull
# request whose text is what changed, or update the one that is open: ./lock.sh github|gitlab|azure [dotnet arguments]
# Needs git with the right to push, and the CLI of the system, logged in (README.md).
set -eu

system=${1:-}
case "$system" in
  github | gitlab | azure) ;;
  *)
    echo 'Usage: ./lock.sh github|gitlab|azure [arguments for dotnet build]' >&2
    exit 2
    ;;
esac
shift

cd "$(dirname "$0")"
base=${MIRROR_BASE:-main}
branch=${MIRROR_BRANCH:-mirror-lock}
reports=$(mkdir -p "${MIRROR_REPORTS:-reports}" && cd "${MIRROR_REPORTS:-reports}" && pwd)
title='Update the lock of the mirror'

run() {
  target=$1
  shift
  dotnet build airgap.proj -nologo -tl:off -nodeReuse:false "-t:$target" -p:D8MirrorLockFile=mirror.lock.json \
    "-p:D8MirrorReportFile=$reports/{verb}.md" "-p:D8MirrorOutputsFile=$reports/$target.env" "$@"
}

# A check writes nothing but its report. Without a lock there is nothing to check: the first is always a change.
if [ -f mirror.lock.json ]; then
  rm -f "$reports/D8MirrorLockCheck.env"
  run D8MirrorLockCheck "$@"
  if grep -qx 'D8MirrorChanged=false' "$reports/D8MirrorLockCheck.env"; then
    echo 'The lock is up to date.'
    exit 0
  fi
fi

# The report of the lock itself is the text: it says what is committed, even if the source moved since the check.
git switch --quiet -C "$branch"
run D8MirrorLock "$@"
git add mirror.lock.json
git -c user.name='Deckhouse Mirror' -c user.email='mirror@localhost' commit --quiet -m "$title"

# The branch is this job's own: what an earlier night left there is replaced.
git push --quiet --force origin "HEAD:refs/heads/$branch"
text=$reports/lock.md

case "$system" in
  github)
    open=$(gh pr list --head "$branch" --state open --json number --jq '.[0].number // empty')
    if [ -n "$open" ]; then
      gh pr edit "$open" --title "$title" --body-file "$text"
    else
      gh pr create --head "$branch" --base "$base" --title "$title" --body-file "$text"
    fi
    ;;
  gitlab)
    open=$(glab mr list --source-branch "$branch" --output json | sed -n 's/^\[{[^{}]*"iid": *\([0-9]*\).*/\1/p')
    if [ -n "$open" ]; then
      glab mr update "$open" --title "$title" --description "$(cat "$text")"
    else
      glab mr create --source-branch "$branch" --target-branch "$base" --title "$title" \
        --description "$(cat "$text")" --yes
    fi
    ;;
  azure)
    # Azure Repos takes 4,000 characters; whole lines are kept, and the report is an artifact of the run.
    short=$(awk '{ size += length($0) + 1; if (size > 3900) { print "(cut; see the artifact)"; exit } print }' "$text")
    open=$(az repos pr list --source-branch "$branch" --status active --query '[0].pullRequestId' --output tsv)
    if [ -n "$open" ]; then
      az repos pr update --id "$open" --title "$title" --description "$short"
    else
      az repos pr create --source-branch "$branch" --target-branch "$base" --title "$title" --description "$short"
    fi
    ;;
esac
