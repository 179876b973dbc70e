"""The page of fortunes, written by hand as a compiler would write it."""

from collections.abc import Sequence

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import escape

from app.level import Row

HEAD = (
    "<!DOCTYPE html>\n<html>\n<head><title>Fortunes</title></head>\n<body>\n<table>\n"
    "<tr><th>id</th><th>message</th></tr>\n"
)
END = "</table>\n</body>\n</html>\n"


def write_page(_request: Request, fortunes: Sequence[Row]) -> Response:
    rows = [
        f"<tr><td>{fortune['id']}</td><td>{escape(fortune['message'])}</td></tr>\n"
        for fortune in fortunes
    ]
    return HTMLResponse("".join((HEAD, *rows, END)))
