"""Charts: one module each turns rows into a Vega-Lite specification; ``drawing`` makes pictures of them.

Colours are names of our own style sheet (``var(--clean)``), so that a chart within a page follows its dark mode.
"""
