"""Divisions 行政区划: the GB/T 2260 tree."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Division(models.Model):
    """One node of the tree; its code is its identity.

    The level columns repeat the codes of the ancestors ("" where there is none: Shanghai and
    Chongqing have no prefecture tier), so that lists filter by one indexed column.
    """

    class Level(models.TextChoices):
        NATION = "nation", _("国家")
        PROVINCE = "province", _("省级")
        PREFECTURE = "prefecture", _("州市级")
        COUNTY = "county", _("县级")
        TOWNSHIP = "township", _("乡镇级")

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    province_id = models.CharField(max_length=12, blank=True, db_index=True)
    prefecture_id = models.CharField(max_length=12, blank=True, db_index=True)
    county_id = models.CharField(max_length=12, blank=True, db_index=True)
    retired = models.BooleanField(default=False)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("行政区划")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=["nation", "province", "prefecture", "county", "township"]),
                name="division_level_known",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; Chinese where no English name is on record."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def lineage(self) -> list[str]:
        """Codes from the nation (if loaded) down to this division, itself last."""
        codes = ["0", self.province_id, self.prefecture_id, self.county_id, self.code]
        return list(dict.fromkeys(code for code in codes if code))

    def at_level(self, level: str) -> str:
        """The code of the ancestor (or itself) at a level, "" where the tree has no such tier."""
        if self.level == level:
            return self.code
        return {"province": self.province_id, "prefecture": self.prefecture_id, "county": self.county_id}.get(level, "")

    def contains(self, other: "Division") -> bool:
        """Whether another division lies in this one (or is this one)."""
        return self.code in other.lineage
