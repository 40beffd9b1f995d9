"""aiohttp with N workers on one session: invite_aiohttp.py URL IN.csv OUT.csv N"""

import asyncio
import csv
import sys

import aiohttp
from mutation import HEADERS, RESULT_COLUMNS, body, result


async def main() -> None:
    url, source, target, workers = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    with open(source, newline="", encoding="utf-8") as people, open(target, "w", newline="", encoding="utf-8") as out:
        rows = enumerate(csv.DictReader(people), 2)
        writer = csv.writer(out)
        writer.writerow(RESULT_COLUMNS)
        connector = aiohttp.TCPConnector(limit=workers)
        async with aiohttp.ClientSession(connector=connector, headers=HEADERS) as session:

            async def work() -> None:
                for number, row in rows:
                    try:
                        async with session.post(url, json=body(row)) as answer:
                            writer.writerow(result(number, row, answer.status, await answer.json()))
                    except aiohttp.ClientError as error:
                        writer.writerow([number, row["email"], 0, False, str(error)])

            await asyncio.gather(*(work() for _ in range(workers)))


asyncio.run(main())
