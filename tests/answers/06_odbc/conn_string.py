# %% braces around DRIVER, and where a value needs them
def conn_string(**parts):
    def value(keyword, part):
        part = str(part)
        if "\0" in part:
            raise ValueError(f"{keyword}: a NUL character cannot be sent")
        if keyword.upper() == "DRIVER" or ";" in part or part[:1] == "{":
            return "{" + part.replace("}", "}}") + "}"
        return part

    first = [item for item in parts.items() if item[0].upper() == "DRIVER"]
    rest = [item for item in parts.items() if item[0].upper() != "DRIVER"]
    return "".join(f"{key}={value(key, part)};" for key, part in first + rest if part is not None)


# %% a join over a dict
import re


def conn_string(**parts):
    given = {key.upper(): str(part) for key, part in parts.items() if part is not None}
    bad = [key for key, part in given.items() if "\0" in part]
    if bad:
        raise ValueError(f"no NUL character may stand in the value of {', '.join(bad)}")
    if "DRIVER" in given:
        given = {"DRIVER": given.pop("DRIVER")} | given
    quoted = {
        key: "{%s}" % part.replace("}", "}}") if re.match(r"\{|.*;", part, re.DOTALL) else part
        for key, part in given.items()
    }
    return ";".join(map("=".join, quoted.items()))


# %% a list that is built up, with the driver put in front
def conn_string(**parts):
    pieces = []
    for keyword, part in parts.items():
        if part is None:
            continue
        part = f"{part}"
        if chr(0) in part:
            raise ValueError(keyword)
        if part.startswith("{") or part.find(";") >= 0:
            part = "{" + "}}".join(part.split("}")) + "}"
        if keyword.lower() == "driver":
            pieces.insert(0, f"{keyword}={part}")
        else:
            pieces.append(f"{keyword}={part}")
    return ";".join(pieces) + ";"


# %% never uses braces  fails=["conn_string_parses", "conn_string_connects"]
def conn_string(**parts):
    for keyword, part in parts.items():
        if "\0" in str(part):
            raise ValueError(keyword)
    ordered = sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER")
    return ";".join(f"{key}={part}" for key, part in ordered if part is not None)


# %% does not double the brace within braces  fails=["conn_string_parses", "conn_string_connects"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        words.append(f"{keyword}=" + ("{" + part + "}" if ";" in part or part.startswith("{") else part))
    return ";".join(words)


# %% puts every value in braces  fails=["conn_string_connects"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        words.append(keyword + "={" + part.replace("}", "}}") + "}")
    return ";".join(words)


# %% puts braces around spaces and other characters that need none  fails=["conn_string_connects"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        if any(letter in part for letter in " []{}(),;?*=!@"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    return ";".join(words)


# %% forgets that a value may begin with a brace  fails=["conn_string_parses", "conn_string_connects"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        words.append(f"{keyword}=" + ("{" + part.replace("}", "}}") + "}" if ";" in part else part))
    return ";".join(words)


# %% doubles braces where there are none around the value  fails=["conn_string_parses", "conn_string_connects"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        braces = ";" in part or part.startswith("{")
        part = part.replace("}", "}}")
        words.append(f"{keyword}=" + ("{" + part + "}" if braces else part))
    return ";".join(words)


# %% leaves the driver where it was given  fails=["conn_string_parses"]
def conn_string(**parts):
    words = []
    for keyword, part in parts.items():
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        if ";" in part or part.startswith("{"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    return ";".join(words)


# %% sorts the keywords  fails=["conn_string_parses"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: (item[0].upper() != "DRIVER", item[0])):
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        if ";" in part or part.startswith("{"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    return ";".join(words)


# %% takes the driver for one that is always given  fails=["conn_string_parses", "conn_string_none"]
def conn_string(**parts):
    def quoted(keyword, part):
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        return "{" + part.replace("}", "}}") + "}" if ";" in part or part.startswith("{") else part

    driver = next(key for key in parts if key.upper() == "DRIVER")
    words = [f"{driver}={quoted(driver, parts[driver])}"]
    words += [f"{key}={quoted(key, part)}" for key, part in parts.items() if part is not None and key != driver]
    return ";".join(words)


# %% writes None out  fails=["conn_string_none"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        if ";" in part or part.startswith("{"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    return ";".join(words)


# %% leaves out every value that counts as false  fails=["conn_string_none"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if not part:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        if ";" in part or part.startswith("{"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    return ";".join(words)


# %% puts the whole string into its message  fails=["conn_string_quiet"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if ";" in part or part.startswith("{"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    text = ";".join(words)
    if "\0" in text:
        raise ValueError(f"NUL in {text!r}")
    return text


# %% sends what cannot be sent  fails=["conn_string_quiet"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if ";" in part or part.startswith("{"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    return ";".join(words)


# %% takes the driver for one that is written in capitals  fails=["conn_string_parses"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0] != "DRIVER"):
        if part is None:
            continue
        part = str(part)
        if "\0" in part:
            raise ValueError(keyword)
        if ";" in part or part.startswith("{"):
            part = "{" + part.replace("}", "}}") + "}"
        words.append(f"{keyword}={part}")
    return ";".join(words)


# %% puts double quotes where there should be braces  fails=["conn_string_parses", "conn_string_connects"]
def conn_string(**parts):
    words = []
    for keyword, part in sorted(parts.items(), key=lambda item: item[0].upper() != "DRIVER"):
        if part is None:
            continue
        if "\0" in str(part):
            raise ValueError(keyword)
        words.append(f'{keyword}="{part}"' if ";" in str(part) else f"{keyword}={part}")
    return ";".join(words)
