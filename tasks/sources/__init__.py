"""What is declared of a portal: its lists, its organs, its pace, and the family of portals that it belongs to.

How one family's lists answer is one module in ``adapters``; walking lists is for ``tasks.discover``.
"""
