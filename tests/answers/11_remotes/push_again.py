# %% merges
def push_again(repo):
    git(repo, "pull", "--no-rebase", "--no-edit")
    git(repo, "push")


# %% fetches, then merges
def push_again(repo):
    git(repo, "fetch", "origin")
    git(repo, "merge", "-m", "Merge what the others did", "origin/main")
    git(repo, "push", "origin", "main")


# %% tries, and rebases when it is rejected
def push_again(repo):
    while True:
        try:
            return git(repo, "push")
        except GitError:
            git(repo, "fetch")
            git(repo, "rebase", "origin/main")


# %% copies its own commits onto theirs
def push_again(repo):
    git(repo, "fetch")
    mine = git(repo, "rev-list", "--reverse", "origin/main..main").split()
    git(repo, "reset", "--hard", "origin/main")
    git(repo, "cherry-pick", *mine)
    git(repo, "push")


# %% does nothing  fails=["push_again_theirs", "push_again_mine", "push_again_files", "push_again_no_twins"]
def push_again(repo):
    git(repo, "fetch")


# %% by force  fails=["push_again_theirs", "push_again_files"]
def push_again(repo):
    git(repo, "push", "--force")


# %% by force after a fetch, with a lease  fails=["push_again_theirs", "push_again_files"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "push", "--force-with-lease")


# %% a branch of its own  fails=["push_again_mine", "push_again_files"]
def push_again(repo):
    git(repo, "push", "origin", "main:mine")


# %% pulls and does not push  fails=["push_again_theirs", "push_again_mine", "push_again_files", "push_again_no_twins"]
def push_again(repo):
    git(repo, "pull", "--rebase")


# %% gives up its own work  fails=["push_again_theirs", "push_again_mine", "push_again_files", "push_again_no_twins"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "reset", "--hard", "origin/main")
    git(repo, "push")


# %% copies the colleague's text and pushes by force  fails=["push_again_theirs"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "merge", "--squash", "origin/main")
    git(repo, "commit", "-m", "Take over what Lake did")
    git(repo, "push", "--force")


# %% copies the colleague's commits and pushes by force  fails=["push_again_theirs"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "cherry-pick", "main..origin/main")
    git(repo, "push", "--force")


# %% copies the colleague's commits, then merges them  fails=["push_again_no_twins"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "cherry-pick", "main..origin/main")
    git(repo, "merge", "--no-edit", "origin/main")
    git(repo, "push")


# %% rebases, then merges what it was before  fails=["push_again_no_twins"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "rebase", "origin/main")
    git(repo, "merge", "--no-edit", "ORIG_HEAD")
    git(repo, "push")


# %% one commit of all its own work  fails=["push_again_mine"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "switch", "-c", "mine")
    git(repo, "branch", "--force", "main", "origin/main")
    git(repo, "switch", "main")
    git(repo, "merge", "--squash", "mine")
    git(repo, "commit", "-m", "What I did")
    git(repo, "branch", "-D", "mine")
    git(repo, "push")


# %% merges, and one's own side wins  fails=["push_again_files"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "merge", "--no-edit", "--strategy", "ours", "origin/main")
    git(repo, "push")


# %% merges elsewhere and stays behind here  fails=["push_again_files"]
def push_again(repo):
    git(repo, "fetch")
    git(repo, "switch", "--detach")
    git(repo, "merge", "--no-edit", "origin/main")
    git(repo, "push", "origin", "HEAD:main")
    git(repo, "switch", "main")


# %% as patches, on top of theirs
def push_again(repo):
    git(repo, "fetch")
    patches = git(repo, "format-patch", "--stdout", "origin/main..main", text=False)
    git(repo, "reset", "--hard", "origin/main")
    git(repo, "am", stdin=patches)
    git(repo, "push")
