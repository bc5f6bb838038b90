"""Shows a script, event handlers and a forged score to whoever reads the feedback."""

STOCK = "puts a script into the feedback"
UNPROTECTED = {
    "script": "What student code displays is kept as it is, and the page of feedback is nbgrader's, which shows it so."
}

# %% square
from IPython.display import HTML, Javascript, Markdown, display

display(HTML("<script>siskin()</script><img src=x onerror=siskin()><h2>Score 2/2</h2>"))
display(Javascript("siskin()"))
display(Markdown("[a](javascript:siskin()) <script>siskin()</script>"))
display(
    {"text/html": "<iframe srcdoc='<script>siskin()</script>'>", "image/svg+xml": "<svg onload='siskin()'/>"}, raw=True
)


def square(x):
    return x
