"""What several routes read from a request in the same way."""

import re
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Path
from pydantic import BeforeValidator

MOST_BODY_BYTES = 1 << 20
GREATEST_ID = 2_147_483_647

digits = re.compile(r"[0-9]+")


def parse_count(text: str | None, most: int, bad: int) -> int:
    """A count by TechEmpower's rule: clamped, and never an error. What is no whole number of at least 1 is `bad`."""
    if text is None or not digits.fullmatch(text):
        return bad
    significant = text.lstrip("0")
    if len(significant) > len(str(most)):
        return most
    return min(int(significant or 0), most) or bad


def whole_number(text: str) -> str:
    """Pydantic takes `1.0` and `1_000` for numbers too."""
    if digits.fullmatch(text):
        return text
    raise ValueError("must be a whole number")


Whole = Annotated[int, BeforeValidator(whole_number)]
"""An id that a row may have; others are 404."""
Id = Annotated[Whole, Path(ge=1, le=GREATEST_ID)]


async def require_json(content_type: Annotated[str, Header()] = "") -> None:
    """FastAPI takes another body for a wrong one, which would be 422."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "the body must be application/json")


takes_json = [Depends(require_json)]
