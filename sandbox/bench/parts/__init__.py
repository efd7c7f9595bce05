"""The parts of the bench, one file each: ``async def run(ground, scale) -> list[Figure]``."""
