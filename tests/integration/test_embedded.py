from __future__ import annotations

import os
import select
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from core.db.embedded import EmbeddedPostgres, database
from core.db.programs import EmbeddedPostgresError, find_programs
from core.settings import Settings

KILLED_AFTER_A_COMMIT = """
import asyncio, asyncpg, os, signal, sys
from pathlib import Path
from core.db.embedded import EmbeddedPostgres

async def commit(url):
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE receipt (number int PRIMARY KEY)")
    await connection.execute("INSERT INTO receipt VALUES (1)")

asyncio.run(commit(EmbeddedPostgres(Path(sys.argv[1])).start()))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    made = EmbeddedPostgres(tmp_path / "postgres")
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A running server for tests that only look at it."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("shared") / "postgres") as made:
        yield made


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """The folder of a Tiyn that was killed just after a commit; its server still runs."""
    folder = tmp_path / "postgres"
    done = subprocess.run([sys.executable, "-c", KILLED_AFTER_A_COMMIT, str(folder)], timeout=60)
    assert done.returncode == -signal.SIGKILL
    again = EmbeddedPostgres(folder)
    yield again
    again.stop()


def pid_of(server: EmbeddedPostgres) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def kill(pid: int) -> None:
    """As kill -9; returns once the process is gone, for the signal is only sent."""
    process = os.pidfd_open(pid)
    try:
        os.kill(pid, signal.SIGKILL)
        select.select([process], [], [], 30)
    finally:
        os.close(process)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


async def ask(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_a_started_server_answers_as_superuser_in_utf8(shared: EmbeddedPostgres) -> None:
    assert await ask(shared.url, "SELECT 1") == 1
    assert await ask(shared.url, "SHOW is_superuser") == "on"
    assert await ask(shared.url, "SHOW server_encoding") == "UTF8"
    assert await ask(shared.url, "SELECT 'Қазақстан ₸'") == "Қазақстан ₸"


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"])
async def test_what_keeps_a_commit_through_a_power_cut_is_on(shared: EmbeddedPostgres, setting: str) -> None:
    assert await ask(shared.url, f"SHOW {setting}") == "on"


async def test_data_survive_a_stop_and_a_start(server: EmbeddedPostgres) -> None:
    await ask(server.url, "CREATE TABLE receipt (number int)")
    server.stop()
    with pytest.raises(OSError):
        await ask(server.url, "SELECT 1")
    server.start()
    assert await ask(server.url, "SELECT count(*) FROM receipt") == 0


async def test_after_a_kill_of_tiyn_alone_its_running_server_is_taken_over(killed: EmbeddedPostgres) -> None:
    before = pid_of(killed)
    assert await ask(killed.start(), "SELECT number FROM receipt") == 1
    assert pid_of(killed) == before
    killed.stop()
    assert not (killed.data / "postmaster.pid").exists()


async def test_after_a_kill_of_everything_the_committed_row_is_there(killed: EmbeddedPostgres) -> None:
    kill(pid_of(killed))
    assert await ask(killed.start(), "SELECT number FROM receipt") == 1


async def test_a_pid_file_that_names_another_program_does_not_stop_a_start(killed: EmbeddedPostgres) -> None:
    kill(pid := pid_of(killed))
    pid_file = killed.data / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(pid), str(os.getppid()), 1))
    assert await ask(killed.start(), "SELECT number FROM receipt") == 1


async def test_a_cluster_that_was_cut_off_in_the_making_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(tmp_path / "postgres") as server:
        assert await ask(server.url, "SELECT 1") == 1


async def test_a_second_start_shares_the_server_and_leaves_it_running(shared: EmbeddedPostgres) -> None:
    with EmbeddedPostgres(shared.folder) as guest:
        assert guest.url == shared.url
        assert await ask(guest.url, "SELECT 1") == 1
    assert await ask(shared.url, "SELECT 1") == 1


def test_a_second_start_on_another_port_is_refused_in_words(shared: EmbeddedPostgres) -> None:
    with pytest.raises(EmbeddedPostgresError, match="stop the other Tiyn first"):
        EmbeddedPostgres(shared.folder, port=free_port()).start()


async def test_an_outside_client_needs_the_password(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "postgres", port=free_port()) as server:
        assert await ask(server.tcp_url, "SELECT 1") == 1
        guessed = urlsplit(server.tcp_url)._replace(netloc=f"postgres:guess@127.0.0.1:{server.port}").geturl()
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(guessed, "SELECT 1")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(server.url.replace(":" + str(urlsplit(server.url).password), ":guess"), "SELECT 1")


async def test_a_server_taken_over_moves_to_the_port_that_is_asked_for(killed: EmbeddedPostgres) -> None:
    with EmbeddedPostgres(killed.folder, port=free_port()) as moved:
        assert await ask(moved.tcp_url, "SELECT number FROM receipt") == 1


async def test_without_a_port_nothing_listens_on_the_network(shared: EmbeddedPostgres) -> None:
    assert await ask(shared.url, "SHOW listen_addresses") == ""


def test_a_port_in_use_is_a_plain_error_and_leaves_nothing_running(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = EmbeddedPostgres(tmp_path / "postgres", port=taken.getsockname()[1])
        with pytest.raises(EmbeddedPostgresError, match="did not start"):
            server.start()
    assert not (server.data / "postmaster.pid").exists()
    with server:
        assert pid_of(server)


def test_only_the_owner_reads_the_data_the_password_and_the_socket(shared: EmbeddedPostgres) -> None:
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (shared.folder, shared.data, shared.sockets, shared.folder / "password")
    }
    assert list(modes.values()) == [0o700, 0o700, 0o700, 0o600]


def test_the_folders_above_keep_their_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with EmbeddedPostgres(tmp_path / "postgres"):
        pass
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


async def test_a_deep_folder_still_has_a_short_socket(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / ("глубоко" * 10) / "postgres") as server:
        assert await ask(server.url, "SELECT 1") == 1


def test_data_of_another_version_are_left_alone(server: EmbeddedPostgres) -> None:
    server.stop()
    (server.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 16"):
        server.start()


def test_a_stop_may_be_repeated_and_may_come_first(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres")
    server.stop()
    server.start()
    server.stop()
    server.stop()


def test_database_url_is_taken_as_it_is_and_no_server_is_made(tmp_path: Path) -> None:
    url = "postgresql://somebody@db.example/tiyn"
    with database(Settings(data_dir=tmp_path, database_url=url)) as chosen:
        assert chosen == url
    assert list(tmp_path.iterdir()) == []


async def test_without_database_url_a_server_runs_in_the_data_folder(tmp_path: Path) -> None:
    with database(Settings(data_dir=tmp_path, database_url=None)) as url:
        assert await ask(url, "SELECT 1") == 1
    assert (tmp_path / "postgres" / "data" / "PG_VERSION").exists()


def test_the_programs_are_found_for_an_account_without_rights(tmp_path: Path) -> None:
    programs = find_programs(tmp_path, uid=65534)
    assert subprocess.run([programs / "postgres", "--version"], capture_output=True).returncode == 0
