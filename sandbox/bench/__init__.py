"""``tiyn bench``: every figure beside its limit, both measured in turn in one run on one machine."""
