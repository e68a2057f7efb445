"""Work on what strangers send, in a process of its own with hard limits: their SQL, their files, archived pages.

A child gets its question and its bytes through a pipe, knows no setting and no secret, can write no file, and is killed
when it overstays. ``process`` is the parent's side, ``__main__`` the child's; every other module is one task.
"""

from explorer.sandbox.process import Limits, SandboxError, ask

__all__ = ["Limits", "SandboxError", "ask"]
