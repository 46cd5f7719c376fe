"""Our DAX server as a child: started, killed, started again at the same address with the same list of attribute lists."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path


class Server:
    def __init__(self, footfall, dynamodb, *more):
        self.address = f"127.0.0.1:{free_port()}"
        self.folder = tempfile.TemporaryDirectory(prefix="footfall-dax-")
        self.lists = Path(self.folder.name) / "data" / "dax" / "attribute-lists"
        self.command = [footfall, "dax", "--listen", self.address, "--dynamodb", dynamodb, "--region", "us-east-1", "--data", f"{self.folder.name}/data", *more]
        self.log = Path(self.folder.name) / "log"
        self.start()

    def start(self):
        environment = {**os.environ, "AWS_ACCESS_KEY_ID": "AKIDUMMY", "AWS_SECRET_ACCESS_KEY": "SECRETDUMMY", "AWS_REGION": "us-east-1"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        host, port = self.address.split(":")
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection((host, int(port)), timeout=5).close()
                return
            except OSError:
                assert self.process.poll() is None, f"the server ended at once:\n{self.log.read_text()}"
                assert time.monotonic() < until, f"the server does not listen:\n{self.log.read_text()}"
                time.sleep(0.05)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def forget(self):
        """Removes the list of attribute lists."""
        self.lists.unlink()

    def said(self):
        return self.log.read_text(errors="replace")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        self.folder.cleanup()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
