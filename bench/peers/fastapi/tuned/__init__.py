"""The parts of `tuned`: FastAPI's and its packages' advice, and every idea that gapwise's own profile takes."""

import orjson

from app.encoded_answers import EncodedAnswers
from app.level import Level
from tuned.database import open_database
from tuned.log import configure_log
from tuned.page import write_page
from tuned.upstream import open_upstream
from tuned.worlds import read_worlds, write_worlds

tuned = Level(
    open_database=open_database,
    open_upstream=open_upstream,
    # The choice of a serializer is this line alone: quickstart's ModelAnswers() is the other one.
    answers=EncodedAnswers(orjson.dumps),
    configure_log=configure_log,
    write_page=write_page,
    read_worlds=read_worlds,
    write_worlds=write_worlds,
)
