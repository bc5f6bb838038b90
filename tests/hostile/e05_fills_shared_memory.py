"""Fills /dev/shm, which is memory of the machine."""


# %% square
def square(x):
    return x


try:
    with open("/dev/shm/full", "wb") as file:
        while file.tell() < 4_000_000_000:
            file.write(bytes(10_000_000))
    print("no end")
except OSError as error:
    print(error.strerror)
