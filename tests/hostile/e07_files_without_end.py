"""Makes empty files without end."""


# %% square
def square(x):
    return x


try:
    for number in range(2_000_000):
        open(f"empty{number}", "w").close()
    print("no end")
except OSError as error:
    print(error.strerror)
