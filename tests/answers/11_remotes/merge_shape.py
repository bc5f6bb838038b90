# %% on the way of the plumbing
def merge_shape(repo):
    git(repo, "merge", "tidy")
    fix = git(repo, "commit-tree", "-p", "fix", "-p", "tidy", "-m", "Bring in fix", "fix^{tree}")
    git(repo, "reset", "--hard", fix)
    git(repo, "merge", "-m", "Bring in docs", "docs")


# %% merges from the other side and moves main
def merge_shape(repo):
    git(repo, "merge", "--ff-only", "tidy")
    git(repo, "merge", "--no-ff", "-m", "Merge fix", "fix")
    merged = git(repo, "rev-parse", "main")
    git(repo, "switch", "--detach", "docs")
    git(repo, "merge", "-m", "Merge main", merged)
    git(repo, "branch", "--force", "main", "HEAD")
    git(repo, "switch", "main")


# %% moves main by a reset
def merge_shape(repo):
    git(repo, "reset", "--hard", "tidy")
    for branch in ("fix", "docs"):
        git(repo, "merge", "--no-ff", "-m", f"Merge {branch}", branch)


# %% does nothing  fails=["merge_shape_shape", "merge_shape_trees", "merge_shape_nothing_more"]
def merge_shape(repo):
    return git(repo, "log", "--graph", "--oneline", "--all")


# %% moves the label where a merge is drawn  fails=["merge_shape_shape"]
def merge_shape(repo):
    for branch in ("tidy", "fix", "docs"):
        git(repo, "merge", "--no-edit", branch)


# %% a merge where the label is to move  fails=["merge_shape_shape", "merge_shape_nothing_more"]
def merge_shape(repo):
    for branch in ("tidy", "fix", "docs"):
        git(repo, "merge", "--no-ff", "--no-edit", branch)


# %% copies the commits in a line  fails=["merge_shape_shape", "merge_shape_nothing_more"]
def merge_shape(repo):
    git(repo, "merge", "--ff-only", "fix")
    git(repo, "cherry-pick", "main..docs")
    git(repo, "commit", "--allow-empty", "-m", "Merge fix")
    git(repo, "commit", "--allow-empty", "-m", "Merge docs")


# %% squashes the branch into one commit  fails=["merge_shape_shape"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")
    git(repo, "merge", "--squash", "docs")
    git(repo, "commit", "-m", "Merge docs")


# %% merges docs first  fails=["merge_shape_shape"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-edit", "docs")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")


# %% all in one merge  fails=["merge_shape_shape"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "-m", "Merge fix and docs", "fix", "docs")


# %% forgets docs  fails=["merge_shape_shape", "merge_shape_trees"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")


# %% one side wins  fails=["merge_shape_trees"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")
    git(repo, "merge", "--no-edit", "--strategy", "ours", "docs")


# %% the merge of fix leaves out its work, which comes later  fails=["merge_shape_trees"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-edit", "--strategy", "ours", "--no-ff", "fix")
    merge = git(repo, "rev-parse", "HEAD")
    git(repo, "reset", "--hard", "fix")
    git(repo, "merge", "--no-edit", "docs")
    docs = git(repo, "rev-parse", "docs")
    made = git(repo, "commit-tree", "-p", merge, "-p", docs, "-m", "Merge docs", "HEAD^{tree}")
    git(repo, "reset", "--hard", made)


# %% a commit more  fails=["merge_shape_shape", "merge_shape_nothing_more"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")
    git(repo, "merge", "--no-edit", "docs")
    git(repo, "commit", "--allow-empty", "-m", "All is merged")


# %% leaves a branch behind  fails=["merge_shape_nothing_more"]
def merge_shape(repo):
    git(repo, "branch", "before")
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")
    git(repo, "merge", "--no-edit", "docs")


# %% deletes what is merged  fails=["merge_shape_nothing_more"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")
    git(repo, "merge", "--no-edit", "docs")
    git(repo, "branch", "--delete", "tidy", "fix", "docs")


# %% ends on another branch  fails=["merge_shape_nothing_more"]
def merge_shape(repo):
    git(repo, "merge", "tidy")
    git(repo, "merge", "--no-ff", "--no-edit", "fix")
    git(repo, "merge", "--no-edit", "docs")
    git(repo, "switch", "--detach")
