"""Answers whose JSON stays with the row that they were made of, where that row is kept."""

from typing import Any

from fastapi import Response

from app.encoded_answers import EncodedAnswers
from app.level import Model, Row


class KeptRow(dict[str, Any]):
    """A row that may be answered more than once, so nobody changes it."""

    json: bytes | None = None
    """Its JSON, once it was answered."""


class RememberedAnswers(EncodedAnswers):
    def one(self, model: type[Model], row: Row) -> Response:
        if not isinstance(row, KeptRow):
            return super().one(model, row)
        if row.json is None:
            row.json = self._encode(row)
        return Response(row.json, media_type="application/json")
