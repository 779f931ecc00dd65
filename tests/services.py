"""The servers that the tests talk to: found by address, else started in a folder of ours, else installed, else named.

`python -m tests.services [NAME...] -- COMMAND` brings up what it can, or only what is named, tells COMMAND the addresses
by environment, and takes down what it started.
"""

import asyncio
import fcntl
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pika
import redis

IN_CI = os.environ.get("CI", "").lower() == "true"


@dataclass(frozen=True)
class Service:
    """Something outside Python that some tests need: how to recognise it, start it and install it."""

    name: str
    variable: str
    usual: tuple[str, ...]
    packages: tuple[str, ...]
    answers: Callable[[str], bool]
    start: Callable[[Path], "Started | None"]

    @property
    def missing(self) -> str:
        return f"needs {self.name}: set {self.variable}, or apt-get install {' '.join(self.packages)}"


@dataclass(frozen=True)
class Started:
    """A server of our own: its address, and the process to end afterwards (none for a program that is only a path)."""

    address: str
    process: subprocess.Popen[bytes] | None = None


def find(service: Service) -> str | None:
    """The address of a running service: the one the environment names, else a usual one that answers."""
    if named := os.environ.get(service.variable):
        if not service.answers(named):
            raise SystemExit(f"{service.variable} is set, but {service.name} does not answer there as tests need it")
        return named
    return next((address for address in service.usual if service.answers(address)), None)


@contextmanager
def brought_up(wanted: Sequence[Service]) -> Iterator[dict[str, str]]:
    """Bring up each service that can be had; yields environment variable -> address."""
    with ExitStack() as stack:
        root = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="serambi-test-", ignore_cleanup_errors=True))
        )
        root.chmod(0o711)  # PostgreSQL refuses root, so its own user must be able to pass through
        found = {service: address for service in wanted if (address := find(service))}
        for service in wanted:
            if service not in found and (address := _start(service, root, stack)):
                found[service] = address
        if lacking := [service for service in wanted if service not in found]:
            _install(lacking)
            for service in lacking:
                if address := _start(service, root, stack):
                    found[service] = address
        for service in wanted:
            print(f"{service.name}: {found.get(service) or service.missing}", file=sys.stderr, flush=True)
        yield {service.variable: address for service, address in found.items()}


def _start(service: Service, root: Path, stack: ExitStack) -> str | None:
    folder = root / service.name
    folder.mkdir(exist_ok=True)
    started = service.start(folder)
    if started is None:
        return None
    if started.process is not None:
        stack.callback(_stop, started.process)
        _wait_for(service, started)
    return started.address


def _wait_for(service: Service, started: Started, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not service.answers(started.address):
        if started.process is not None and started.process.poll() is not None:
            raise SystemExit(f"{service.name} stopped by itself ({started.process.returncode}); its log is above")
        if time.monotonic() > deadline:
            raise SystemExit(f"{service.name} did not answer within {seconds:.0f} seconds")
        time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server and its children to stop, then insist."""
    for number, patience in ((signal.SIGINT, 10), (signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
            return
        except ProcessLookupError:
            process.wait(1)
            return
        except subprocess.TimeoutExpired:
            continue


def _install(services: Sequence[Service]) -> None:
    """Install what is lacking when we may; otherwise say the one command that would."""
    packages = [package for service in services for package in service.packages]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"Some tests will be skipped. To run them too: sudo {' '.join(command)}", file=sys.stderr, flush=True)
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], command):
        if subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode:
            print(f"Could not install: {' '.join(step)}", file=sys.stderr, flush=True)
            return


def _spawn(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own, so that its children end with it."""
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            cwd=folder, start_new_session=True, env={**os.environ, **(environment or {})},
        )  # fmt: skip


def free_port() -> int:
    """A port nobody listens on at this moment, and that nobody else is given before its owner listens.

    The system itself hands out ports from 32,768 on, to whoever connects; each process of the tests, of whichever
    checkout, has a range of its own below them, which it goes through in a row.
    """
    while True:
        port = next(_ports)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


PORTS, AT_A_TIME = range(11_000, 32_500), 500


def _in_a_row() -> Iterator[int]:
    """The ports of this process: those of its range, from a place that differs from run to run."""
    lowest, begin = _claimed_range(), os.getpid() * 7
    for nth in itertools.count():
        yield lowest + (begin + nth) % AT_A_TIME


