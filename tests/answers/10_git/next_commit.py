# %% a tree of the index, listed
def next_commit(repo):
    tree = git(repo, "write-tree")
    entries = git(repo, "ls-tree", "-r", "-z", tree).split("\0")
    return {entry.split("\t", 1)[1]: entry.split()[2] for entry in entries if entry}


# %% a format of ls-files
def next_commit(repo):
    entries = git(repo, "ls-files", "-z", "--format=%(objectname) %(path)").split("\0")
    return dict(reversed(entry.split(" ", 1)) for entry in entries if entry)


# %% the index read by dulwich
from dulwich.repo import Repo


def next_commit(repo):
    index = Repo(str(repo)).open_index()
    return {path.decode(): index[path].sha.decode() for path in index}


# %% the index read by the course
def next_commit(repo):
    return dict(read(repo).index)


# %% what changed, put on top of the last commit
import subprocess


def next_commit(repo):
    empty = git(repo, "hash-object", "-t", "tree", "--stdin")
    fields = git(repo, "diff-index", "--cached", "--no-renames", "-z", empty).split("\0")
    return {path: info.split()[3] for info, path in zip(fields[::2], fields[1::2])}


# %% hashes the files of the working copy  fails=["next_commit_staged"]
def next_commit(repo):
    paths = git(repo, "ls-files", "-z").split("\0")
    return {path: git(repo, "hash-object", "--", path) for path in paths if (repo / path).is_file()}


# %% what changed, and no more  fails=["next_commit_unchanged", "next_commit_deleted"]
def next_commit(repo):
    empty = git(repo, "hash-object", "-t", "tree", "--stdin")
    try:
        base = git(repo, "rev-parse", "HEAD")
    except GitError:
        base = empty
    fields = git(repo, "diff-index", "--cached", "--no-renames", "-z", base).split("\0")
    return {path: info.split()[3] for info, path in zip(fields[::2], fields[1::2])}


# %% what changed, without what was deleted  fails=["next_commit_unchanged"]
def next_commit(repo):
    paths = git(repo, "status", "--porcelain", "--no-renames", "-z").split("\0")
    staged = {line[3:] for line in paths if line and line[0] in "AM"}
    return {path: git(repo, "rev-parse", f":{path}") for path in staged}


# %% untracked files too  fails=["next_commit_untracked", "next_commit_deleted"]
def next_commit(repo):
    entries = git(repo, "ls-files", "-s", "-z").split("\0")
    found = {path: info.split()[1] for info, _, path in (entry.partition("\t") for entry in entries if entry)}
    for path in git(repo, "ls-files", "--others", "-z").split("\0"):
        if path:
            found[path] = git(repo, "hash-object", "--", path)
    return found


# %% adds everything and looks  fails=["next_commit_staged", "next_commit_untracked", "next_commit_deleted"]
def next_commit(repo):
    import os
    import shutil

    spare = repo / ".git" / "spare"
    if (repo / ".git" / "index").exists():
        shutil.copy(repo / ".git" / "index", spare)
    env = os.environ | {"GIT_INDEX_FILE": str(spare)}
    import subprocess

    run = lambda *words: (
        subprocess.run(["git", *words], cwd=repo, env=env, check=True, capture_output=True, text=True).stdout
    )
    run("add", "--all")
    entries = run("ls-files", "-s", "-z").split("\0")
    return {path: info.split()[1] for info, _, path in (entry.partition("\t") for entry in entries if entry)}


# %% the last commit, with what was staged since  fails=["next_commit_deleted"]
def next_commit(repo):
    try:
        entries = git(repo, "ls-tree", "-r", "-z", "HEAD").split("\0")
    except GitError:
        entries = []
    found = {entry.split("\t", 1)[1]: entry.split()[2] for entry in entries if entry}
    staged = git(repo, "ls-files", "-s", "-z").split("\0")
    return found | {entry.split("\t", 1)[1]: entry.split()[1] for entry in staged if entry}


# %% the last commit  fails=["next_commit_staged", "next_commit_unchanged", "next_commit_untracked", "next_commit_deleted", "next_commit_names"]
def next_commit(repo):
    entries = git(repo, "ls-tree", "-r", "-z", "HEAD").split("\0")
    return {entry.split("\t", 1)[1]: entry.split()[2] for entry in entries if entry}


# %% paths as git quotes them  fails=["next_commit_names"]
def next_commit(repo):
    lines = git(repo, "ls-files", "-s").splitlines()
    return {line.split("\t")[1]: line.split()[1] for line in lines}


# %% cuts lines at every blank  fails=["next_commit_names"]
def next_commit(repo):
    lines = git(repo, "-c", "core.quotePath=false", "ls-files", "-s").splitlines()
    return {line.split()[3]: line.split()[1] for line in lines}


# %% commits, and looks at the commit  fails=["next_commit_names"]
def next_commit(repo):
    git(repo, "commit", "--allow-empty", "-m", "Look")
    entries = git(repo, "ls-tree", "-r", "-z", "HEAD").split("\0")
    return {entry.split("\t", 1)[1]: entry.split()[2] for entry in entries if entry}


# %% a list of pairs  fails=["next_commit_staged", "next_commit_unchanged", "next_commit_untracked", "next_commit_deleted", "next_commit_names"]
def next_commit(repo):
    entries = git(repo, "ls-files", "-s", "-z").split("\0")
    return [(entry.split("\t", 1)[1], entry.split()[1]) for entry in entries if entry]
