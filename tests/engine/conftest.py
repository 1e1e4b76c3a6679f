collect_ignore = ["in_engine"]  # unittest of the engine's own environment; test_in_engine.py runs them
