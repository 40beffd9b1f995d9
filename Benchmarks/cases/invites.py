"""Invites to a server that answers without looking: how fast, and in how much memory."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench import HERE, PROGRAM, Bench, expect
from measuring import Contender, Failed, Sample
from servers import credentials, stub
from table import Goal, at_least

DELAY = 50  # milliseconds
# Small, so that listing the workspace first counts for nothing.
USERS = 10


def no_delay(bench: Bench, case: str, count: int) -> None:
    people, connections = bench.data("invites", count), 16
    with stub(bench.tool("gqlserver"), bench.data("users", USERS)) as url:
        config = curl_config(bench, url, people)
        contenders = [
            Contender(PROGRAM, rollcall(bench, url, people, count, connections)),
            Contender("aiohttp", aiohttp(bench, url, people, count, connections)),
            Contender("curl -Z", curl(bench, config, count, connections)),
            Contender("libcurl in C", libcurl(bench, url, people, count, connections)),
        ]
        if count <= 10_000:
            # It gets no faster with more rows, and in the first look nobody wants to wait for it.
            fewer = 1_000 if bench.quick else count
            contenders.append(Contender("requests loop", loop(bench, url, bench.data("invites", fewer), fewer)))
        turns = bench.turns(case, contenders)
        config.unlink()
    bench.compare(case, turns, "rows/s", rows_a_second, {"aiohttp": at_least(3, 6)})
    bench.compare(case, turns, "CPU, ms/row", cpu_a_row)
    bench.alone(case, turns, "CPU, ms/row", cpu_a_row, Goal(None, 0.12))


def latency(bench: Bench, case: str) -> None:
    count, connections = 10_000 if bench.quick else 20_000, 64
    people = bench.data("invites", count)
    with stub(bench.tool("gqlserver"), bench.data("users", USERS), DELAY) as url:
        contenders = [
            Contender(PROGRAM, rollcall(bench, url, people, count, connections)),
            Contender("wrk", wrk(bench, url, connections)),
            Contender("aiohttp", aiohttp(bench, url, people, count, connections)),
        ]
        turns = bench.turns(case, contenders)
    bench.compare(case, turns, "rows/s", rows_a_second, {"wrk": at_least(0.95, 0.97)})
    bench.alone(case, turns, "CPU, ms/row", cpu_a_row)


def memory(bench: Bench, case: str, count: int) -> None:
    people, connections = bench.data("invites", count), 64
    with stub(bench.tool("gqlserver"), bench.data("users", USERS)) as url:
        turns = bench.turns(case, [Contender(PROGRAM, rollcall(bench, url, people, count, connections))])
    goal = Goal(45, 40) if count <= 10_000 else Goal(80, 40)
    bench.alone(case, turns, f"{count:,} rows, peak, MB", lambda sample: sample.peak, goal)
    bench.alone(case, turns, f"{count:,} rows, rows/s", rows_a_second)


def rows_a_second(sample: Sample) -> float:
    return sample.rate


def cpu_a_row(sample: Sample) -> float:
    return sample.cpu / sample.work * 1000


Run = Callable[[Path], Sample]


def rollcall(
    bench: Bench, url: str, people: Path, count: int, connections: int, *options: str, key: str = "k", secret: str = "s"
) -> Run:
    def run(folder: Path) -> Sample:
        results = folder / "results.csv"
        command = [bench.program, "invite", people, "--yes", "--quiet", "--rate", "none"]
        command += ["--concurrency", str(connections), "--max-privileged", "1000000", *options]
        command += ["--ledger", folder / "ledger.db", "--results", results]
        sample = bench.runner.launch(command, folder, credentials(url, key, secret))
        expect(results, b",succeeded,", count)
        return sample.having_done(count)

    return run


def aiohttp(bench: Bench, url: str, people: Path, count: int, connections: int) -> Run:
    return client([*bench.python("invite_aiohttp.py"), url, people, "results.csv", str(connections)], bench, count)


def loop(bench: Bench, url: str, people: Path, count: int) -> Run:
    return client([*bench.python("invite_requests.py"), url, people, "results.csv"], bench, count)


def libcurl(bench: Bench, url: str, people: Path, count: int, connections: int) -> Run:
    return client([bench.tool("invite_libcurl"), url, people, "results.csv", str(connections)], bench, count)


def client(command: list[str | Path], bench: Bench, count: int) -> Run:
    def run(folder: Path) -> Sample:
        sample = bench.runner.launch(command, folder)
        expect(folder / "results.csv", b",200,True,", count)
        return sample.having_done(count)

    return run


def curl_config(bench: Bench, url: str, people: Path) -> Path:
    """The requests as curl reads them, made beforehand: curl's own time is what counts."""
    folder = bench.runner.scratch
    bench.runner.launch([*bench.python("curl_config.py"), url, people, "curl.cfg"], folder)
    return folder / "curl.cfg"


def curl(bench: Bench, config: Path, count: int, connections: int) -> Run:
    def run(folder: Path) -> Sample:
        command = ["curl", "--silent", "--parallel", "--parallel-max", str(connections), "--config", config]
        sample = bench.runner.launch(command, folder)
        expect(folder / "stdout", b",200,", count)
        return sample.having_done(count)

    return run


def wrk(bench: Bench, url: str, connections: int) -> Run:
    """wrk sends for a time, not a number of rows: its own count and its own clock."""
    seconds = 5 if bench.quick else 15

    def run(folder: Path) -> Sample:
        script = HERE / "peers" / "wrk.lua"
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script, url]
        sample = bench.runner.launch(command, folder)
        said = (folder / "stdout").read_text()
        total = re.search(r"(\d+) requests in ([\d.]+)s", said)
        if not total or "Non-2xx" in said:
            raise Failed("wrk: " + said.strip().replace("\n", "; "))
        return replace(sample, wall=float(total[2]), work=int(total[1]))

    return run
