# %% bisect by hand, and the short id
import subprocess


def who_broke_it(repo):
    first = git(repo, "log", "--format=%H", "--reverse", "--topo-order").split()[0]
    git(repo, "bisect", "start")
    git(repo, "bisect", "bad", "HEAD")
    said = git(repo, "bisect", "good", first)
    while "is the first bad commit" not in said:
        done = subprocess.run([sys.executable, "check.py"], cwd=repo, capture_output=True)
        said = git(repo, "bisect", "bad" if done.returncode else "good")
    git(repo, "bisect", "reset")
    return said.split()[0][:8]


# %% tries each version of the file in this process, and asks for the parents
def who_broke_it(repo):
    past = read(repo)

    def right(commit):
        names = {}
        try:
            exec(past.files(commit)["fibo.py"], names)
            return [names["fibo"](x) for x in range(1, 11)] == [1, 1, 2, 3, 5, 8, 13, 21, 34, 55]
        except Exception:
            return False

    good = {id: right(id) for id in past.history()}
    [found] = [id for id, commit in past.history().items() if not good[id] and all(good[p] for p in commit.parents)]
    return found


# %% blames the line that the first version does not have
def who_broke_it(repo):
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    right = git(repo, "show", f"{first}:fibo.py").splitlines()
    lines = git(repo, "blame", "-s", "--abbrev=12", "HEAD", "--", "fibo.py").splitlines()
    for number, line in enumerate(lines[: len(right)]):
        if line.split(") ", 1)[1] != right[number]:
            return line.split()[0]


# %% searches the log for the line that is gone
def who_broke_it(repo):
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    right = git(repo, "show", f"{first}:fibo.py").splitlines()
    wrong = git(repo, "show", "HEAD:fibo.py").splitlines()
    gone = next(line for line in right if line not in wrong)
    return git(repo, "log", "--topo-order", "--format=%h", "--max-count=1", f"-S{gone}", "--", "fibo.py")


# %% searches the log, and trusts its order  fails=["who_broke_it_dates"]
def who_broke_it(repo):
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    right = git(repo, "show", f"{first}:fibo.py").splitlines()
    wrong = git(repo, "show", "HEAD:fibo.py").splitlines()
    gone = next(line for line in right if line not in wrong)
    return git(repo, "log", "--format=%h", "--max-count=1", f"-S{gone}", "--", "fibo.py")


# %% the latest  fails=["who_broke_it_linear", "who_broke_it_merges", "who_broke_it_dates", "who_broke_it_tidy"]
def who_broke_it(repo):
    return git(repo, "rev-parse", "HEAD")


# %% the last that was right  fails=["who_broke_it_linear", "who_broke_it_merges", "who_broke_it_dates", "who_broke_it_tidy"]
def who_broke_it(repo):
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    git(repo, "bisect", "start", "HEAD", first)
    git(repo, "bisect", "run", sys.executable, "check.py")
    found = git(repo, "rev-parse", "refs/bisect/bad^")
    git(repo, "bisect", "reset")
    return found


# %% the merge that brought it in  fails=["who_broke_it_merges", "who_broke_it_dates"]
def who_broke_it(repo):
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    git(repo, "bisect", "start", "--first-parent", "HEAD", first)
    git(repo, "bisect", "run", sys.executable, "check.py")
    found = git(repo, "rev-parse", "refs/bisect/bad")
    git(repo, "bisect", "reset")
    return found


# %% the first by date  fails=["who_broke_it_dates"]
def who_broke_it(repo):
    past = read(repo)

    def wrong(commit):
        names = {}
        try:
            exec(past.files(commit)["fibo.py"], names)
            return [names["fibo"](x) for x in range(1, 11)] != [1, 1, 2, 3, 5, 8, 13, 21, 34, 55]
        except Exception:
            return True

    return min((commit.date, commit.id) for commit in past.history().values() if wrong(commit.id))[1]


# %% goes down the log until it is right  fails=["who_broke_it_merges", "who_broke_it_dates"]
def who_broke_it(repo):
    past = read(repo)
    found = None
    for commit in git(repo, "log", "--format=%H").split():
        names = {}
        exec(past.files(commit)["fibo.py"], names)
        try:
            if [names["fibo"](x) for x in range(1, 11)] == [1, 1, 2, 3, 5, 8, 13, 21, 34, 55]:
                return found
        except Exception:
            pass
        found = commit
    return found


# %% the last who changed the file  fails=["who_broke_it_linear", "who_broke_it_merges", "who_broke_it_dates", "who_broke_it_tidy"]
def who_broke_it(repo):
    return git(repo, "log", "-1", "--format=%H", "--", "fibo.py")


# %% leaves the search unfinished  fails=["who_broke_it_tidy"]
def who_broke_it(repo):
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    git(repo, "bisect", "start", "HEAD", first)
    git(repo, "bisect", "run", sys.executable, "check.py")
    return git(repo, "rev-parse", "refs/bisect/bad")


# %% all that bisect says  fails=["who_broke_it_linear", "who_broke_it_merges", "who_broke_it_dates", "who_broke_it_tidy"]
def who_broke_it(repo):
    first = git(repo, "rev-list", "--max-parents=0", "HEAD")
    git(repo, "bisect", "start", "HEAD", first)
    said = git(repo, "bisect", "run", sys.executable, "check.py")
    git(repo, "bisect", "reset")
    return said
