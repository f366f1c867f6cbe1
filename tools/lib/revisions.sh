# shellcheck shell=bash
# Sourced by the scripts that compare revisions: commits, and worktrees that are kept for the next time. No side effects
# when sourced.

# slo_commit_of REPOSITORY REV: the full name of its commit; fails when there is none.
slo_commit_of() {
  git -C "$1" rev-parse --verify --quiet --end-of-options "$2^{commit}"
}

# slo_worktree REPOSITORY TREE COMMIT: a worktree with that commit checked out. One that is there is changed to it, so that
# only the sources that differ are compiled again. Changes of its files are lost: the worktree is the script's own.
slo_worktree() {
  # No hooks: they are meant for the user's own checkout.
  local git=(git -c core.hooksPath=/dev/null -c advice.detachedHead=false)
  if [[ -e "$2/.git" ]]; then
    "${git[@]}" -C "$2" checkout --quiet --force --detach "$3" >&2
    return
  fi
  "${git[@]}" -C "$1" worktree prune
  "${git[@]}" -C "$1" worktree add --quiet --force --detach "$2" "$3" >&2
}
