"""Sentences that claim figures, in the wordings of real reports, each with exactly what it claims.

The measures are those of rules E1 to E9: rows and columns of section three, sums of its groups, totals of section four,
and the year that the report is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import NamedTuple

from samples.figures import Figures
from warehouse.forms import APPLICANT_PARTS, FORMS, TOTAL_COLUMN, Edition, TableCode


class Claim(NamedTuple):
    """One figure that a sentence states; ``parts`` are the members listed in brackets behind a total."""

    measure: str
    value: Decimal
    sentence: str
    parts: tuple[Decimal, ...] = ()


_Told = tuple[str, Decimal, tuple[Decimal, ...]]


class Said(NamedTuple):
    """One sentence, and the measures, figures and members that it states."""

    sentence: str
    figures: tuple[_Told, ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What there is to tell of one report."""

    year: int
    received: int
    carried_in: int
    concluded: int
    carried_out: int
    natural_person: int
    organizations: int
    outcomes: dict[str, int]
    not_held: int
    review: int
    litigation: int


def opening(organ: str, year: int) -> tuple[Said, ...]:
    """The first paragraph: what the report is and which period it covers."""
    return (
        Said(
            f"根据《中华人民共和国政府信息公开条例》的规定，现公布{organ}{year}年度政府信息公开工作年度报告。",
            _said(report_year=year),
        ),
        Said(f"本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。", _said(period_year=year)),
        Said(f"如对本报告有疑问，请与{organ}联系。", ()),
    )


def figures_told(year: int, figures: Figures, random: Random) -> tuple[Said, ...]:
    """What section one tells of applications and disputes."""
    facts = _facts(year, figures)
    if not facts.received and not facts.carried_in:
        return (Said("全年未收到政府信息公开申请。", _said(received_new=0)), _disputes(facts, random))
    sentences = [random.choice(_INTAKES)(facts, random)]
    if facts.concluded and random.random() < 0.6:
        sentences.append(random.choice(_RESULTS)(facts, random))
    return (*sentences, _disputes(facts, random))


def _said(**figures: int) -> tuple[_Told, ...]:
    return tuple((measure, Decimal(value), ()) for measure, value in figures.items())


def _facts(year: int, figures: Figures) -> _Facts:
    form = FORMS[TableCode.APPLICATIONS, Edition.E2021]

    def total(*rows: str) -> int:
        return sum(figures[TableCode.APPLICATIONS, row, TOTAL_COLUMN] for row in rows)

    natural_person, *organizations = (figures[TableCode.APPLICATIONS, "received_new", part] for part in APPLICANT_PARTS)
    groups = {code: total(*(row.code for row in form.rows_in(code))) for code in form.group_by_code}
    return _Facts(
        year=year,
        received=total("received_new"),
        carried_in=total("carried_in"),
        concluded=total("concluded_total"),
        carried_out=total("carried_out"),
        natural_person=natural_person,
        organizations=sum(organizations),
        outcomes={
            "granted": total("granted"),
            "partially_granted": total("partially_granted"),
            **{group: groups[group] for group in ("denied", "unavailable", "not_processed")},
            "other_total": groups["other"],
        },
        not_held=total("unavailable_not_held"),
        review=figures[TableCode.DISPUTES, "review", TOTAL_COLUMN],
        litigation=sum(
            figures[TableCode.DISPUTES, row, TOTAL_COLUMN] for row in ("litigation_direct", "litigation_after_review")
        ),
    )


def _plain_intake(facts: _Facts, random: Random) -> Said:
    growth = Decimal(random.randint(1, 400)) / 10
    return Said(
        f"{facts.year}年共收到政府信息公开申请{facts.received}件，网站访问量同比增长{growth}%，办结申请{facts.concluded}件。",
        _said(received_new=facts.received, concluded_total=facts.concluded),
    )


def _intake_by_applicant(facts: _Facts, random: Random) -> Said:
    return Said(
        f"全年新收政府信息公开申请{facts.received}件，其中自然人申请{facts.natural_person}件，法人或其他组织申请"
        f"{facts.organizations}件；上年结转{facts.carried_in}件。",
        (
            *_said(
                received_new=facts.received,
                natural_person=facts.natural_person,
                organizations=facts.organizations,
                carried_in=facts.carried_in,
            ),
            ("listed_members", Decimal(facts.received), (Decimal(facts.natural_person), Decimal(facts.organizations))),
        ),
    )


def _intake_with_carry_over(facts: _Facts, random: Random) -> Said:
    taken_in = facts.received + facts.carried_in
    return Said(
        f"{facts.year}年受理政府信息公开申请{taken_in}件（含上年度结转申请{facts.carried_in}件），"
        f"答复{facts.concluded}件，另有{facts.carried_out}件顺延到下年度答复。",
        _said(
            received_new=taken_in,
            concluded_total=facts.concluded,
            carried_in=facts.carried_in,
            carried_out=facts.carried_out,
        ),
    )


def _intake_by_channel(facts: _Facts, random: Random) -> Said:
    if facts.received < 10:
        return _plain_intake(facts, random)
    in_person = random.randint(1, facts.received // 4)
    by_letter = random.randint(1, facts.received // 4)
    online = facts.received - in_person - by_letter
    received = Decimal(facts.received)
    parts = (Decimal(in_person), Decimal(online), Decimal(by_letter))
    return Said(
        f"全年收到政府信息公开申请{facts.received}件（当面申请{in_person}件、网络申请{online}件、信函申请{by_letter}件），"
        "均在法定期限内处理。",
        (("received_new", received, ()), ("listed_members", received, parts)),
    )


def _every_outcome(facts: _Facts, random: Random) -> Said:
    words = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    listed = "，".join(f"{word}{count}件" for word, count in zip(words, facts.outcomes.values(), strict=True))
    return Said(f"在办结的政府信息公开申请中，{listed}。", _said(**facts.outcomes))


def _joint_outcomes(facts: _Facts, random: Random) -> Said:
    granted = facts.outcomes["granted"] + facts.outcomes["partially_granted"]
    share = Decimal(100 * granted) / facts.concluded
    return Said(
        f"政府信息公开申请中予以公开及部分公开{granted}件，占{share:.1f}%；因本机关不掌握等原因无法提供{facts.not_held}件；"
        f"不予处理{facts.outcomes['not_processed']}件。",
        _said(
            granted_or_partially_granted=granted,
            unavailable_or_not_held=facts.not_held,
            not_processed=facts.outcomes["not_processed"],
        ),
    )


def _disputes(facts: _Facts, random: Random) -> Said:
    if not facts.review and not facts.litigation:
        return Said("未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", _said(review=0, litigation=0))
    return Said(
        f"因政府信息公开引起的行政复议{facts.review}件，行政诉讼{facts.litigation}件。",
        _said(review=facts.review, litigation=facts.litigation),
    )


_Teller = Callable[[_Facts, Random], Said]
_INTAKES: tuple[_Teller, ...] = (_plain_intake, _intake_by_applicant, _intake_with_carry_over, _intake_by_channel)
_RESULTS: tuple[_Teller, ...] = (_every_outcome, _joint_outcomes)
