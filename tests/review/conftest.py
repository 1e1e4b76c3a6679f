"""The running service of the gateway's tests."""

from tests.gateway.conftest import empty_store, live_service, service

__all__ = ["empty_store", "live_service", "service"]
