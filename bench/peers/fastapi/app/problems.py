"""Errors as RFC 9457 problem documents."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException


def answer_errors(app: FastAPI) -> None:
    """Answers every error with a problem document. What nobody foresaw is 500, and uvicorn writes it to its log."""
    app.add_exception_handler(HTTPException, answer_http_exception)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(Exception, answer_unforeseen)


def problem(status: int, headers: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    return JSONResponse(
        {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, **more},
        status,
        headers,
        media_type="application/problem+json",
    )


async def answer_http_exception(_request: Request, error: HTTPException) -> JSONResponse:
    return problem(error.status_code, error.headers, detail=error.detail)


async def answer_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
    """400 for what is no JSON, 404 for a path that nothing can have, 422 for wrong fields."""
    errors = error.errors()
    if any(each["type"] == "json_invalid" for each in errors):
        return problem(400, detail="the body is not JSON")
    if any(each["loc"][0] == "path" for each in errors):
        return problem(404)
    fields = [
        {"field": ".".join(map(str, each["loc"][1:])), "message": each["msg"]} for each in errors
    ]
    return problem(422, errors=fields)


async def answer_unforeseen(_request: Request, _error: Exception) -> JSONResponse:
    return problem(500)
