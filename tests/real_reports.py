"""The real published reports kept beside the repository. What is skipped where they are not is told at the end."""

import pytest

from tests import REPOSITORY

REPORTS = REPOSITORY.parent / "shared" / "reports"

needs_real_reports = pytest.mark.skipif(not REPORTS.is_dir(), reason=f"the real reports are not in {REPORTS}")
