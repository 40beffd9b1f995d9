"""Figures and how they are written down."""

from dataclasses import dataclass, field
from statistics import median

HEADER = "| case | measured | rollcall | compared with | theirs | rollcall ÷ theirs | target | aim | reached |"


@dataclass(frozen=True)
class Goal:
    """What is asked of a line: of the ratio where `factor` says so, otherwise of the program's own figure."""

    target: float | None
    aim: float | None = None
    more_is_better: bool = False
    factor: bool = False

    def reached(self, value: float) -> str:
        def met(limit: float | None) -> bool:
            return limit is not None and (value >= limit if self.more_is_better else value <= limit)

        return "aim" if met(self.aim) else "target" if met(self.target) else "no"

    def written(self, limit: float | None) -> str:
        if limit is None:
            return ""
        return f"{'≥' if self.more_is_better else '≤'} {limit:g}{' ×' if self.factor else ''}"


def at_least(target: float, aim: float | None = None) -> Goal:
    return Goal(target, aim, more_is_better=True, factor=True)


def at_most(target: float, aim: float | None = None) -> Goal:
    return Goal(target, aim, factor=True)


@dataclass(frozen=True)
class Line:
    """One line of the table: a figure of the program's for each run, and a peer's."""

    case: str
    measured: str
    ours: list[float]
    peer: str = ""
    theirs: list[float] = field(default_factory=list)
    goal: Goal | None = None

    @property
    def ratios(self) -> list[float]:
        """Run by run, because the two of a pair were measured one right after the other."""
        return [our / their for our, their in zip(self.ours, self.theirs) if their]

    @property
    def reached(self) -> str:
        values = self.ratios if self.goal and self.goal.factor else self.ours
        return self.goal.reached(median(values)) if self.goal and values else ""

    def markdown(self) -> str:
        target = self.goal.written(self.goal.target) if self.goal else ""
        aim = self.goal.written(self.goal.aim) if self.goal else ""
        figures = [spread(self.ours), self.peer, spread(self.theirs), spread(self.ratios)]
        return "| " + " | ".join([self.case, self.measured, *figures, target, aim, self.reached]) + " |"

    def plain(self) -> dict:
        """For the file of raw numbers."""
        goal = vars(self.goal) if self.goal else None
        return vars(self) | {"goal": goal, "ratios": self.ratios, "reached": self.reached}


def spread(values: list[float]) -> str:
    """The median, and what lies around it."""
    if not values:
        return ""
    if len(values) == 1:
        return number(values[0])
    return f"{number(median(values))} ({number(min(values))}–{number(max(values))})"


def number(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3g}"


def table(lines: list[Line]) -> str:
    columns = HEADER.count("|") - 1
    return "\n".join([HEADER, "|" + " --- |" * columns, *(line.markdown() for line in lines)])
