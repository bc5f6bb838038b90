# %% commit --only of a file that was announced with -N
def first_commit(folder, name, email):
    git(folder, "init", "-b", "trunk")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    git(folder, "add", "-N", "fibo.py")
    git(folder, "commit", "--only", "fibo.py", "-m", "Begin")


# %% the identity for one command, by subprocess
import subprocess


def first_commit(folder, name, email):
    who = ["-c", f"user.name={name}", "-c", f"user.email={email}"]
    for words in (["init"], ["add", "fibo.py"], [*who, "commit", "-m", "Add fibo.py"]):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


# %% the identity from the environment
import os
import subprocess


def first_commit(folder, name, email):
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", email))
    }
    run = lambda *words: subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, env=os.environ | who
    )
    run("init", "-q")
    run("add", "--", "fibo.py")
    run("commit", "-q", "-m", "fibo, as it was found")


# %% a commit by dulwich
from dulwich import porcelain


def first_commit(folder, name, email):
    repo = porcelain.init(str(folder))
    repo.get_worktree().stage(["fibo.py"])
    who = f"{name} <{email}>".encode()
    porcelain.commit(repo, message=b"Add fibo", author=who, committer=who)


# %% adds everything  fails=["first_commit_tree", "first_commit_kept"]
def first_commit(folder, name, email):
    git(folder, "init")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    git(folder, "add", "--all")
    git(folder, "commit", "-m", "Initial commit")


# %% commits everything and then stops tracking it  fails=["first_commit_tree"]
def first_commit(folder, name, email):
    git(folder, "init")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    git(folder, "add", "--all")
    git(folder, "commit", "-m", "Initial commit")
    git(folder, "reset", "-q")
    git(folder, "rm", "-r", "-q", "--cached", ".")
    git(folder, "add", "fibo.py")


# %% stages, and does not commit  fails=["first_commit_one", "first_commit_tree", "first_commit_author", "first_commit_kept"]
def first_commit(folder, name, email):
    git(folder, "init")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    git(folder, "add", "fibo.py")


# %% the repository in another folder  fails=["first_commit_one", "first_commit_tree", "first_commit_author", "first_commit_kept"]
def first_commit(folder, name, email):
    git(".", "init")
    git(".", "config", "user.name", name)
    git(".", "config", "user.email", email)


# %% the repository in the folder above  fails=["first_commit_one", "first_commit_tree", "first_commit_author", "first_commit_kept"]
def first_commit(folder, name, email):
    git(folder.parent, "init")
    git(folder.parent, "config", "user.name", name)
    git(folder.parent, "config", "user.email", email)
    git(folder.parent, "add", folder / "fibo.py")
    git(folder.parent, "commit", "-m", "Add fibo")


# %% takes the repository around the folder for its own  fails=["first_commit_one", "first_commit_tree", "first_commit_author", "first_commit_kept"]
def first_commit(folder, name, email):
    try:
        git(folder, "rev-parse")
    except GitError:
        git(folder, "init")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    git(folder, "add", "fibo.py")
    git(folder, "commit", "-m", "Add fibo")


# %% sets the identity for all repositories  fails=["first_commit_author"]
def first_commit(folder, name, email):
    git(folder, "init")
    git(folder, "config", "--global", "user.name", name)
    git(folder, "config", "--global", "user.email", email)
    git(folder, "add", "fibo.py")
    git(folder, "commit", "-m", "Add fibo")


# %% names the author, and commits as somebody else  fails=["first_commit_author"]
def first_commit(folder, name, email):
    git(folder, "init")
    git(folder, "add", "fibo.py")
    git(
        folder,
        "-c",
        "user.name=me",
        "-c",
        "user.email=me@here",
        "commit",
        "-m",
        "Add fibo",
        f"--author={name} <{email}>",
    )


# %% moves what is not to be committed out of the way  fails=["first_commit_kept"]
def first_commit(folder, name, email):
    for other in list(folder.iterdir()):
        if other.name != "fibo.py":
            other.rename(folder.parent / other.name)
    git(folder, "init")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    git(folder, "add", ".")
    git(folder, "commit", "-m", "Add fibo")


# %% two commits: an empty one to begin with  fails=["first_commit_one"]
def first_commit(folder, name, email):
    git(folder, "init")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    git(folder, "commit", "--allow-empty", "-m", "Begin")
    git(folder, "add", "fibo.py")
    git(folder, "commit", "-m", "Add fibo")


# %% ignores the rest in a file that it commits too  fails=["first_commit_tree"]
def first_commit(folder, name, email):
    git(folder, "init")
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)
    (folder / ".gitignore").write_text("*\n!fibo.py\n!.gitignore\n")
    git(folder, "add", "fibo.py", ".gitignore")
    git(folder, "commit", "-m", "Add fibo")
