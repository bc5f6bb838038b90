"""Encodes what it has found out into marks, to hand in again and again."""

EARNS = {"square": 1}
UNPROTECTED = {
    "": "Marks are an answer. Only a limit on how often one may hand in closes this, and grading sees one submission."
}


# %% square
def square(x):
    return x * x if x % 2 else None
