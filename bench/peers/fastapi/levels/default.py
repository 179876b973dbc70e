"""The quick start."""

from app.main import create_app
from quickstart import quick_start

app = create_app(quick_start)
