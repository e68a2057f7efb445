"""Discovery: from a source and the wanted years to the links of its annual reports.

How lists are walked and which of their entries are reports belongs here; how the lists of one family answer belongs
to ``sources.adapters``, how they are asked for to ``fetch``.
"""
