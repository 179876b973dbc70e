"""`tuned` with what only gapwise's profile `max` has: reads that requests share, and users that are kept."""

from app.main import create_app
from maximum import maximum

app = create_app(maximum)
