"""The sentences around the tables: sections one, five and six in the words of such reports, and their figures."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from samples.city import Organ
from samples.figures import Figures
from warehouse.forms import TOTAL_COLUMN, TableCode


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure that a sentence states: its measure (a code of the forms), the figure, and the whole sentence."""

    measure: str
    value: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs by section, and the figures that they claim."""

    opening: tuple[str, ...]
    overview: tuple[str, ...]
    shortcomings: tuple[str, ...]
    other_matters: tuple[str, ...]
    claims: tuple[Claim, ...]


_LEADERSHIP = (
    "加强组织领导。调整充实政务公开工作领导小组,明确一名分管负责同志和一名联络员,全年召开专题会议两次,研究公开清单和答复口径。",
    "健全工作机制。修订信息发布审核办法,实行拟稿、核稿、签发三级审查,坚持先审查、后公开,全年未发生失泄密事件。",
    "强化队伍建设。组织政务公开业务培训,围绕新修订的条例和申请答复规范开展案例教学,提高经办人员的业务能力。",
)
_PLATFORMS = (
    "优化公开平台。对门户网站信息公开专栏重新梳理,合并重复栏目,补齐机构职能、办事指南等内容,方便群众查找。",
    "拓宽公开渠道。依托门户网站和政务新媒体发布工作动态,在政务服务大厅设立公开专区,提供查阅和自助打印服务。",
    "做好政策解读。坚持文件与解读同步起草、同步审签、同步发布,以图解和问答等形式说明政策要点。",
)
_SHORTCOMINGS = (
    "一是主动公开的内容还不够均衡,涉及群众办事的细节有待补充;二是经办人员变动较多,业务衔接不够顺畅。",
    "存在的主要问题:政策解读形式比较单一,部分栏目更新不够及时,申请答复文书的规范性还需提高。",
    "对照群众需求,公开的针对性和便捷性仍有差距,基层窗口对申请渠道的引导不足。",
)
_IMPROVEMENTS = (
    "下一步,将细化公开目录,建立栏目更新提醒,每季度自查一次,并对经办人员开展轮训。",
    "改进情况:已建立答复文书范本和会商制度,疑难申请由法制机构提前介入,答复质量有所提升。",
    "今后将丰富解读形式,加强与申请人的沟通,提高一次性告知的质量。",
)
_OTHER_MATTERS = ("无其他需要报告的事项。", "本年度未收取信息处理费,无其他需要报告的事项。")


def prose_of(organ: Organ, year: int, figures: Figures, random: Random) -> Prose:
    """Write the prose of one report; the figures in it are those of ``figures``."""
    claims = _claims(year, figures)
    sentences = dict.fromkeys(claim.sentence for claim in claims)
    we = "本机关" if organ.kind == "department" else "本级政府" if organ.kind == "government" else "本单位"
    return Prose(
        opening=(
            "根据《中华人民共和国政府信息公开条例》的规定,现公布"
            f"{organ.name}{year}年度政府信息公开工作年度报告。本报告中所列数据的统计期限自{year}年1月1日起至"
            f"{year}年12月31日止。如对本报告有疑问,请与{organ.name}联系。",
        ),
        overview=(
            f"{year}年,{we}认真贯彻落实条例要求,持续推进政府信息公开工作。",
            f"（一）{random.choice(_LEADERSHIP)}",
            f"（二）{random.choice(_PLATFORMS)}",
            f"（三）规范办理依申请公开。{''.join(sentences)}",
        ),
        shortcomings=(random.choice(_SHORTCOMINGS), random.choice(_IMPROVEMENTS)),
        other_matters=(random.choice(_OTHER_MATTERS),),
        claims=claims,
    )


def _claims(year: int, figures: Figures) -> tuple[Claim, ...]:
    received = figures[TableCode.APPLICATIONS, "received_new", TOTAL_COLUMN]
    concluded = figures[TableCode.APPLICATIONS, "concluded_total", TOTAL_COLUMN]
    if not received:
        sentence = f"{year}年未收到政府信息公开申请。"
        return (Claim("received_new", Decimal(0), sentence),)
    intake = f"{year}年共收到政府信息公开申请{received}件,办结{concluded}件。"
    return (
        Claim("received_new", Decimal(received), intake),
        Claim("concluded_total", Decimal(concluded), intake),
    )
