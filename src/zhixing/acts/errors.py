"""Why an act did not happen."""

from __future__ import annotations

from zhixing.kernel.errors import Problem, ZhixingError


class ActRefused(ZhixingError):
    """不能办理，原因逐项列出。改正后可以重新提交，已填内容不丢失。"""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("；".join(problem.sentence for problem in problems))
        self.problems = problems


class StepRefused(ActRefused):
    """不能审批，原因逐项列出。"""
