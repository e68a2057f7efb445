"""What can go wrong when reports are put together in the warehouse."""

from tasks.problems import ProblemKind, by_code
from warehouse.text import Text

LOAD_KINDS = by_code(
    ProblemKind(
        "addresses_disagree",
        Text(
            "同一来源同时列出的两个地址，对同一机关同一年度给出不同的数",
            "two addresses that one source lists at once show different figures for one organ and year",
        ),
        Text(
            "用浏览器打开两个地址，看以哪一份为准；请网站撤下另一份",
            "open both addresses to see which one holds; ask the portal to withdraw the other",
        ),
    ),
)
"""Every code that loading can give."""
