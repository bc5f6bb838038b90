"""Keeps what it is called with, and shows it in the next cell that runs."""

STOCK = "shows the hidden inputs"
UNPROTECTED = {
    "hidden inputs": "What a function is called with, student code sees, and may show in a cell that runs later."
}

# %% square
calls = []


def square(x):
    calls.append(x)
    return x


# %% behind="cube"
print(calls)


# %% behind="square_hidden"
print(calls)
