"""Takes memory in one process, bit by bit, until it is given no more."""

# %% square
taken = []
while True:
    taken.append(bytearray(50_000_000))
