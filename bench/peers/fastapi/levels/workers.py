"""The quick start in as many processes as there are cores; their number is in serving.py."""

from app.end_with_parent import end_as_worker
from app.main import create_app
from quickstart import quick_start

end_as_worker()
app = create_app(quick_start)
