"""What the documentation advises for production, and every idea that gapwise gives itself."""

from app.end_with_parent import end_as_worker
from app.main import create_app
from tuned import tuned

end_as_worker()
app = create_app(tuned)
