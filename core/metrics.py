"""The figures that Prometheus scrapes at /metrics; no label carries personal data or a company."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST

REGISTRY = CollectorRegistry()
REQUESTS = Histogram(
    "serambi_http_request_seconds", "Time to answer a request", ["method", "status"], registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)  # fmt: skip
INBOUND = Counter("serambi_inbound_total", "Messages received, new ones only", ["channel"], registry=REGISTRY)
WAITING = Gauge("serambi_jobs_waiting", "Jobs that are due and not done", registry=REGISTRY)
PARKED = Gauge("serambi_jobs_parked", "Jobs that failed too often and wait for a person", registry=REGISTRY)
OLDEST = Gauge("serambi_jobs_oldest_seconds", "Age of the oldest job that is due", registry=REGISTRY)
SHUT = Gauge("serambi_channels_shut", "Bots whose service does not answer", ["channel"], registry=REGISTRY)
TYPE = CONTENT_TYPE_LATEST
