"""The ways into our server: open to this machine, with a key, and with a key in TLS."""

import os
import subprocess
from pathlib import Path

# Of all drivers, unless `DRIVER_SECRET` names another secret.
KEY = "AKIDUMMY SECRETDUMMY"
HERE = "DNS:localhost,IP:127.0.0.1"


class Door:
    """How a server is started, and how a driver gets in."""

    def __init__(self, name, arguments=(), trusted=None):
        self.name = name
        self.arguments = [str(argument) for argument in arguments]
        # A certificate of who vouches for the server; without one there is no TLS.
        self.trusted = trusted
        self.open = not arguments

    def endpoint(self, client, address):
        """Where a driver finds the server."""
        if not self.trusted:
            return f"{client.protocol}://{address}"
        return f"{client.protocol}s://{address if client.by_address else address.replace('127.0.0.1', 'localhost')}"

    def environment(self, **more):
        """What makes every client trust who vouches for the server, and nobody else."""
        trust = {}
        if self.trusted:
            # Python, Go and Rust; Node; boto3.
            trust = {name: str(self.trusted) for name in ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"]}
            trust["SSL_CERT_DIR"] = str(self.trusted.parent / "nobody")
        return {**os.environ, **trust, **more}


def doors(work):
    """The ways in; what they need is made in the folder `work`."""
    work = Path(work)
    keys = work / "keys"
    keys.write_text(f"{KEY}\n")
    keys.chmod(0o600)
    keys = ["--keys-file", keys]
    trusted = authority(work, "authority")
    return [Door("open"), Door("with keys", keys), Door("with keys in TLS", [*keys, *certified(work, "server", HERE)], trusted)]


def knocks_at(door, work):
    """Ways to knock: which, whether it is a right one, the door, and what the driver's environment has more. A door whose
    arguments are another's needs a server of its own."""
    yield "the key", True, door, {}
    yield "another secret", False, door, {"DRIVER_SECRET": "ANOTHER"}
    if door.trusted:
        work = Path(work)
        yield "trust in another", False, Door(door.name, door.arguments, authority(work, "stranger")), {}
        yield "a server of another name", False, Door(door.name, certified(work, "elsewhere", "DNS:elsewhere.test"), door.trusted), {}


def authority(work, name):
    openssl(work, name, "/CN=Authority of a test")
    return work / f"{name}.pem"


def certified(work, name, hosts):
    """Arguments of a server with a certificate of the authority for these hosts."""
    extensions = [f"subjectAltName={hosts}", "basicConstraints=critical,CA:FALSE"]
    openssl(work, name, "/CN=Server of a test", "-CA", "authority.pem", "-CAkey", "authority.key", *[word for each in extensions for word in ("-addext", each)])
    return ["--tls-cert", work / f"{name}.pem", "--tls-key", work / f"{name}.key"]


def openssl(work, name, subject, *more):
    """A certificate and its key, good for a day."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj", subject]
    made = subprocess.run([*command, "-keyout", f"{name}.key", "-out", f"{name}.pem", *more], cwd=work, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
