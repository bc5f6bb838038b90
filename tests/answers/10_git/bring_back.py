# %% checkout of a path
def bring_back(repo, path):
    git(repo, "checkout", "HEAD~2", "--", path)
    git(repo, "commit", "-m", f"Bring back {path}")


# %% the bytes that git shows, written to the file
def bring_back(repo, path):
    content = git(repo, "show", f"HEAD~2:{path}", text=False)
    (repo / path).parent.mkdir(parents=True, exist_ok=True)
    (repo / path).write_bytes(content)
    git(repo, "add", "--", path)
    git(repo, "commit", "-m", f"Restore {path}", "--only", "--", path)


# %% the blob put into the index, then written out
def bring_back(repo, path):
    blob = git(repo, "rev-parse", f"HEAD~2:{path}")
    git(repo, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    git(repo, "commit", "-m", "Bring it back")
    git(repo, "checkout-index", "--force", "--", path)


# %% redirects what git shows into the file
import shlex
import subprocess


def bring_back(repo, path):
    name = shlex.quote(path)
    (repo / path).parent.mkdir(parents=True, exist_ok=True)
    script = f"git show HEAD~2:{name} > {name} && git add {name} && git commit -q -m 'Bring it back' -- {name}"
    subprocess.run(["bash", "-c", script], cwd=repo, check=True, capture_output=True)


# %% from an archive of the commit
def bring_back(repo, path):
    import subprocess

    archive = git(repo, "archive", "HEAD~2", "--", path, text=False)
    subprocess.run(["tar", "-x"], cwd=repo, input=archive, capture_output=True, check=True)
    git(repo, "add", "--", path)
    git(repo, "commit", "-m", "Bring it back", "--", path)


# %% everything reset to that commit  fails=["bring_back_commit", "bring_back_history", "bring_back_others"]
def bring_back(repo, path):
    git(repo, "reset", "--hard", "HEAD~2")


# %% goes to that commit and stays there  fails=["bring_back_commit", "bring_back_history", "bring_back_attached", "bring_back_others"]
def bring_back(repo, path):
    git(repo, "checkout", "--force", "--detach", "HEAD~2")


# %% commits on a detached HEAD  fails=["bring_back_attached"]
def bring_back(repo, path):
    git(repo, "checkout", "--detach")
    git(repo, "checkout", "HEAD~2", "--", path)
    git(repo, "commit", "-m", "Bring it back", "--", path)


# %% in the working copy alone  fails=["bring_back_commit"]
def bring_back(repo, path):
    git(repo, "restore", "--source=HEAD~2", "--", path)


# %% staged, and not committed  fails=["bring_back_commit"]
def bring_back(repo, path):
    git(repo, "checkout", "HEAD~2", "--", path)


# %% read as text and written again  fails=["bring_back_content"]
def bring_back(repo, path):
    (repo / path).parent.mkdir(parents=True, exist_ok=True)
    (repo / path).write_text(git(repo, "show", f"HEAD~2:{path}") + "\n")
    git(repo, "add", "--", path)
    git(repo, "commit", "-m", "Bring it back", "--", path)


# %% everything that changed goes into the commit  fails=["bring_back_others"]
def bring_back(repo, path):
    git(repo, "checkout", "HEAD~2", "--", path)
    git(repo, "commit", "-am", "Bring it back")


# %% all files of that commit  fails=["bring_back_others"]
def bring_back(repo, path):
    git(repo, "checkout", "HEAD~2", "--", ".")
    git(repo, "commit", "-m", "Bring it back")


# %% one commit too far back  fails=["bring_back_content"]
def bring_back(repo, path):
    git(repo, "checkout", "HEAD~1", "--", path)
    git(repo, "commit", "--allow-empty", "-m", "Bring it back", "--", path)


# %% the last but two of the commits that changed the file  fails=["bring_back_content"]
def bring_back(repo, path):
    commit = git(repo, "log", "--format=%H", "--", path).split()[2]
    git(repo, "restore", f"--source={commit}", "--staged", "--worktree", "--", path)
    git(repo, "commit", "-m", "Bring it back", "--", path)


# %% the third commit of the list  fails=["bring_back_content"]
def bring_back(repo, path):
    commit = git(repo, "log", "--format=%H").split()[2]
    git(repo, "restore", f"--source={commit}", "--staged", "--worktree", "--", path)
    git(repo, "commit", "--allow-empty", "-m", "Bring it back", "--", path)


# %% the last commit replaced  fails=["bring_back_history"]
def bring_back(repo, path):
    git(repo, "checkout", "HEAD~2", "--", path)
    git(repo, "commit", "--amend", "-m", "Bring it back", "--", path)


# %% what others are in the middle of is put away first  fails=["bring_back_others"]
def bring_back(repo, path):
    git(repo, "stash")
    git(repo, "checkout", "HEAD~2", "--", path)
    git(repo, "commit", "-m", "Bring it back")
