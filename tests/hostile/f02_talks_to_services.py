"""Talks to services on the host's loopback, and to the address at which clouds tell their secrets."""

# %% square
import urllib.request


def square(x):
    return x


for url in (
    f"http://127.0.0.1:{PORT}/",
    f"http://localhost:{PORT}/",
    f"http://0.0.0.0:{PORT}/",
    "http://169.254.169.254/",
):
    try:
        print(urllib.request.urlopen(url, timeout=1).read(100))
    except (OSError, ValueError) as error:
        print(type(error).__name__)
