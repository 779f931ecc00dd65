"""The servers that tests ask for by name."""

import pytest

from tests import services


@pytest.mark.parametrize(
    ("name", "found"), [("postgres", services.POSTGRES), ("postgresql", services.POSTGRES), ("rabbitmq", services.AMQP)]
)
def test_a_service_is_known_by_the_names_people_give_it(name: str, found: services.Service) -> None:
    assert services.service_of(name) is found


def test_a_name_of_no_service_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"no service 'rabitmq': there are postgres, redis, amqp"):
        services.main(["rabitmq", "--", "true"])
