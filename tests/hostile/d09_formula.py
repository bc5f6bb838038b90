"""Names itself by a formula that a spreadsheet runs when marks are exported."""

UNPROTECTED = {"": "Exports are nbgrader's; names of students come from the list of the class, and from no submission."}


# %% square
def square(x):
    return "=HYPERLINK('http://127.0.0.1','2/2')"


# %% make
def make(book, path):
    book.metadata["authors"] = [{"name": "=HYPERLINK('http://127.0.0.1','2/2')"}]
