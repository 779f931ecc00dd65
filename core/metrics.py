"""What each process counts of its own work, for Prometheus; no label carries personal data or a company.

What waits in the whole installation is read from the database instead, by `core/figures.py`.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST

# Whoever answers with it says the charset.
TYPE = CONTENT_TYPE_LATEST.removesuffix("; charset=utf-8")
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, processor time, open files

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_PATIENT = (0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800)


def _histogram(name: str, told: str, labels: list[str], buckets: tuple[float, ...]) -> Histogram:
    return Histogram(name, told, labels, registry=REGISTRY, buckets=buckets)


def _counter(name: str, told: str, labels: list[str]) -> Counter:
    return Counter(name, told, labels, registry=REGISTRY)


PROCESS = Gauge("serambi_process_info", "What this process does", ["parts", "release"], registry=REGISTRY)
REQUESTS = _histogram(
    "serambi_http_request_seconds", "Time to answer a request; part: a channel's hook, or what of the pages",
    ["part", "method", "status"], _QUICK,
)  # fmt: skip
INBOUND = _counter("serambi_inbound_total", "Messages received, new ones only", ["channel"])
TURNS = _histogram(
    "serambi_turn_seconds", "From a message's arrival until its answer is written down", ["channel"], _PATIENT
)
TURN_WORK = _histogram("serambi_turn_work_seconds", "Own work for one answer", ["channel"], _QUICK)
DELIVERIES = _counter("serambi_deliveries_total", "Tries to bring a message out", ["channel", "outcome"])
DELIVERED = _histogram(
    "serambi_delivery_seconds", "From writing a message down until its platform has it", ["channel"], _PATIENT
)
STRANGERS = _counter(
    "serambi_strangers_not_reached_total", "Messages to chats that are linked to nobody, which did not arrive",
    ["channel", "why"],
)  # fmt: skip
FAILURES = _counter("serambi_job_failures_total", "Tries of a job that failed", ["name"])
DATABASE_WAIT = _histogram(
    "serambi_database_wait_seconds", "Time to get a connection and begin", ["writes"], (0.001, *_QUICK, 5, 15)
)
CONNECTIONS = Gauge(
    "serambi_database_connections", "Connections of this process to the database", ["state"], registry=REGISTRY
)
LEADS = Gauge("serambi_leads", "Whether this process holds the name of which there is one", ["name"], registry=REGISTRY)
SCANS = _counter("serambi_files_scanned_total", "Files that were looked at for viruses", ["outcome"])
SIGN_INS = _counter("serambi_sign_ins_total", "Tries to sign in with a password, a code or a passkey", ["outcome"])
AUDIT_BROKEN = Counter(
    "serambi_audit_broken_total", "How often a company's audit was found not to be whole", registry=REGISTRY
)
