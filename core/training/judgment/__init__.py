"""How good it is: probes, baselines, evaluation, retrieval, and the check of all that."""
