"""The running service of the gateway's tests."""

from tests.gateway.conftest import empty_store, live_service, quick_hashing, service

__all__ = ["empty_store", "live_service", "quick_hashing", "service"]
