"""Certificates of the tests' own, good and bad ones, in files of one folder."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

KEY = ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate and its key."""

    certificate: Path
    key: Path

    @property
    def of_a_server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def self_signed(folder: Path, *, host: str = "localhost", days: int = 1) -> Certificate:
    """Make a certificate for `host`, which ends in so many days."""
    made = Certificate(folder / f"{host}.pem", folder / f"{host}.key")
    made.certificate.write_bytes(_signed(host, days).public_bytes(Encoding.PEM))
    made.key.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


def _signed(host: str, days: int) -> x509.Certificate:
    name, ends = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]), datetime.now(UTC) + timedelta(days=days)
    builder = x509.CertificateBuilder(name, name, KEY.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(ends - timedelta(days=30)).not_valid_after(ends)
    for extension in (
        x509.SubjectAlternativeName([x509.DNSName(host)]),
        x509.SubjectKeyIdentifier.from_public_key(KEY.public_key()),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(KEY.public_key()),
    ):
        builder = builder.add_extension(extension, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.sign(KEY, hashes.SHA256())
