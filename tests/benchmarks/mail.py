"""Letters a second to a mail server with STARTTLS and a password: `python -m tests.benchmarks.mail [--letters 300]`.

The server is the stand-in of the tests, in this process; where letters go is not looked up. Ends with 1 when a letter did
not arrive or arrived twice.
"""

import argparse
import asyncio
import logging
import sys
import time
from collections import Counter
from dataclasses import replace

from bot.channels import email
from core import settings
from core.messaging import mail
from core.messaging.messages import Message
from tests.benchmarks.people import KEY
from tests.outside.smtp import serving

AT_ONCE = 4  # letters that delivery has on their way at once


async def measure(letters: int) -> int:
    """Send so many, and print how fast they went; 1 when they are not what arrived."""
    with serving() as server:
        settings.use(
            replace(settings.load({"SERAMBI_SECRET_KEY": KEY}), smtp_url=server.url(), smtp_ca=server.authority)
        )
        waiting = iter(range(letters))

        async def one_after_the_other() -> None:
            for number in waiting:
                words = Message("accounts.mail_reset", f"Surat {number}", title=f"Surat {number}")
                await email.CHANNEL.send(words, to=f"{number}", edits=None)

        begun = time.perf_counter()
        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
        took = time.perf_counter() - begun
        await email.CHANNEL.close()
        came = Counter(one.letter["Subject"] for one in server.taken)
        print(f"{letters} letters in {took:.2f} s: {letters / took:.0f} a second, {server.connections} connections")
        return int(came != Counter(f"Surat {number}" for number in range(letters)))


async def _address(to: str) -> str:
    return f"orang{to}@maju.example"


def main(given: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.mail")
    asked.add_argument("--letters", type=int, default=300)
    logging.disable(logging.CRITICAL)
    mail.address = _address
    return asyncio.run(measure(asked.parse_args(given).letters))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
