"""Starts a program in a network of its own that has nothing but one listening socket (Linux).

Run as `python enclosed.py SOCKET PORT PROGRAM …`; only the standard library is used. The listening
socket belongs to the new network and goes to whoever listens at SOCKET, outside of it: what the
program asks for leaves through that process or not at all. Needs no root.
"""

import ctypes
import errno
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
UP_AND_RUNNING = 0x41
WAIT_S = 10.0
REMEDY = (
    "allow user namespaces (`sysctl kernel.unprivileged_userns_clone=1`, or "
    "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`), or write isolation: process"
)


def enclose(*, as_root: bool = False) -> None:
    """Move this process into a network without any interface but loopback.

    `as_root` makes it root in there, which may set up routes and see packets.

    Raises:
        OSError: the kernel does not allow it.
    """
    user, group = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER | CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, f"unshare: {os.strerror(number)}")
    Path("/proc/self/setgroups").write_text("deny", "ascii")
    Path("/proc/self/uid_map").write_text(f"{0 if as_root else user} {user} 1", "ascii")
    Path("/proc/self/gid_map").write_text(f"{0 if as_root else group} {group} 1", "ascii")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP_AND_RUNNING))


def reason_against() -> str | None:
    """Why programs cannot be enclosed on this machine; None when they can."""
    if sys.platform != "linux":
        return "only Linux has network namespaces"
    child = os.fork()
    if child == 0:
        try:
            enclose()
        except OSError as error:
            os._exit(error.errno or errno.EPERM)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return None if code == 0 else f"the kernel does not allow it ({os.strerror(code)})"


def hand_over(listener: socket.socket, path: str) -> None:
    """Give a listening socket to the process that waits at a path."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as outside:
        outside.settimeout(WAIT_S)
        outside.connect(path)
        socket.send_fds(outside, [b"1"], [listener.fileno()])
        # it has the socket once it answers
        outside.recv(1)


def main(path: str, port: str, program: str, *arguments: str) -> None:
    """Enclose this process and become the program."""
    enclose()
    with socket.create_server(("127.0.0.1", int(port))) as listener:
        hand_over(listener, path)
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
