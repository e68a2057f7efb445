"""Work on what strangers send, in a process of its own with hard limits: their SQL, their files, archived pages.

A child gets its question and its bytes through a pipe, knows no setting and no secret, can write no file, and is killed
when it overstays. ``process`` is the parent's side, ``__main__`` the child's; every other module is one task.
"""

from explorer.child.process import ChildError, Limits, ask

__all__ = ["ChildError", "Limits", "ask"]
