"""The quick start with a bad habit: what validates an answer is made anew in each request."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import Response
from pydantic import TypeAdapter, create_model

from app.level import Model, Row
from app.main import create_app
from quickstart import quick_start


class UncachedAnswers:
    def one(self, model: type[Model], row: Row) -> Model:
        return create_model(model.__name__, __base__=model)(**row)

    def many(self, model: type[Model], rows: Sequence[Row]) -> list[Model]:
        made = create_model(model.__name__, __base__=model)
        return TypeAdapter(list[made]).validate_python([dict(row) for row in rows])

    def created(
        self, model: type[Model], row: Row, response: Response, headers: Mapping[str, str]
    ) -> Model:
        response.headers.update(headers)
        return self.one(model, row)


app = create_app(replace(quick_start, answers=UncachedAnswers()))
