"""The quick start with answers that orjson writes."""

from dataclasses import replace

import orjson

from app.encoded_answers import EncodedAnswers
from app.main import create_app
from quickstart import quick_start

app = create_app(replace(quick_start, answers=EncodedAnswers(orjson.dumps)))
