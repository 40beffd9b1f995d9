"""The cases by name, in the order of the table."""

from collections.abc import Callable

from bench import Bench
from cases import batch, growth, invites, parts, populations, reviews, start

Case = Callable[[Bench, str], None]

CASES: dict[str, Case] = {
    "start": start.run,
    "invites-10000": lambda bench, case: invites.no_delay(bench, case, 10_000),
    "invites-100000": lambda bench, case: invites.no_delay(bench, case, 100_000),
    "latency": invites.latency,
    "memory-small": lambda bench, case: invites.memory(bench, case, 10_000),
    "memory-large": lambda bench, case: invites.memory(bench, case, bench.many),
    "batch": batch.run,
    "read": parts.read,
    "decode": parts.decode,
    "populations-100000": populations.few,
    "populations-1000000": populations.many,
    "review-csv": reviews.csv,
    "review-json": reviews.json,
    "review-html": reviews.html,
    "review-xlsx": reviews.xlsx,
    "review-people": reviews.people,
}

# Long, and a picture more than a comparison: only when asked for by name.
BY_NAME_ONLY: dict[str, Case] = {"growth": growth.run}
