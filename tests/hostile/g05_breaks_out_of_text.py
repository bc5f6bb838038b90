"""Returns text that would become code, if somebody pasted it into code."""


# %% square
def square(x):
    return "9 or True) #' or '1'='1"


# %% ratio
ratio = "1.0); import os; os._exit(0"
