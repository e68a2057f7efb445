"""Property tests look at the same examples in every run; `HYPOTHESIS_PROFILE=explore` looks for new ones."""

import os

from hypothesis import settings

settings.register_profile("suite", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
