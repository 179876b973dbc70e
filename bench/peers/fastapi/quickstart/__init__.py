"""The parts of `default`: what the documentation of FastAPI and of each package begins with."""

from functools import partial

import asyncpg

from app.level import Level
from app.users import StoredUsers
from app.worlds import StoredWorlds
from quickstart.answers import ModelAnswers
from quickstart.log import configure_log
from quickstart.page import write_page
from quickstart.upstream import open_upstream
from quickstart.worlds import read_worlds, write_worlds

quick_start = Level(
    open_database=asyncpg.create_pool,
    open_upstream=open_upstream,
    answers=ModelAnswers(),
    configure_log=configure_log,
    write_page=write_page,
    make_worlds=partial(StoredWorlds, read=read_worlds, write=write_worlds),
    make_users=StoredUsers,
)
