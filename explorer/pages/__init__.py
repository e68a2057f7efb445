"""The pages: one module each, and the template that it fills."""

from explorer.pages import (
    corrections,
    coverage,
    data,
    figure,
    finding,
    findings,
    home,
    organ,
    organs,
    peers,
    problems,
    regions,
    report,
    rule,
    rules,
    runs,
)

PAGES = (
    home.PAGE,
    organs.PAGE,
    organ.BY_YEAR,
    organ.PAGE,
    figure.PAGE,
    report.PAGE,
    findings.PAGE,
    finding.PAGE,
    regions.COUNTRY_PAGE,
    regions.PAGE,
    coverage.PAGE,
    peers.PAGE,
    corrections.PAGE,
    rules.PAGE,
    rule.PAGE,
    problems.PAGE,
    runs.PAGE,
    data.PAGE,
)
"""Every page, the narrower address before the wider one."""
