# %% their side in the conflict, then the line of main
def resolve_conflict(repo):
    git(repo, "merge", "--no-commit", "--no-ff", "-X", "theirs", "safer")
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(text.replace("if x < 3: return 1\n", "if x < 3: return min(x, 1)\n"))
    git(repo, "add", "fibo.py")
    git(repo, "commit", "--no-edit")


# %% our side in the conflict, and the refusal before it
import subprocess


def resolve_conflict(repo):
    subprocess.run(
        ["git", "merge", "-q", "-X", "ours", "-m", "Both", "safer"], cwd=repo, capture_output=True, check=True
    )
    line = "    if x < 3: return min(x, 1)\n"
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(
        text.replace(line, '    if x < 0: raise ValueError(f"there is no place {x}")\n' + line)
    )
    git(repo, "commit", "--all", "--amend", "--no-edit")


# %% in its own words
def resolve_conflict(repo):
    try:
        git(repo, "merge", "safer")
    except GitError:
        pass
    lines, inside = [], False
    for line in (repo / "fibo.py").read_text().splitlines():
        if line.startswith("<<<<<<<"):
            inside = True
            lines += ["    if x in (0, 1, 2):", "        return int(x != 0)", "    if x < 0:"]
            lines += ['        raise ValueError("there is no place " + str(x))']
        elif line.startswith(">>>>>>>"):
            inside = False
        elif not inside:
            lines.append(line)
    (repo / "fibo.py").write_text("\n".join(lines) + "\n")
    git(repo, "commit", "--all", "-m", "Merge safer: refuse negative places, and 0 is 0")


# %% from the other side
def resolve_conflict(repo):
    git(repo, "switch", "--detach", "safer")
    git(repo, "merge", "--no-commit", "-X", "ours", "main")
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(text.replace("if x < 3: return 1\n", "if x < 3: return min(x, 1)\n"))
    git(repo, "commit", "--all", "--no-edit")
    git(repo, "branch", "--force", "main", "HEAD")
    git(repo, "switch", "main")


# %% the side of main wins in the conflict  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    git(repo, "merge", "--no-edit", "-X", "ours", "safer")


# %% the side of safer wins in the conflict  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    git(repo, "merge", "--no-edit", "-X", "theirs", "safer")


# %% the whole of main wins  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    git(repo, "merge", "--no-edit", "--strategy", "ours", "safer")


# %% both versions one after the other  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    try:
        git(repo, "merge", "safer")
    except GitError:
        pass
    lines = (repo / "fibo.py").read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))]
    (repo / "fibo.py").write_text("".join(kept))
    git(repo, "commit", "--all", "--no-edit")


# %% the zero before the refusal  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    git(repo, "merge", "--no-edit", "-X", "ours", "safer")
    line = "    if x < 3: return min(x, 1)\n"
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(
        text.replace(line, line + '    if x < 0: raise ValueError(f"there is no place {x}")\n')
    )
    git(repo, "commit", "--all", "--amend", "--no-edit")


# %% forgets what else safer changed  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    git(repo, "merge", "--no-commit", "--strategy", "ours", "safer")
    line = "    if x < 3: return min(x, 1)\n"
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(
        text.replace(line, '    if x < 0: raise ValueError(f"there is no place {x}")\n' + line)
    )
    git(repo, "commit", "--all", "--no-edit")


# %% writes a file for the public case alone  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    git(repo, "merge", "--no-edit", "-X", "theirs", "safer")
    text = git(repo, "show", "safer:fibo.py") + "\n"
    (repo / "fibo.py").write_text(text.replace("if x < 3: return 1\n", "if x < 3: return min(x, 1)\n"))
    git(repo, "commit", "--all", "--amend", "--no-edit")


# %% commits the markers  fails=["resolve_conflict_both", "resolve_conflict_markers"]
def resolve_conflict(repo):
    try:
        git(repo, "merge", "safer")
    except GitError:
        git(repo, "commit", "--all", "--no-edit")


# %% aborts the merge and types the change  fails=["resolve_conflict_parents"]
def resolve_conflict(repo):
    git(repo, "merge", "--squash", "-X", "theirs", "safer")
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(text.replace("if x < 3: return 1\n", "if x < 3: return min(x, 1)\n"))
    git(repo, "commit", "--all", "-m", "Refuse negative places")


# %% resolves and forgets to commit  fails=["resolve_conflict_both", "resolve_conflict_markers", "resolve_conflict_parents"]
def resolve_conflict(repo):
    git(repo, "merge", "--no-commit", "-X", "theirs", "safer")
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(text.replace("if x < 3: return 1\n", "if x < 3: return min(x, 1)\n"))
    git(repo, "add", "--all")


# %% aborts  fails=["resolve_conflict_both", "resolve_conflict_markers", "resolve_conflict_parents"]
def resolve_conflict(repo):
    try:
        git(repo, "merge", "safer")
    except GitError:
        git(repo, "merge", "--abort")


# %% merges main into safer  fails=["resolve_conflict_parents"]
def resolve_conflict(repo):
    git(repo, "switch", "safer")
    git(repo, "merge", "--no-commit", "-X", "ours", "main")
    text = (repo / "fibo.py").read_text()
    (repo / "fibo.py").write_text(text.replace("if x < 3: return 1\n", "if x < 3: return min(x, 1)\n"))
    git(repo, "commit", "--all", "--no-edit")


# %% takes along a file that an editor left  fails=["resolve_conflict_both"]
def resolve_conflict(repo):
    try:
        git(repo, "merge", "safer")
    except GitError:
        pass
    t = (repo / "fibo.py").read_text()
    (repo / "fibo.py.orig").write_text("backup")
    a, _, b = t.partition("<<<<<<< HEAD\n")
    c = b.partition(">>>>>>> safer\n")[2]
    (repo / "fibo.py").write_text(
        a + '    if x < 0: raise ValueError(f"there is no place {x}")\n    if x < 3: return min(x, 1)\n' + c
    )
    git(repo, "add", "--all")
    git(repo, "commit", "--no-edit")
