"""Passwords as they are kept: hashed with Argon2, away from the loop that answers."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Two hashes at once: more would let strangers fill the memory by guessing.
_hashing = ThreadPoolExecutor(2, thread_name_prefix="argon2")


async def hashed(password: str) -> str:
    """A password as it is kept."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, HASHER.hash, password)


async def fits(stored: str, password: str) -> bool:
    """Whether this is the password that is kept so."""

    def verify() -> bool:
        try:
            return HASHER.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    return await asyncio.get_running_loop().run_in_executor(_hashing, verify)


@lru_cache(maxsize=1)
def decoy() -> str:
    """The hash of a password that nobody has: an address without an account takes as long as one with one."""
    return HASHER.hash(secrets.token_urlsafe(16))


def is_old(stored: str) -> bool:
    """Whether a password was hashed by weaker measures than today's."""
    return HASHER.check_needs_rehash(stored)
