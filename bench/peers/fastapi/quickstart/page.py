"""The page of fortunes from a template."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from app.level import Row

templates = Jinja2Templates(directory=Path(__file__).parent.parent / "templates")


def write_page(request: Request, fortunes: Sequence[Row]) -> Response:
    return templates.TemplateResponse(
        request=request, name="fortunes.html", context={"fortunes": fortunes}
    )
