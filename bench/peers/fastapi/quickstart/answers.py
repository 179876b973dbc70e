"""Answers as FastAPI's documentation has them: models, which it validates and writes."""

from collections.abc import Mapping, Sequence

from fastapi import Response

from app.level import Model, Row


class ModelAnswers:
    def one(self, model: type[Model], row: Row) -> Model:
        return model(**row)

    def many(self, model: type[Model], rows: Sequence[Row]) -> list[Model]:
        return [model(**row) for row in rows]

    def created(
        self, model: type[Model], row: Row, response: Response, headers: Mapping[str, str]
    ) -> Model:
        response.headers.update(headers)
        return model(**row)