def _claimed_range() -> int:
    """The lowest of the ports that are this process's own on the whole machine until it ends.

    Whoever dies between asking for a port and listening there leaves it free for a moment. If another run took it then,
    it would be answered for the one that died, and what was written to one installation would be stored in another.
    """
    folder = Path(tempfile.gettempdir(), "serambi-test-ports")
    folder.mkdir(exist_ok=True)
    with suppress(PermissionError):  # somebody else's, who has done it
        folder.chmod(0o1777)
    for lowest in reversed(PORTS[::AT_A_TIME]):
        held = os.open(folder / str(lowest), os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # freed by the system when this process is gone
        except BlockingIOError:
            os.close(held)
        else:
            return lowest
    raise RuntimeError(f"every range of ports is in use: see who holds the files in {folder}")


_ports = _in_a_row()


def postgres_answers(url: str) -> bool:
    """Whether a database and a role can be made there: each worker of the tests gets a database of its own."""

    async def ask() -> bool:
        connection = await asyncpg.connect(url, timeout=3)
        try:
            query = "select rolsuper or (rolcreatedb and rolcreaterole) from pg_roles where rolname = current_user"
            return bool(await connection.fetchval(query))
        finally:
            await connection.close()

    try:
        return asyncio.run(ask())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
        return False


def start_postgres(folder: Path, port: int = 0, *, more: Sequence[str] = (), log: Path | None = None) -> Started | None:
    """A PostgreSQL that keeps what it knows in this folder, so that it can be stopped and started again; its log of what
    is written (WAL) lies in another where one is named. `more` are options beside those for a server of little worth.
    """
    beside = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("postgres")
    if not beside and not on_path:
        return None
    programs = beside[-1] if beside else Path(str(on_path)).parent
    becoming: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for one in (folder, *([log] if log is not None else [])):
            os.chown(one, owner.pw_uid, owner.pw_gid)
        becoming = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    initdb = [str(programs / "initdb"), "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    initdb += ["--locale=C.UTF-8", "--no-sync", *(["--waldir", str(log), "--wal-segsize=1"] if log is not None else [])]
    if not (folder / "data").exists():
        silent = subprocess.DEVNULL
        subprocess.run([*becoming, *initdb], cwd=folder, check=True, stdout=silent, stdin=silent)
    port = port or free_port()
    # Nothing in this folder has to survive a power cut.
    options = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1"]
    serve = [str(programs / "postgres"), "-D", "data", "-p", str(port), "-k", str(folder)]
    serve += [f"-c{option}" for option in [*options, *more]]
    return Started(f"postgresql://postgres@127.0.0.1:{port}/postgres", _spawn([*becoming, *serve], folder))


def redis_answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _start_redis(folder: Path) -> Started | None:
    if shutil.which("redis-server") is None:
        return None
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no"]
    return Started(f"redis://127.0.0.1:{port}/0", _spawn(command, folder))


def amqp_answers(url: str) -> bool:
    parameters = pika.URLParameters(url)
    parameters.socket_timeout = parameters.stack_timeout = parameters.blocked_connection_timeout = 5
    try:
        with socket.create_connection((parameters.host, parameters.port), timeout=3):
            pass
        pika.BlockingConnection(parameters).close()
    except (OSError, pika.exceptions.AMQPError):
        return False
    return True


def start_amqp(folder: Path, port: int = 0) -> Started | None:
    """A RabbitMQ that keeps what it knows in this folder, so that it can be killed and started again."""
    # Debian's command on the PATH insists on one user and one node; the program behind it takes any.
    program = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    if not program.exists():
        return None
    port = port or free_port()
    (folder / "rabbitmq.conf").write_text(f"listeners.tcp.default = 127.0.0.1:{port}\n")
    (folder / "plugins").write_text("[].\n")
    environment = {
        "HOME": str(folder),  # where Erlang keeps its cookie
        "RABBITMQ_NODENAME": f"serambi-test-{port}@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "logs"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
    }
    return Started(f"amqp://guest:guest@127.0.0.1:{port}/%2F", _spawn([program], folder, environment))


def program_answers(path: str) -> bool:
    return os.access(path, os.X_OK)


def _start_chromium(_folder: Path) -> Started | None:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return Started(path) if path else None


def _start_curl(_folder: Path) -> Started | None:
    path = shutil.which("curl")
    return Started(path) if path and shutil.which("openssl") else None


def _program(name: str) -> Callable[[Path], Started | None]:
    def start(_folder: Path) -> Started | None:
        path = shutil.which(name)
        return Started(path) if path else None

    return start


POSTGRES = Service(
    "postgres", "TEST_POSTGRES_URL", ("postgresql://postgres@127.0.0.1:5432/postgres",), ("postgresql",),
    postgres_answers, start_postgres,
)  # fmt: skip
REDIS = Service(
    "redis", "TEST_REDIS_URL", ("redis://127.0.0.1:6379/0",), ("redis-server",), redis_answers, _start_redis
)
AMQP = Service(
    "amqp", "TEST_AMQP_URL", ("amqp://guest:guest@127.0.0.1:5672/%2F",), ("rabbitmq-server",),
    amqp_answers, start_amqp,
)  # fmt: skip
CHROMIUM = Service(
    "chromium", "TEST_CHROMIUM", ("/usr/bin/chromium", "/usr/bin/google-chrome"), ("chromium", "fonts-dejavu-core"),
    program_answers, _start_chromium,
)  # fmt: skip
CURL = Service("curl", "TEST_CURL", ("/usr/bin/curl",), ("curl", "openssl"), program_answers, _start_curl)
PROMTOOL = Service(
    "promtool", "TEST_PROMTOOL", ("/usr/bin/promtool",), ("prometheus",), program_answers, _program("promtool")
)
CADDY = Service("caddy", "TEST_CADDY", ("/usr/bin/caddy",), ("caddy",), program_answers, _program("caddy"))
SYSTEMD = Service(
    "systemd", "TEST_SYSTEMD", ("/usr/bin/systemd-analyze",), ("systemd",), program_answers,
    _program("systemd-analyze"),
)  # fmt: skip
OTHER_NAMES = {"postgresql": "postgres", "rabbitmq": "amqp", "rabbit": "amqp"}
SERVICES = (POSTGRES, REDIS, AMQP, CHROMIUM, CURL, PROMTOOL, CADDY, SYSTEMD)


def service_of(name: str) -> Service:
    """The service of that name; one that is misspelt would be left out by whoever needs it, without a word."""
    name = OTHER_NAMES.get(name, name)
    found = next((service for service in SERVICES if service.name == name), None)
    if found is None:
        raise SystemExit(f"no service {name!r}: there are {', '.join(one.name for one in SERVICES)}")
    return found


def main(words: Sequence[str]) -> int:
    end = words.index("--")
    named = [service_of(word) for word in words[:end]]
    wanted = [service for service in SERVICES if service in named] or SERVICES
    # What one process has compiled, the hundred that tests start need not compile again, whatever a machine is set to.
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with brought_up(wanted) as addresses:
        return subprocess.run(words[end + 1 :], env={**around, **addresses}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
