"""What a failed statement leaves behind, as far as its error tells."""

import asyncpg

# Classes of SQLSTATE that befall the connection or the whole server: lost, too many, shutting down, disk.
OF_ALL = ("08", "53", "57P", "58")


def is_of_statement(error: BaseException) -> bool:
    """Whether the server has answered the statement itself with this error, and so has undone it."""
    # asyncpg gives a lost connection a code too, of class 08.
    return isinstance(error, asyncpg.PostgresError) and not error.sqlstate.startswith(OF_ALL)


def is_settled(error: BaseException) -> bool:
    """Whether a write that failed so will surely change nothing from now on: undone, or never sent."""
    return isinstance(error, ConnectionRefusedError) or is_of_statement(error)
