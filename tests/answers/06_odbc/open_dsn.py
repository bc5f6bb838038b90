# %% pyodbc's keywords, with braces where they are needed
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise KeyError(f"{name}: no such data source, only {list(pyodbc.dataSources())}")
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value[:1] == "{":
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    return pyodbc.connect(dsn=name, **credentials)


# %% a string that names the data source
import os

import pyodbc


def open_dsn(name):
    sources = pyodbc.dataSources()
    if name not in sources:
        raise LookupError("There are: " + "; ".join(sources))

    def written(value):
        return "{%s}" % value.replace("}", "}}") if value.startswith("{") or ";" in value else value

    text = f"DSN={name};"
    if (user := os.environ.get("SURVEY_UID")) is not None:
        text += f"UID={written(user)};"
    if (secret := os.environ.get("SURVEY_PWD")) is not None:
        text += f"PWD={{{secret.replace('}', '}}')}}};"
    return pyodbc.connect(text)


# %% tries first, and explains the driver manager's error
import os
import re

import pyodbc


def open_dsn(name):
    class UnknownSource(LookupError):
        pass

    credentials = {"UID": os.environ.get("SURVEY_UID"), "PWD": os.environ.get("SURVEY_PWD")}
    given = {
        key: "{" + re.sub("}", "}}", value) + "}" if re.search(r"^\{|;", value) else value
        for key, value in credentials.items()
        if value is not None
    }
    try:
        return pyodbc.connect(dsn=name, **given)
    except pyodbc.InterfaceError as error:
        if error.args[0] != "IM002":
            raise
        raise UnknownSource(f"{name} is none of {sorted(pyodbc.dataSources())}") from None


# %% pyodbc's keywords in small letters
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"there are: {', '.join(pyodbc.dataSources())}")

    def written(value):
        return "{" + value.replace("}", "}}") + "}" if ";" in value or value.startswith("{") else value

    given = {
        keyword: written(os.environ[variable])
        for keyword, variable in (("user", "SURVEY_UID"), ("password", "SURVEY_PWD"))
        if variable in os.environ
    }
    return pyodbc.connect(f"dsn={name}", **given)


# %% opens with sqlite3  fails=["open_dsn_opens", "open_dsn_driver", "open_dsn_credentials", "open_dsn_unknown", "open_dsn_quiet", "open_dsn_ini"]
import configparser
import os
import sqlite3


def open_dsn(name):
    ini = configparser.ConfigParser()
    ini.read(os.environ["ODBCINI"])
    if name not in ini:
        raise LookupError(f"only {ini.sections()}")
    return sqlite3.connect(ini[name]["Database"])


# %% a path that is written out  fails=["open_dsn_opens", "open_dsn_credentials", "open_dsn_quiet"]
import os

import pyodbc

from course import survey


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    return pyodbc.connect(f"DRIVER={{SQLite3}};DATABASE={survey.path()};NoCreat=1")


# %% always the same data source  fails=["open_dsn_opens", "open_dsn_credentials", "open_dsn_quiet"]
import os

import pyodbc


def open_dsn(name):
    known = pyodbc.dataSources()
    if name not in known:
        raise LookupError(f"only {list(known)}")
    return pyodbc.connect(dsn=next(iter(known)))


# %% forgets the credentials  fails=["open_dsn_credentials"]
import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    return pyodbc.connect(dsn=name)


# %% hands the credentials to pyodbc as they are  fails=["open_dsn_credentials"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise KeyError(f"{name}: no such data source, only {list(pyodbc.dataSources())}")
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    return pyodbc.connect(dsn=name, **credentials)


# %% puts braces round every name  fails=["open_dsn_credentials"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    text = f"DSN={name}"
    for key in ("UID", "PWD"):
        if f"SURVEY_{key}" in os.environ:
            text += f";{key}=" + "{" + os.environ[f"SURVEY_{key}"].replace("}", "}}") + "}"
    return pyodbc.connect(text)


# %% sends an empty password where there is none  fails=["open_dsn_credentials"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    return pyodbc.connect(dsn=name, UID=os.environ.get("SURVEY_UID", ""), PWD=os.environ.get("SURVEY_PWD", ""))


