"""Shows pictures and pages without end."""

FLAGS = ("square",)

# %% square
from IPython.display import HTML, display

while True:
    display(HTML("x" * 100_000))
