# %% puts the file of the first commit together, line by line
import difflib


def two_commits(repo):
    old = git(repo, "show", "HEAD:fibo.py", text=False).decode().splitlines(True)
    path = repo / "fibo.py"
    whole = path.read_bytes()
    new = whole.decode().splitlines(True)
    changes = [op for op in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if op[0] != "equal"]
    middle = (changes[0][2] + changes[-1][1]) // 2
    half, done = [], False
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        half += new[c:d] if a < middle and kind != "equal" else old[a:b]
    path.write_bytes("".join(half).encode())
    git(repo, "commit", "-am", "Change the upper part of fibo.py")
    path.write_bytes(whole)
    git(repo, "commit", "-am", "Change the lower part of fibo.py")


# %% applies the last hunk to the index first
def two_commits(repo):
    patch = git(repo, "diff", "fibo.py", text=False).decode()
    head, *hunks = patch.split("\n@@")
    git(repo, "apply", "--cached", "--recount", "-", stdin=head + "\n@@" + hunks[-1])
    git(repo, "commit", "-m", "Rework the second function")
    git(repo, "commit", "-m", "Rework the first function", "fibo.py")


# %% answers no, then yes
def two_commits(repo):
    git(repo, "commit", "--patch", "-m", "Fix what stood at the end", stdin="n\ny\n")
    git(repo, "commit", "--all", "-m", "Fix what stood at the top")


# %% stashes one of the two
def two_commits(repo):
    git(repo, "add", "-p", "fibo.py", stdin="y\nn\n")
    git(repo, "stash", "push", "--keep-index")
    git(repo, "commit", "-m", "Commit the first of two hunks")
    git(repo, "checkout", "stash@{0}", "--", "fibo.py")
    git(repo, "commit", "-m", "Commit the second of two hunks")
    git(repo, "stash", "drop")


# %% one commit with both  fails=["two_commits_two", "two_commits_ideas"]
def two_commits(repo):
    git(repo, "commit", "-am", "Change fibo in two places")


# %% both in the first commit, and an empty one  fails=["two_commits_ideas"]
def two_commits(repo):
    git(repo, "commit", "-am", "Change fibo in two places")
    git(repo, "commit", "--allow-empty", "-m", "Change nothing at all")


# %% the first commit only  fails=["two_commits_two", "two_commits_ideas"]
def two_commits(repo):
    git(repo, "commit", "-p", "-m", "Commit the first hunk", stdin="y\nn\n")


# %% all that is there, with each commit  fails=["two_commits_ideas"]
def two_commits(repo):
    git(repo, "add", "-p", "fibo.py", stdin="y\nn\n")
    git(repo, "commit", "-m", "Make the first change")
    git(repo, "add", "--all")
    git(repo, "commit", "-m", "Make the second change")


# %% the lines of one change are torn apart  fails=["two_commits_ideas", "two_commits_runs"]
def two_commits(repo):
    path = repo / "fibo.py"
    whole = path.read_bytes()
    path.write_bytes(b'"""' + whole)
    git(repo, "commit", "-am", "Begin a docstring")
    path.write_bytes(whole)
    git(repo, "commit", "-am", "Finish all the rest")


# %% without a message  fails=["two_commits_messages"]
def two_commits(repo):
    git(repo, "add", "-p", "fibo.py", stdin="y\nn\n")
    git(repo, "commit", "--allow-empty-message", "-m", "")
    git(repo, "commit", "-a", "--allow-empty-message", "-m", "")


# %% messages that say update  fails=["two_commits_messages"]
def two_commits(repo):
    git(repo, "commit", "-p", "-m", "update", stdin="y\nn\n")
    git(repo, "commit", "-am", "update")


# %% the same message twice  fails=["two_commits_messages"]
def two_commits(repo):
    git(repo, "commit", "-p", "-m", "Change fibo.py", stdin="y\nn\n")
    git(repo, "commit", "-am", "Change fibo.py")


# %% on a new branch  fails=["two_commits_two"]
def two_commits(repo):
    git(repo, "switch", "-c", "ideas")
    git(repo, "commit", "-p", "-m", "Make the first change", stdin="y\nn\n")
    git(repo, "commit", "-am", "Make the second change")


# %% replaces the last commit  fails=["two_commits_two"]
def two_commits(repo):
    git(repo, "commit", "-p", "--amend", "-m", "Make the first change", stdin="y\nn\n")
    git(repo, "commit", "-am", "Make the second change")