# %% sends the password as PASSWORD, which nobody hides  fails=["open_dsn_credentials"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    text = f"DSN={name}"
    if "SURVEY_UID" in os.environ:
        text += f";UID={os.environ['SURVEY_UID']}"
    if "SURVEY_PWD" in os.environ:
        text += f";PASSWORD={os.environ['SURVEY_PWD']}"
    return pyodbc.connect(text)


# %% leaves it to the driver manager to say that a name is unknown  fails=["open_dsn_unknown"]
import os

import pyodbc


def open_dsn(name):
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value.startswith("{"):
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    return pyodbc.connect(dsn=name, **credentials)


# %% an error of its own that names no source  fails=["open_dsn_unknown"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"there is no data source {name}")
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value.startswith("{"):
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    return pyodbc.connect(dsn=name, **credentials)


# %% reads the user's file alone and forgets the system's  fails=["open_dsn_unknown"]
import configparser
import os

import pyodbc


def open_dsn(name):
    ini = configparser.ConfigParser(interpolation=None)
    ini.read(os.environ["ODBCINI"])
    if name not in ini.sections():
        raise LookupError(f"only {ini.sections()}")
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value.startswith("{"):
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    return pyodbc.connect(dsn=name, **credentials)


# %% returns None for an unknown name  fails=["open_dsn_unknown", "open_dsn_quiet", "open_dsn_ini"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        return None
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value.startswith("{"):
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    return pyodbc.connect(dsn=name, **credentials)


# %% the password in the message  fails=["open_dsn_quiet"]
import os

import pyodbc


def open_dsn(name):
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value.startswith("{"):
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    if name not in pyodbc.dataSources():
        raise LookupError(f"{name} with {credentials}: only {list(pyodbc.dataSources())}")
    return pyodbc.connect(dsn=name, **credentials)


# %% shows the connection string when the connection fails  fails=["open_dsn_quiet"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    text = f"DSN={name}"
    for key in ("UID", "PWD"):
        if f"SURVEY_{key}" in os.environ:
            value = os.environ[f"SURVEY_{key}"]
            braces = ";" in value or value.startswith("{")
            text += f";{key}=" + ("{" + value.replace("}", "}}") + "}" if braces else value)
    try:
        return pyodbc.connect(text)
    except pyodbc.Error as error:
        raise ConnectionError(f"cannot connect with {text}") from error


# %% writes the credentials into odbc.ini  fails=["open_dsn_credentials", "open_dsn_ini"]
import os
from pathlib import Path

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    ini = Path(os.environ["ODBCINI"])
    credentials = f"UID = {os.environ.get('SURVEY_UID')}\nPWD = {os.environ.get('SURVEY_PWD')}\n"
    ini.write_text(ini.read_text().replace(f"[{name}]\n", f"[{name}]\n{credentials}"))
    return pyodbc.connect(dsn=name)


# %% edits the system's file so that it finds the name  fails=["open_dsn_ini"]
import configparser
import os
from pathlib import Path

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    mine, system = Path(os.environ["ODBCINI"]), Path(os.environ["ODBCSYSINI"], "odbc.ini")
    system.write_text(system.read_text() + mine.read_text())
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value.startswith("{"):
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    return pyodbc.connect(dsn=name, **credentials)


# %% reads the environment when the cell is run  fails=["open_dsn_credentials"]
import os

import pyodbc

CREDENTIALS = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    return pyodbc.connect(dsn=name, **CREDENTIALS)


# %% hands out a cursor  fails=["open_dsn_driver"]
import os

import pyodbc


def open_dsn(name):
    if name not in pyodbc.dataSources():
        raise LookupError(f"only {list(pyodbc.dataSources())}")
    credentials = {key: os.environ[f"SURVEY_{key}"] for key in ("UID", "PWD") if f"SURVEY_{key}" in os.environ}
    for key, value in credentials.items():
        if ";" in value or value.startswith("{"):
            credentials[key] = "{" + value.replace("}", "}}") + "}"
    return pyodbc.connect(dsn=name, **credentials).cursor()
