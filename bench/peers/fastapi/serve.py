"""Starts one level in the foreground: python serve.py LEVEL."""

import os
import signal
import sys

import uvicorn

from serving import serving_of


def main(level: str) -> None:
    # Once all is closed, uvicorn raises the signal again that made it stop: then the end is a good one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        f"levels.{level.replace('-', '_')}:app",
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "3000")),
        **serving_of(level),
    )


# Workers import this file too.
if __name__ == "__main__":
    main(sys.argv[1])
