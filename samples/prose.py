"""The sentences around the tables: sections one, five and six in the words of such reports.

What the sentences of :mod:`samples.claims` claim is known exactly; the others hold figures of other business, which no
reader should take for claims.
"""

from dataclasses import dataclass
from random import Random

from samples.city import Organ
from samples.claims import Claim, Said, figures_told, opening
from samples.figures import Figures


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs by section, and the claims in them, in reading order."""

    opening: tuple[str, ...]
    overview: tuple[str, ...]
    shortcomings: tuple[str, ...]
    other_matters: tuple[str, ...]
    claims: tuple[Claim, ...]


_LEADERSHIP = (
    "加强组织领导。调整充实政务公开工作领导小组，明确一名分管负责同志和一名联络员，全年召开专题会议两次，研究公开清单和答复口径。",
    "健全工作机制。全年办理人大建议和政协提案{some}件，答复网民留言{many}条，修订信息发布审核办法，实行拟稿、核稿、签发三级审查，坚持先审查、后公开，全年未发生失泄密事件。",
    "强化队伍建设。组织政务公开业务培训，围绕新修订的条例和申请答复规范开展案例教学，提高经办人员的业务能力。",
)
_PLATFORMS = (
    "优化公开平台。对门户网站信息公开专栏重新梳理，合并重复栏目，补齐机构职能、办事指南等内容，方便群众查找。",
    "拓宽公开渠道。全年主动公开政府信息{many}余条，微信公众号推送{some}条，依托门户网站和政务新媒体发布工作动态，在政务服务大厅设立公开专区，提供查阅和自助打印服务。",
    "做好政策解读。截至{year}年底累计发布解读稿件{many}篇，其中图解{some}篇，坚持文件与解读同步起草、同步审签、同步发布，以图解和问答等形式说明政策要点。",
)
_SHORTCOMINGS = (
    "一是主动公开的内容还不够均衡，涉及群众办事的细节有待补充；二是经办人员变动较多，业务衔接不够顺畅。",
    "存在的主要问题：政策解读形式比较单一，部分栏目更新不够及时，申请答复文书的规范性还需提高。",
    "对照群众需求，公开的针对性和便捷性仍有差距，基层窗口对申请渠道的引导不足。",
)
_IMPROVEMENTS = (
    "下一步，将细化公开目录，建立栏目更新提醒，每季度自查一次，并对经办人员开展轮训。",
    "改进情况：已建立答复文书范本和会商制度，疑难申请由法制机构提前介入，答复质量有所提升。",
    "今后将丰富解读形式，加强与申请人的沟通，提高一次性告知的质量。",
)
_OTHER_MATTERS = ("无其他需要报告的事项。", "本年度未收取信息处理费，无其他需要报告的事项。")


_FIELDS = (
    *("营商环境", "乡村振兴", "义务教育", "公共卫生", "养老服务", "食品药品监管", "生态环境", "安全生产", "社会救助"),
    *("住房保障", "就业创业", "城市更新", "交通出行", "水利工程", "文化体育", "科技创新", "税费支持", "法治建设"),
)
_WAYS = (
    *("编制办事指南", "公布决策草案并征求意见", "开设专题栏目", "举办政府开放日", "发布图解和短视频", "召开新闻通气会"),
    *("组织代表委员座谈", "上线智能问答", "汇编政策口袋书", "开展进社区宣讲", "公示办理结果", "修订公开事项目录"),
)
_RESULTS = (
    *(
        "群众知晓率明显提高",
        "得到企业普遍好评",
        "形成可复制的做法",
        "全年无超期事项",
        "来电咨询量下降",
        "反馈意见逐条采纳",
    ),
    *("较好回应了社会关切", "办事材料进一步精简", "相关经验在全市交流", "工作台账更加规范"),
)
_BUSINESS_TOLD = 7


def _own_business(organ: Organ, year: int) -> str:
    """Sentences about the organ's own business of the year, which no other report has in these words."""
    random = Random(f"{organ.name}/{year}/business")
    fields, ways = random.sample(_FIELDS, _BUSINESS_TOLD), random.sample(_WAYS, _BUSINESS_TOLD)
    return "".join(f"围绕{field}，{way}，{random.choice(_RESULTS)}。" for field, way in zip(fields, ways, strict=True))


_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")
_HALF_WIDTH_SHARE = 0.3


def prose_of(organ: Organ, year: int, figures: Figures, random: Random) -> Prose:
    """Write the prose of one report; the figures that it claims are those of ``figures``."""
    we = {"department": "本机关", "government": "本级政府"}.get(organ.kind, "本单位")
    other_business = {"some": random.randint(2, 40), "many": random.randint(50, 900), "year": year}
    opened = opening(organ.name, year)
    told = figures_told(year, figures, random)
    in_half_width = random.random() < _HALF_WIDTH_SHARE

    def written(*paragraphs: str) -> tuple[str, ...]:
        return tuple(text.translate(_HALF_WIDTH) if in_half_width else text for text in paragraphs)

    def sentence(said: Said) -> tuple[Claim, ...]:
        (text,) = written(said.sentence)
        return tuple(Claim(measure, value, text, parts) for measure, value, parts in said.figures)

    return Prose(
        opening=written("".join(said.sentence for said in opened)),
        overview=written(
            f"{year}年，{we}认真贯彻落实条例要求，持续推进政务公开。",
            f"（一）{random.choice(_LEADERSHIP).format(**other_business)}",
            f"（二）{random.choice(_PLATFORMS).format(**other_business)}",
            f"（三）规范办理依申请公开。{''.join(said.sentence for said in told)}",
            f"（四）突出重点领域公开。{_own_business(organ, year)}",
        ),
        shortcomings=written(random.choice(_SHORTCOMINGS), random.choice(_IMPROVEMENTS)),
        other_matters=written(random.choice(_OTHER_MATTERS)),
        claims=tuple(claim for said in (*opened, *told) for claim in sentence(said)),
    )


def copied(own: Prose, other: Prose, year: int) -> Prose:
    """Prose that was copied from another report of ``year``, or of the one before, but for what claims figures."""

    def updated(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text.replace(str(year - 1), str(year)) for text in paragraphs)

    leadership, platforms, *rest = other.overview[1:]
    return Prose(
        opening=own.opening,
        overview=(own.overview[0], *updated((leadership, platforms)), own.overview[3], *updated(tuple(rest[1:]))),
        shortcomings=updated(other.shortcomings),
        other_matters=updated(other.other_matters),
        claims=own.claims,
    )
