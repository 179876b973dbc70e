"""Answers that are written here: FastAPI passes a response on as it is, without validating what is our own."""

from collections.abc import Callable, Mapping, Sequence

from fastapi import Response

from app.level import Model, Row


class EncodedAnswers:
    def __init__(self, encode: Callable[[object], bytes]) -> None:
        self._encode = encode

    def one(self, _model: type[Model], row: Row) -> Response:
        return Response(self._encode(dict(row)), media_type="application/json")

    def many(self, _model: type[Model], rows: Sequence[Row]) -> Response:
        return Response(self._encode([dict(row) for row in rows]), media_type="application/json")

    def created(
        self, _model: type[Model], row: Row, _response: Response, headers: Mapping[str, str]
    ) -> Response:
        return Response(self._encode(dict(row)), 201, headers, media_type="application/json")
