"""Distribution of proceeds among several creditors; input and output are described in docs/law-distribution.md."""

from zhixing.law.distribution.inputs import (
    Choices,
    Claim,
    Creditor,
    Disputed,
    DistributionInput,
    Proceeds,
    Seal,
    Served,
)
from zhixing.law.distribution.plan import distribution_plan, plan_clocks
from zhixing.law.distribution.reading import distribution_read
from zhixing.law.distribution.result import Plan, Share

__all__ = [
    "Choices",
    "Claim",
    "Creditor",
    "Disputed",
    "DistributionInput",
    "Plan",
    "Proceeds",
    "Seal",
    "Served",
    "Share",
    "distribution_plan",
    "distribution_read",
    "plan_clocks",
]
