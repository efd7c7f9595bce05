"""Runs seeds one after another: ``python tests/simulation/soak.py 1-10000``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from core.db.embedded import EmbeddedPostgres  # noqa: E402
from core.db.migrate import upgrade  # noqa: E402
from simulated.database import SharedDatabase  # noqa: E402
from simulated.seed import run_seed, told  # noqa: E402


def main() -> None:
    first, _, last = sys.argv[1].partition("-")
    with TemporaryDirectory(prefix="tiyn-soak-") as folder, EmbeddedPostgres(Path(folder) / "postgres") as server:
        upgrade(server.url)
        shared = SharedDatabase(server.url)
        bad = 0; from collections import Counter; total=Counter()
        for seed in range(int(first), int(last or first) + 1):
            t = time.process_time()
            ran = run_seed(seed, shared); total.update(ran.struck); total['acts']+=ran.acts; total['docs']+=ran.documents;total['steps']+=ran.steps
            print(f"seed {seed}: {ran.steps} steps {ran.acts} acts {ran.documents} documents {time.process_time() - t:.2f} s", flush=True)
            if ran.violation is not None:
                bad += 1
                print(told(ran, int(sys.argv[2]) if len(sys.argv) > 2 else 60), flush=True)
                if bad >= 5: break
        print(total); shared.close()


main()
