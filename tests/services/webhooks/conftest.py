"""A receiver and a courier for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.services.webhooks.courier import Courier
from tests.services.webhooks.receiver import Clock, Receiver, courier_of, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def courier(app: Flask, clock: Clock) -> Courier:
    return courier_of(app, clock)
