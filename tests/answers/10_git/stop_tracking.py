# %% rules for the folder and the file
def stop_tracking(repo):
    path = repo / ".gitignore"
    old = path.read_text() if path.exists() else ""
    if old and not old.endswith("\n"):
        old += "\n"
    path.write_text(old + "data/\n.env\n")
    git(repo, "rm", "-r", "-q", "--cached", "data", ".env")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% every database, wherever it lies, in two files of rules
def stop_tracking(repo):
    (repo / "data" / ".gitignore").write_text("*.db\n")
    path = repo / ".gitignore"
    old = path.read_bytes() if path.exists() else b""
    path.write_bytes(b".env\n" + old)
    for name in git(repo, "ls-files", "-z").split("\0"):
        if name == ".env" or name.startswith("data/") and name.endswith(".db"):
            git(repo, "update-index", "--force-remove", name)
    git(repo, "add", "-f", ".gitignore", "data/.gitignore")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% everything taken out of the index and added again
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\n# not in git\n*.db\n.env\n")
    git(repo, "rm", "-r", "-q", "--cached", ".")
    git(repo, "add", "--all", "--", ".", ":!todo.txt")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% untracked files of the folder by a wild card, through the shell
import subprocess


def stop_tracking(repo):
    script = r"""
        [ -z "$(tail -c1 .gitignore 2>/dev/null)" ] || echo >> .gitignore
        printf '%s\n' 'data/*' '!data/*.md' '/.env' >> .gitignore
        git rm -q --cached .env data/*.db
        git add .gitignore
        git commit -q -m 'Keep data and secrets out of git'
    """
    subprocess.run(["bash", "-ec", script], cwd=repo, check=True, capture_output=True)


# %% the rule alone  fails=["stop_tracking_index"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\ndata/*.db\n.env\n")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Ignore data and secrets")


# %% deleted from disk  fails=["stop_tracking_disk"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\ndata/*.db\n.env\n")
    git(repo, "rm", "-q", "data/*.db", ".env")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Remove data and secrets")


# %% a rule for everything  fails=["stop_tracking_source"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\n*\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")
    git(repo, "add", "-f", ".gitignore")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% a rule that begins like the name  fails=["stop_tracking_source"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\ndata*\n.env*\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% a rule of this copy alone  fails=["stop_tracking_shared"]
def stop_tracking(repo):
    (repo / ".git" / "info").mkdir(exist_ok=True)
    with open(repo / ".git" / "info" / "exclude", "a") as file:
        file.write("data/*.db\n.env\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% the rule is not committed  fails=["stop_tracking_shared"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\ndata/*.db\n.env\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% goes on in the last line  fails=["stop_tracking_shared"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("data/*.db\n.env\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% writes over the rules that were there  fails=["stop_tracking_shared"]
def stop_tracking(repo):
    (repo / ".gitignore").write_text("data/*.db\n.env\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% the files that are there by name  fails=["stop_tracking_shared"]
def stop_tracking(repo):
    names = [name for name in git(repo, "ls-files", "-z", "data", ".env").split("\0") if name]
    with open(repo / ".gitignore", "a") as file:
        file.write("\n" + "\n".join(names) + "\n")
    git(repo, "rm", "-q", "--cached", "--", *names)
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Keep data and secrets out of git")


# %% out of the index, and not committed  fails=["stop_tracking_index", "stop_tracking_shared"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\ndata/*.db\n.env\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")


# %% the last commit replaced  fails=["stop_tracking_index"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\ndata/*.db\n.env\n")
    git(repo, "rm", "-q", "--cached", "data/*.db", ".env")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "--amend", "-m", "Add everything but data and secrets")


# %% the secret only  fails=["stop_tracking_index", "stop_tracking_shared"]
def stop_tracking(repo):
    with open(repo / ".gitignore", "a") as file:
        file.write("\n.env\n")
    git(repo, "rm", "-q", "--cached", ".env")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Stop tracking the secret")
