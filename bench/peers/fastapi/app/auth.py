"""Who asks: tokens that were signed with HS256."""

import os
import re
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.requests import GREATEST_ID

SECRET = os.environ.get("JWT_SECRET", "")
LONGEST_TOKEN = 4096

# PyJWT skips characters that are not base64, which a token may not have.
form = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
subject = re.compile(r"[1-9][0-9]{0,9}")

bearer = HTTPBearer()


async def user_id_of(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> int:
    """Whose valid token the request brings; 401 for all others, without a hint what was wrong with it."""
    token = credentials.credentials
    if SECRET and len(token) <= LONGEST_TOKEN and form.fullmatch(token):
        try:
            claims = jwt.decode(
                token, SECRET, algorithms=["HS256"], options={"require": ["exp", "sub"]}
            )
        except jwt.InvalidTokenError:
            raise unauthorized() from None
        if subject.fullmatch(claims["sub"]) and int(claims["sub"]) <= GREATEST_ID:
            return int(claims["sub"])
    raise unauthorized()


def unauthorized() -> HTTPException:
    return HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


UserId = Annotated[int, Depends(user_id_of)]
