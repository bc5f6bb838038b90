# %% revert without a commit, then the commit
def undo_published(repo, commit):
    try:
        git(repo, "revert", "--no-commit", commit)
    except GitError as error:
        git(repo, "revert", "--abort")
        raise ValueError("a later commit changed the same lines") from error
    git(repo, "commit", "-m", "Take back a mistake")


# %% the exact inverse as a patch
def undo_published(repo, commit):
    patch = git(repo, "diff-tree", "-p", "--binary", commit, f"{commit}^", text=False)
    git(repo, "apply", "--index", "-", stdin=patch)
    git(repo, "commit", "-m", f"Take back {commit[:7]}")


# %% merges the parent into the last commit, on the base of the mistake
import subprocess


def undo_published(repo, commit):
    done = subprocess.run(["git", "merge-recursive", commit, "--", "HEAD", f"{commit}^"], cwd=repo, capture_output=True)
    if done.returncode:
        git(repo, "reset", "--hard")
        raise RuntimeError("this takes a decision")
    git(repo, "commit", "-m", "Take back a mistake")


# %% files put together with git merge-file
def undo_published(repo, commit):
    bad, good, now = (
        read(repo).files(id) for id in (commit, git(repo, "rev-parse", f"{commit}^"), git(repo, "rev-parse", "HEAD"))
    )
    new = dict(now)
    for path in bad.keys() | good.keys():
        if bad.get(path) == good.get(path):
            continue
        if now.get(path) == bad.get(path):
            new.pop(path, None)
            if path in good:
                new[path] = good[path]
            continue
        if path not in bad or path not in good or path not in now:
            raise ValueError(path)
        place = history.folder({"now": now[path], "bad": bad[path], "good": good[path]})
        new[path] = git(place, "merge-file", "-p", "now", "bad", "good", text=False)
    for path in now:
        if path not in new:
            git(repo, "rm", "-q", "--", path)
    history.put(repo, {path: content for path, content in new.items() if content != now.get(path)})
    git(repo, "add", "--all")
    git(repo, "commit", "-m", "Take back a mistake")


# %% tries it in another working copy
def undo_published(repo, commit):
    import tempfile

    place = f"{tempfile.mkdtemp()}/trial"
    git(repo, "worktree", "add", "--detach", place)
    try:
        git(place, "revert", "--no-edit", commit)
        new = git(place, "rev-parse", "HEAD")
    finally:
        git(repo, "worktree", "remove", "--force", place)
    git(repo, "merge", "--ff-only", new)


# %% reset to the commit before  fails=["undo_published_reachable", "undo_published_tree", "undo_published_clean"]
def undo_published(repo, commit):
    git(repo, "reset", "--hard", f"{commit}^")


# %% rebase without the commit  fails=["undo_published_reachable"]
def undo_published(repo, commit):
    try:
        git(repo, "rebase", "--onto", f"{commit}^", commit)
    except GitError:
        git(repo, "rebase", "--abort")
        raise


# %% the last commit taken back instead  fails=["undo_published_tree", "undo_published_clean"]
def undo_published(repo, commit):
    git(repo, "revert", "--no-edit", "HEAD")


# %% the files as they were before the commit  fails=["undo_published_tree", "undo_published_clean"]
def undo_published(repo, commit):
    git(repo, "restore", f"--source={commit}^", "--staged", "--worktree", ".")
    git(repo, "commit", "-m", "Go back to where it was right")


# %% the files that it changed, as they were before it  fails=["undo_published_tree", "undo_published_clean"]
def undo_published(repo, commit):
    for path in git(repo, "diff", "--name-only", "-z", f"{commit}^", commit).split("\0"):
        if path:
            try:
                git(repo, "checkout", f"{commit}^", "--", path)
            except GitError:
                git(repo, "rm", "-q", "--", path)
    git(repo, "commit", "-m", "Undo what was changed")


# %% one of the files that it changed  fails=["undo_published_tree"]
def undo_published(repo, commit):
    patch = git(repo, "diff", commit, f"{commit}^", "--", "fibo.py", text=False)
    git(repo, "apply", "--index", "-", stdin=patch)
    git(repo, "commit", "-m", "Undo the change of fibo")


# %% conflict markers are committed  fails=["undo_published_clean"]
def undo_published(repo, commit):
    try:
        git(repo, "revert", "--no-edit", commit)
    except GitError:
        git(repo, "add", "--all")
        git(repo, "commit", "-m", "Revert")


# %% leaves the revert half done  fails=["undo_published_clean"]
def undo_published(repo, commit):
    git(repo, "revert", "--no-edit", commit)


# %% gives up without an error  fails=["undo_published_clean"]
def undo_published(repo, commit):
    try:
        git(repo, "revert", "--no-edit", commit)
    except GitError:
        git(repo, "revert", "--abort")


# %% lets one side win in a conflict  fails=["undo_published_clean"]
def undo_published(repo, commit):
    git(repo, "revert", "--no-edit", "-X", "theirs", commit)


# %% reverts and does not commit  fails=["undo_published_tree", "undo_published_clean"]
def undo_published(repo, commit):
    try:
        git(repo, "revert", "--no-commit", commit)
    except GitError:
        git(repo, "revert", "--abort")
        raise


# %% on a branch of its own  fails=["undo_published_reachable"]
def undo_published(repo, commit):
    git(repo, "switch", "-c", "undo")
    try:
        git(repo, "revert", "--no-edit", commit)
    except GitError:
        git(repo, "revert", "--abort")
        git(repo, "switch", "main")
        git(repo, "branch", "-d", "undo")
        raise
