"""Prints what a terminal obeys, and raises an exception that holds it too."""

# %% square
print("\x1b[2J\x1b]0;siskin\x07\x1b[1;1HScore 2/2")


def square(x):
    raise ValueError("\x1b]8;;javascript:siskin()\x07<script>siskin()</script>")
