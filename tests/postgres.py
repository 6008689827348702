"""A PostgreSQL of the tests' own: started in a temporary folder, killed, started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

PLACES = "/usr/lib/postgresql/*/bin"


def binaries():
    """Return the folder of the server's binaries; None where there are none."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/").glob(PLACES.lstrip("/")), reverse=True)
    return next((one for one in places if (one / "postgres").exists()), None)


class Cluster:
    """One server, reached by a socket in its folder alone."""

    def __init__(self, folder, bin_folder, user, owner="behind"):
        self.folder = folder
        self.owner = owner
        self._bin = bin_folder
        # The server refuses to be run by root.
        self._as = _as(user) if user else {}
        self._numbers = count()
        self._server = None

    def make(self):
        made = [self._bin / "initdb", "-D", self.folder / "data", "-U", self.owner]
        made += ["-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        made += self._language()
        subprocess.run(
            made,
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._as,
        )

    def _language(self):
        """Order text as Turkish does, where the server can: nothing may hang on an order of its own."""
        asked = [self._bin / "initdb", "--help"]
        told = subprocess.run(asked, check=True, capture_output=True, text=True)
        if "--icu-locale" not in told.stdout:
            return []
        return ["--locale-provider=icu", "--icu-locale=tr"]

    def start(self):
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}")
        # Commits that are not yet on disk when they are told, another time, and transactions
        # that see what was there when they began: a docket must not rely on these.
        settings += ("synchronous_commit=off", "timezone=Asia/Kathmandu")
        settings += ("default_transaction_isolation=serializable",)
        options = [part for one in settings for part in ("-c", one)]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._bin / "postgres", "-D", self.folder / "data", *options],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **self._as,
            )
        for _ in range(600):
            if self._is_ready():
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def _is_ready(self):
        asked = [self._bin / "pg_isready", "-q", "-h", self.folder, "-U", self.owner]
        return subprocess.run(asked, check=False).returncode == 0

    def kill(self):
        """Kill the server and all its children at once, as a loss of power would."""
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()

    def stop(self):
        self._server.send_signal(signal.SIGQUIT)  # at once: the folder goes too
        self._server.wait()

    def shut_down(self):
        """Stop as an administrator does to start it again: who is connected is sent away."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait()

    def programs(self):
        """Return what leads an administrator's programs to this server, and to themselves."""
        path = f"{self._bin}:{os.environ['PATH']}"
        return {"PGHOST": str(self.folder), "PGUSER": self.owner, "PATH": path}

    def url(self):
        """Make a schema, which is quicker than a database, and return a URL that leads to it."""
        name = f"docket{next(self._numbers)}"
        with psycopg.connect(
            host=str(self.folder), user=self.owner, dbname="postgres"
        ) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        where = f"host={self.folder}&options=-csearch_path%3D{name}"
        return f"postgresql://{self.owner}@/postgres?{where}"


def _as(user):
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


@contextmanager
def running(bin_folder, owner="behind"):
    """Run a server for as long as it is needed; nothing of it is left. `owner` administers it."""
    folder = Path(tempfile.mkdtemp(prefix="behind-pg-"))
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    cluster = Cluster(folder, bin_folder, user, owner)
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        if cluster._server is not None and cluster._server.poll() is None:
            cluster.stop()
        shutil.rmtree(folder)
