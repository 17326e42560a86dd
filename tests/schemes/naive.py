"""The contract on the phase-out once more, sentence by sentence, written without looking at the rules."""

import math
from fractions import Fraction


def cents(value):
    """Half up to the cent."""
    return Fraction(math.floor(value * 100 + Fraction(1, 2)), 100)


class Naive:
    """`answer()` is (phase, line code of the reason to stop, amounts of the months)."""

    def __init__(self, facts, values):
        self.facts, self.values = facts, values
        self.on = facts["determined_on"]
        self.standard = Fraction(values["dibao_standard"])
        self.everybody = facts["household"]
        self.workers = [m for m in self.everybody if m.disabled and self.works(m)]

    def works(self, m):
        return m.employed_since <= self.on if m.employed_since else m.monthly_wage > 0

    def runs(self, m):
        """Whether the month of the determination is one of the N months counted out from the first."""
        if m not in self.workers or not m.employed_since:
            return False
        year, month = m.employed_since.year, m.employed_since.month
        covered = []
        for _ in range(self.values["disregard_months"]):
            covered.append((year, month))
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return (self.on.year, self.on.month) in covered

    def deduction(self, m):
        if m not in self.workers:
            return Fraction(0)
        kind, value = self.values["work_cost_deduction"]["kind"], Fraction(self.values["work_cost_deduction"]["value"])
        return {
            "none": Fraction(0),
            "fixed": value,
            "percent_of_wage": Fraction(m.monthly_wage) * value / 100,
            "percent_of_standard": self.standard * value / 100,
        }[kind]

    def wage(self, m):
        return max(Fraction(m.monthly_wage) - self.deduction(m), Fraction(0))

    def over(self, wages):
        total = sum(wages, Fraction(0)) + sum((Fraction(m.other_monthly_income) for m in self.everybody), Fraction(0))
        head = cents(total / len(self.everybody))
        return head > self.standard or (head == self.standard and self.values["equality"] == "over")

    def counted(self, m):
        return Fraction(0) if self.runs(m) else self.wage(m)

    def stop(self):
        if self.facts["benefit_monthly"] == 0:
            return "not_in_benefit"
        if not self.workers:
            return "no_disabled_worker"
        if self.values["after_disregard_only"] and any(self.runs(m) for m in self.workers):
            return "other_income"
        without = [Fraction(0) if m in self.workers else self.counted(m) for m in self.everybody]
        if self.values["cause"] == "disabled_wages" and self.over(without):
            return "other_income"
        return ""

    def month(self, index):
        taper = self.values["taper"]
        percent = taper[index] if index < len(taper) else taper[-1]
        base = cents(Fraction(percent) * Fraction(self.facts["benefit_monthly"]) / 100)
        if self.values["cap"] != "none":
            base = min(base, self.standard * len(self.everybody))
        return base + Fraction(self.facts["supplement_monthly"])

    def answer(self):
        if not self.facts["property_ok"]:
            return "stopped", "property", []
        if not self.over([self.counted(m) for m in self.everybody]):
            undisregarded = self.over([self.wage(m) for m in self.everybody])
            return ("disregarding" if undisregarded else "within"), "", []
        if reason := self.stop():
            return "stopped", reason, []
        months = self.facts["phase_out_months"] or self.values["phase_out_months"]["default"]
        return "phasing_out", "", [self.month(index) for index in range(months)]
