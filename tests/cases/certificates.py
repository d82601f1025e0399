"""Certificates for servers of the tests, made when they are needed."""

import ipaddress
import ssl
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.cases.tls import NOW, Certificate

PEM = serialization.Encoding.PEM


def name_of(text: str) -> x509.Name:
    """A subject or issuer."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """Who signs certificates."""

    def __init__(self, name: str) -> None:
        """Make its key and its own certificate."""
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = name_of(name)
        basic = x509.BasicConstraints(ca=True, path_length=0)
        self.certificate = (
            started(
                self.name, self.name, self.key, NOW - timedelta(days=9), NOW + timedelta(days=9)
            )
            .add_extension(basic, critical=True)
            .sign(self.key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        """Its certificate, for who trusts it."""
        return self.certificate.public_bytes(PEM)


def started(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    begins: datetime,
    ends: datetime,
) -> x509.CertificateBuilder:
    """A certificate that is still to be signed."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def general_name(text: str) -> x509.GeneralName:
    """A name or an address as a certificate states it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def context_of(
    folder: Path, stated: Certificate, trusted: Authority, stranger: Authority
) -> ssl.SSLContext:
    """How a server with that certificate speaks TLS."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = name_of("server")
    issuers = {
        "trusted": (trusted.name, trusted.key),
        "stranger": (stranger.name, stranger.key),
        "itself": (subject, key),
    }
    issuer, signer = issuers[stated.issuer]
    made = started(subject, issuer, key, stated.begins, stated.ends)
    if stated.names:
        names = x509.SubjectAlternativeName([general_name(name) for name in stated.names])
        made = made.add_extension(names, critical=False)
    signed = made.sign(signer, hashes.SHA256())
    file = folder / f"{stated.case.name}.pem"
    file.write_bytes(
        key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
