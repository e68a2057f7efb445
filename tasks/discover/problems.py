"""What can go wrong while lists are read: every code with its meaning and what to do."""

from tasks.fetch.problems import ProblemCode

DISCOVER_CODES = {
    code.code: code
    for code in (
        ProblemCode(
            "list_unreadable",
            "a list page answered, but not as its adapter expects",
            "open the address in a browser; if the portal changed, name another adapter or mend this one",
        ),
        ProblemCode(
            "list_empty",
            "a list that should hold reports holds no link at all",
            "check the list's address in the source file",
        ),
        ProblemCode(
            "list_incomplete",
            "a list ended before it gave as many records as it says it has",
            "run again later; if it stays, compare with the portal's own pages",
        ),
        ProblemCode(
            "list_too_long",
            "a list went on beyond the number of pages allowed for it",
            "raise maximum_pages of the list in the source file, if the list is really that long",
        ),
        ProblemCode(
            "below_floor",
            "a source lists fewer reports for a year than its file says it must; that year was left as it was",
            "look at the portal's lists; if the reports are gone there, lower the floor in the source file",
        ),
        ProblemCode(
            "year_unknown",
            "neither a title, nor its list, nor its date says for which year the report is",
            "give the list a year in the source file",
        ),
    )
}
