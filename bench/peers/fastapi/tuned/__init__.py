"""The parts of `tuned`: FastAPI's and its packages' advice, and every idea that gapwise's own profile takes."""

from functools import partial

import orjson

from app.encoded_answers import EncodedAnswers
from app.level import Level
from app.users import StoredUsers
from app.worlds import StoredWorlds
from serving import tuned_processes
from tuned.database import open_database
from tuned.log import configure_log
from tuned.page import write_page
from tuned.upstream import open_upstream
from tuned.worlds import read_worlds, write_worlds

tuned = Level(
    open_database=partial(open_database, processes=tuned_processes()),
    open_upstream=open_upstream,
    # The choice of a serializer is this line alone: quickstart's ModelAnswers() is the other one.
    answers=EncodedAnswers(orjson.dumps),
    configure_log=configure_log,
    write_page=write_page,
    make_worlds=partial(StoredWorlds, read=read_worlds, write=write_worlds),
    make_users=StoredUsers,
)
