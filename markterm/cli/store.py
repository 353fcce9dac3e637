"""`markterm store`: what keeps the records, for whoever administers it."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.session import global_options

STORES = ("status", "prepare", "copy")
"""Each is the `command` of the module of its name in `cli/stores`, imported when it is asked for."""


@click.group("store", cls=ByName, names=STORES, package="markterm.cli.stores", params=global_options())
def command() -> None:
    """Look after what keeps the records.

    It is the folder records of the centre, which needs nothing, unless
    centre.toml names a PostgreSQL database:

    \b
      [record]
      store = "postgresql://markterm@db.college.example/markterm"

    The password comes from the environment (PGPASSWORD), from a password
    file (~/.pgpass) or from a service file, and never stands in centre.toml.
    Sheets and evidence stay in the folder.

    \b
    Examples:
      markterm store status
      markterm store prepare --owner postgresql:///markterm --role markterm
      markterm store copy --to postgresql://markterm@/markterm
    """
