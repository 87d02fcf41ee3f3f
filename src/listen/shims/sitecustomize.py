# Handed to every Python process by `heygen-doctor listen`: connections to HeyGen go to the doctor, all
# others stay as they are. It works for clients that read no variable, such as aiohttp.
import importlib.machinery
import importlib.util
import os
import socket
import sys

HOSTS = os.environ.get("HEYGEN_DOCTOR_HOSTS", "").split(",")
PORT = os.environ.get("HEYGEN_DOCTOR_PORT")
CA = os.environ.get("HEYGEN_DOCTOR_CA")
HERE = os.path.dirname(os.path.abspath(__file__))


def to_us(host, port, *args, **more):
    name = host.decode("ascii", "ignore") if isinstance(host, bytes) else host
    if str(name).lower() in HOSTS and str(port) in ("443", "https"):
        host, port = "127.0.0.1", int(PORT)
    return resolve(host, port, *args, **more)


def told():
    # The program has a list of authorities of its own, and ours is in it now.
    try:
        open(os.path.join(os.path.dirname(CA), "widened-python"), "w").close()
    except OSError:
        pass


def trusting(wrap):
    def wrapped(self, *args, **more):
        if more.get("server_hostname") in HOSTS and self.verify_mode:
            before = self.cert_store_stats()["x509"]
            self.load_verify_locations(CA)
            if before < self.cert_store_stats()["x509"]:
                told()
        return wrap(self, *args, **more)

    return wrapped


class Late(object):
    # `ssl` takes 36 ms to import, so it is changed when the program itself asks for it.
    def find_spec(self, name, path=None, target=None):
        if name != "ssl":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            for wrap in ("wrap_socket", "wrap_bio"):
                setattr(module.SSLContext, wrap, trusting(getattr(module.SSLContext, wrap)))

        spec.loader.exec_module = exec_module
        return spec


if PORT and CA and sys.version_info[0] > 2:
    resolve, socket.getaddrinfo = socket.getaddrinfo, to_us
    sys.meta_path.insert(0, Late())

# A file of this name that would be used without ours.
theirs = [place for place in sys.path if os.path.abspath(place) != HERE]
spec = importlib.machinery.PathFinder.find_spec("sitecustomize", theirs)
if spec and spec.loader:
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
