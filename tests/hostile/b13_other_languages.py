"""Uses commands, shell cells, other scripts and extensions to leave the notebook."""


# %% square
def square(x):
    return x


# %% language="bash" behind="square"
# touch /traces ../../traces; id > id.txt

# %% behind="cube"
# !touch {TRACES}/command; echo > {COURSE}/gradebook.db
# %run wander.py
# %load_ext wander
# %cd {COURSE}
# %pip install --quiet --no-input --no-index wander

# %% file="wander.py"
from pathlib import Path

Path(TRACES, "run").touch()


def load_ipython_extension(shell):
    Path(TRACES, "extension").touch()
