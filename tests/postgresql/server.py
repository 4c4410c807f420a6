# SPDX-License-Identifier: Apache-2.0
"""Starts and ends the tests' own PostgreSQL: python3 server.py start|stop FOLDER

Its data lies in FOLDER, it listens on a free port of the loopback address alone, and FOLDER/url says where: the address
of its database, to which "&book=NAME" is added. Debian's own cluster is never touched. PostgreSQL refuses to run as
root: then it runs as the user that its package brings, or as nobody.
"""
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys


def programs():
    """The newest server that is installed."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path:
        return pathlib.Path(on_path).resolve().parent
    sys.exit("there is no PostgreSQL server here: apt-get install --no-install-recommends postgresql-15")


def as_someone(command, folder):
    """The command as a user who may run a server; the folder becomes theirs."""
    if os.geteuid() != 0:
        return subprocess.run(command, check=True, capture_output=True, text=True)
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return subprocess.run(command, check=True, capture_output=True, text=True, user=user.pw_uid, group=user.pw_gid,
                              extra_groups=[], cwd="/", env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
    sys.exit("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A server of its own; `settings` are added to its configuration."""

    def __init__(self, folder, settings=()):
        # Anybody may pass through to a folder of /tmp; build folders may be closed to other users.
        self.folder = pathlib.Path(folder)
        self.settings = settings
        self.bin = programs()

    def data(self):
        return self.folder / "data"

    def create(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        as_someone([self.bin / "initdb", "-D", self.data(), "-U", "lotbook", "-A", "trust", "-E", "UTF8", "--locale=C",
                    "--no-sync", "--no-instructions"], self.folder)
        # Nothing of it needs to survive a power cut, and it shares two cores with the tests.
        self.configure(["fsync = off", "full_page_writes = off", "shared_buffers = 64MB", "max_connections = 300",
                        "unix_socket_directories = ''", "autovacuum_max_workers = 1", "max_wal_size = 512MB",
                        "listen_addresses = '127.0.0.1'", *self.settings])
        self.port = free_port()
        self.start()

    def configure(self, lines):
        with open(self.data() / "postgresql.auto.conf", "a") as config:
            config.write("".join(line + "\n" for line in lines))

    def start(self):
        as_someone([self.bin / "pg_ctl", "-D", self.data(), "-w", "-t", "60", "-l", self.folder / "log", "-o",
                    f"-p {self.port}", "start"], self.folder)

    def stop(self, mode="immediate"):
        as_someone([self.bin / "pg_ctl", "-D", self.data(), "-w", "-m", mode, "stop"], self.folder)

    def url(self):
        return f"postgresql://lotbook@127.0.0.1:{self.port}/postgres?sslmode=disable"


def main():
    action, folder = sys.argv[1], pathlib.Path(sys.argv[2]).absolute()
    link = folder / "place"
    if action == "start":
        stop(link)
        # What the program keeps on this machine of its books there.
        for kept in ("state", "cache"):
            shutil.rmtree(folder / kept, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        place = pathlib.Path(subprocess.run(["mktemp", "-d", "/tmp/lotbook-postgresql-XXXXXX"], check=True,
                                            capture_output=True, text=True).stdout.strip())
        link.write_text(str(place))
        server = Server(place)
        try:
            server.create()
        except subprocess.CalledProcessError as error:
            log = place / "log"
            sys.exit(f"{error}\n{error.stdout}{error.stderr}" + (log.read_text() if log.exists() else ""))
        (folder / "url").write_text(server.url() + "\n")
    else:
        stop(link)


def stop(link):
    """Ends what runs there, also what a run that was killed has left."""
    if not link.exists():
        return
    place = pathlib.Path(link.read_text())
    if (place / "data" / "postmaster.pid").exists():
        try:
            Server(place).stop()
        except subprocess.CalledProcessError:
            pass  # it is gone already
    shutil.rmtree(place, ignore_errors=True)
    link.unlink()


if __name__ == "__main__":
    main()
