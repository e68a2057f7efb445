"""The pages: one module each, and the template that it fills."""

from explorer.pages import figure, finding, findings, home, organ, organs, report

PAGES = (
    home.PAGE,
    organs.PAGE,
    organ.BY_YEAR,
    organ.PAGE,
    figure.PAGE,
    report.PAGE,
    findings.PAGE,
    finding.PAGE,
)
"""Every page, the narrower address before the wider one."""
