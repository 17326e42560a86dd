"""The demonstration's offices: Honghe's prefecture and thirteen counties, their townships and schools.

Names of authorities follow the usual pattern; telephone numbers are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from people.models import Division, Office

HONGHE, MENGZI, KAIYUAN = "532500", "532503", "532502"
SHORT = {
    "532501": "个", "532502": "开", "532503": "蒙", "532504": "弥", "532523": "屏", "532524": "建", "532525": "石",
    "532527": "泸", "532528": "元", "532529": "红县", "532530": "金", "532531": "绿", "532532": "河",
}  # fmt: skip
NAMES = {
    "hrss": ("人力资源和社会保障局", "Human Resources and Social Security Bureau", "人社"),
    "civil_affairs": ("民政局", "Civil Affairs Bureau", "民"),
    "education_sports": ("教育体育局", "Education and Sports Bureau", "教体"),
    "dpf": ("残疾人联合会", "Disabled Persons' Federation", "残联"),
    "finance": ("财政局", "Finance Bureau", "财"),
    "government": ("人民政府", "People's Government", "政"),
    "welfare_lottery": ("福利彩票发行中心", "Welfare Lottery Centre", "福彩"),
    "sports_lottery": ("体育彩票管理中心", "Sports Lottery Centre", "体彩"),
}
LEGAL_KINDS = {
    "dpf": "mass_organisation",
    "welfare_lottery": "public_institution",
    "sports_lottery": "public_institution",
}
COUNTY_FUNCTIONS = ("hrss", "civil_affairs", "education_sports", "dpf", "finance", "government")
PREFECTURE_FUNCTIONS = (*COUNTY_FUNCTIONS, "welfare_lottery", "sports_lottery")


@dataclass(frozen=True)
class Region:
    """How a division writes itself on its offices' doors and papers."""

    division: Division
    name: str
    name_en: str
    short: str


def build() -> None:
    """Create the offices that are not there yet."""
    prefecture = Region(Division.objects.get(pk=HONGHE), "红河州", "Honghe Prefecture", "红")
    for function in PREFECTURE_FUNCTIONS:
        _authority(prefecture, function)
    for region in counties():
        for function in COUNTY_FUNCTIONS:
            _authority(region, function)
        _townships(region)
    for name, name_en, code, run_by, short in schools():
        _school(name, name_en, code, run_by, short)


def counties() -> list[Region]:
    """The thirteen counties."""
    divisions = Division.objects.filter(parent_id=HONGHE, retired=False, pk__in=SHORT).order_by("pk")
    return [Region(d, d.name, d.name_en or d.name, SHORT[d.pk]) for d in divisions]


def _authority(region: Region, function: str) -> None:
    suffix, suffix_en, short = NAMES[function]
    government = f"{region.name}人民政府"
    Office.objects.get_or_create(
        division=region.division,
        function=function,
        name=region.name + suffix,
        defaults={
            "name_en": f"{region.name_en} {suffix_en}",
            "legal_kind": LEGAL_KINDS.get(function, "administrative"),
            "organ_mark": region.name + suffix,
            "document_prefix": region.short + short,
            "phone": "0873-0000000",
            "review_organ": "云南省人民政府" if function == "government" else government,
            "court": _court(region),
        },
    )


def _court(region: Region) -> str:
    return "蒙自市人民法院" if region.division.pk == HONGHE else f"{region.name}人民法院"


def _townships(region: Region) -> None:
    townships = Division.objects.filter(parent=region.division, level="township", retired=False).order_by("pk")
    if region.division.pk not in {MENGZI, KAIYUAN}:
        townships = townships[:2]
    civil_affairs = Office.objects.get(division=region.division, function="civil_affairs")
    for township in townships:
        suffix = "办事处" if township.name.endswith("街道") else "人民政府"
        Office.objects.get_or_create(
            division=township,
            function="township",
            name=township.name + suffix,
            defaults={
                "name_en": f"{township.name_en} Office" if township.name_en else "",
                "legal_kind": "administrative",
                "organ_mark": region.name + township.name + suffix,
                "document_prefix": f"{region.short}{township.name[:2]}政",
                "phone": "0873-0000000",
                "review_organ": f"{region.name}人民政府",
                "court": civil_affairs.court,
            },
        )


def schools() -> Iterator[tuple[str, str, str, str, str]]:
    """Name, English name, division, who runs it, 机关代字."""
    yield "红河示范大学", "Honghe Model University", MENGZI, "province", "红示大"
    yield "红河示范职业技术学院", "Honghe Model Vocational College", MENGZI, "prefecture", "红示职院"
    for region in counties():
        english = f"{region.name_en} Vocational High School"
        yield f"{region.name}职业高级中学", english, region.division.pk, "county", f"{region.short}职中"


def _school(name: str, name_en: str, code: str, run_by: str, short: str) -> None:
    region = next(region for region in counties() if region.division.pk == code)
    Office.objects.get_or_create(
        division=region.division,
        function="school",
        name=name,
        defaults={
            "name_en": name_en,
            "legal_kind": "public_institution",
            "organ_mark": name,
            "document_prefix": short,
            "run_by": run_by,
            "phone": "0873-0000000",
            "review_organ": f"{region.name}人民政府",
            "court": _court(region),
        },
    )
