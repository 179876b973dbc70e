"""How gunicorn serves the quick start: by its own rule for the number of workers, with its lines about requests."""

import os

from app.end_with_parent import end_with_parent
from gunicorn.arbiter import Arbiter
from serving import cores

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '3000')}"
workers = 2 * cores() + 1
worker_class = "uvicorn_worker.UvicornWorker"
# As uvicorn does it by default.
accesslog = "-"
keepalive = 5


def post_fork(server: Arbiter, _worker: object) -> None:
    end_with_parent(server.pid)
