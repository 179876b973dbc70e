"""The parts of `max`: `tuned`, with reads that requests share and users that are kept. It is for one process."""

from dataclasses import replace
from functools import partial

import orjson

from maximum.answers import RememberedAnswers
from maximum.users import KeptUsers
from maximum.worlds import GatheredWorlds
from serving import PROCESSES_OF_MAX
from tuned import tuned
from tuned.database import open_database

maximum = replace(
    tuned,
    open_database=partial(open_database, processes=PROCESSES_OF_MAX),
    answers=RememberedAnswers(orjson.dumps),
    make_worlds=GatheredWorlds,
    make_users=KeptUsers,
)
