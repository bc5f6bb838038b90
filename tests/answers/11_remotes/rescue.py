# %% all that nothing leads to
def rescue(repo):
    found = [line.split()[2] for line in git(repo, "fsck", "--lost-found", "--no-reflogs").splitlines()]
    found.sort(key=lambda id: int(git(repo, "show", "-s", "--format=%ct", id)))
    for id in found:
        if "lucas.py" in git(repo, "ls-tree", "-r", "--name-only", id).splitlines():
            git(repo, "branch", "--force", "lucas", id)
        else:
            git(repo, "reset", "--hard", id)


# %% ORIG_HEAD, and the last checkout from lucas
def rescue(repo):
    git(repo, "merge", "--ff-only", "ORIG_HEAD")
    lines = git(repo, "reflog", "--format=%H %gs").splitlines()
    for newer, older in zip(lines, lines[1:]):
        if newer.endswith("checkout: moving from lucas to main"):
            git(repo, "branch", "lucas", older.split()[0])
            return


# %% reads the diary itself
def rescue(repo):
    steps = [line.split("\t") for line in (repo / ".git" / "logs" / "HEAD").read_text().splitlines()]
    lucas = [step[0].split()[0] for step in steps if step[1].startswith("checkout: moving from lucas to")][-1]
    main = [step[0].split()[0] for step in steps if step[1].startswith("reset:")][-1]
    git(repo, "update-ref", "refs/heads/lucas", lucas)
    git(repo, "reset", "--hard", main)


# %% with the words of git
def rescue(repo):
    git(repo, "checkout", "-B", "main", "HEAD@{1}")
    lines = git(repo, "log", "--walk-reflogs", "--format=%H %gs").splitlines()
    for number, line in enumerate(lines):
        if "moving from lucas to main" in line:
            git(repo, "branch", "lucas", lines[number + 1][:40])
            break


# %% an empty branch of the right name  fails=["rescue_branch"]
def rescue(repo):
    git(repo, "reset", "--hard", "ORIG_HEAD")
    git(repo, "branch", "lucas")


# %% a commit that was not the last  fails=["rescue_branch"]
def rescue(repo):
    git(repo, "reset", "--hard", "ORIG_HEAD")
    for line in git(repo, "reflog", "--format=%H %gs").splitlines():
        if "moving from main to lucas" in line:
            break
        last = line.split()[0]
    git(repo, "branch", "lucas", last)


# %% as it was before it was amended  fails=["rescue_branch"]
def rescue(repo):
    git(repo, "reset", "--hard", "ORIG_HEAD")
    for line in git(repo, "reflog", "--format=%H %gs").splitlines():
        if " commit: Begin lucas" in line or " commit: Write lucas" in line:
            git(repo, "branch", "lucas", line.split()[0])
            break


# %% the branch alone  fails=["rescue_commit"]
def rescue(repo):
    steps = [line.split(" ", 1) for line in git(repo, "reflog", "--format=%H %gs").splitlines()]
    left = next(number for number, (_, why) in enumerate(steps) if why == "checkout: moving from lucas to main")
    git(repo, "branch", "lucas", steps[left + 1][0])


# %% the commit alone  fails=["rescue_branch"]
def rescue(repo):
    git(repo, "reset", "--hard", "ORIG_HEAD")


# %% a copy of the files  fails=["rescue_commit"]
def rescue(repo):
    steps = [line.split(" ", 1) for line in git(repo, "reflog", "--format=%H %gs").splitlines()]
    left = next(number for number, (_, why) in enumerate(steps) if why == "checkout: moving from lucas to main")
    git(repo, "branch", "lucas", steps[left + 1][0])
    git(repo, "checkout", "ORIG_HEAD", "--", ".")
    git(repo, "commit", "-m", "Mend fibo")


# %% moves the label and leaves the files  fails=["rescue_commit"]
def rescue(repo):
    steps = [line.split(" ", 1) for line in git(repo, "reflog", "--format=%H %gs").splitlines()]
    left = next(number for number, (_, why) in enumerate(steps) if why == "checkout: moving from lucas to main")
    git(repo, "branch", "lucas", steps[left + 1][0])
    git(repo, "reset", "--soft", "ORIG_HEAD")


# %% stays on the lost commit, detached  fails=["rescue_commit"]
def rescue(repo):
    steps = [line.split(" ", 1) for line in git(repo, "reflog", "--format=%H %gs").splitlines()]
    left = next(number for number, (_, why) in enumerate(steps) if why == "checkout: moving from lucas to main")
    git(repo, "branch", "lucas", steps[left + 1][0])
    git(repo, "switch", "--detach", "ORIG_HEAD")


# %% the two mixed up  fails=["rescue_branch", "rescue_commit"]
def rescue(repo):
    steps = [line.split(" ", 1) for line in git(repo, "reflog", "--format=%H %gs").splitlines()]
    left = next(number for number, (_, why) in enumerate(steps) if why == "checkout: moving from lucas to main")
    git(repo, "branch", "lucas", "ORIG_HEAD")
    git(repo, "reset", "--hard", steps[left + 1][0])


# %% merges the lost work of lucas into main  fails=["rescue_commit"]
def rescue(repo):
    steps = [line.split(" ", 1) for line in git(repo, "reflog", "--format=%H %gs").splitlines()]
    left = next(number for number, (_, why) in enumerate(steps) if why == "checkout: moving from lucas to main")
    git(repo, "branch", "lucas", steps[left + 1][0])
    git(repo, "reset", "--hard", "ORIG_HEAD")
    git(repo, "merge", "--no-edit", "lucas")


# %% counts the steps of the public case  fails=["rescue_branch"]
def rescue(repo):
    git(repo, "branch", "lucas", "HEAD@{3}")
    git(repo, "reset", "--hard", "HEAD@{1}")
