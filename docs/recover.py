#!/usr/bin/env python3
"""Gets every secret out of a keyfob vault or backup without keyfob.

    recover.py vault.age                a vault: age asks for its passphrase
    recover.py -i key.txt vault.age     a vault or backup that is locked to an age or ssh key
    recover.py backup.age               a backup: age asks for the backup's passphrase

Needs the program `age` (1.0 or later) and Python 3.8 or later, nothing else. Prints one otpauth URI a
line: whoever sees them can make your codes, so send them nowhere but into another authenticator.
"""
import base64, os, struct, subprocess, sys, tempfile
from urllib.parse import quote


def unpack(data, at=0):
    """One MessagePack value from `at`: the value and where the next one starts."""
    def sized(width):
        return int.from_bytes(data[at + 1:at + 1 + width], "big"), at + 1 + width
    def items(count, start):
        found = []
        for _ in range(count):
            value, start = unpack(data, start)
            found.append(value)
        return found, start
    def pairs(count, start):
        flat, start = items(2 * count, start)
        return dict(zip(flat[::2], flat[1::2])), start
    b = data[at]
    if b < 0x80: return b, at + 1
    if b < 0x90: return pairs(b & 15, at + 1)
    if b < 0xa0: return items(b & 15, at + 1)
    if b < 0xc0: return data[at + 1:at + 1 + (b & 31)].decode(), at + 1 + (b & 31)
    if b in (0xc0, 0xc2, 0xc3): return {0xc0: None, 0xc2: False, 0xc3: True}[b], at + 1
    if 0xc4 <= b <= 0xc6: n, s = sized(1 << b - 0xc4); return data[s:s + n], s + n
    if b in (0xca, 0xcb): n = 4 if b == 0xca else 8; return struct.unpack(">f" if n == 4 else ">d", data[at + 1:at + 1 + n])[0], at + 1 + n
    if 0xcc <= b <= 0xcf: return sized(1 << b - 0xcc)
    if 0xd0 <= b <= 0xd3: n = 1 << b - 0xd0; return int.from_bytes(data[at + 1:at + 1 + n], "big", signed=True), at + 1 + n
    if 0xd9 <= b <= 0xdb: n, s = sized(1 << b - 0xd9); return data[s:s + n].decode(), s + n
    if 0xdc <= b <= 0xdd: return items(*sized(2 << b - 0xdc))
    if 0xde <= b <= 0xdf: return pairs(*sized(2 << b - 0xde))
    if b >= 0xe0: return b - 256, at + 1
    raise ValueError(f"MessagePack type {b:#x} at byte {at}")


def identity_stanza(path):
    """The passphrase-encrypted identity that travels in a vault's header; nothing for other files."""
    body, inside = [], False
    with open(path, "rb") as file:
        for line in file:
            if line.startswith(b"--- "):
                break
            if line.startswith(b"-> "):
                inside = line.startswith(b"-> keyfob-identity ")
            elif inside:
                body.append(line.strip())
    text = b"".join(body)
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def uri(device):
    label = quote(device["account"], safe="")
    if device["issuer"]:
        label = quote(device["issuer"], safe="") + ":" + label
    secret = base64.b32encode(device["secret"]).decode().rstrip("=")
    kind = device.get("kind", "totp")
    fields = {"secret": secret, "issuer": quote(device["issuer"], safe=""), "algorithm": device.get("algorithm"),
              "digits": device.get("digits"), "period": device.get("period"), "counter": device.get("counter")}
    if kind == "steam":
        fields.update(encoder="steam", digits=5)
    query = "&".join(f"{name}={value}" for name, value in fields.items() if value not in (None, ""))
    return f"otpauth://{'hotp' if kind == 'hotp' else 'totp'}/{label}?{query}"


def main(arguments):
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.exit(__doc__)
    *options, path = arguments
    with tempfile.TemporaryDirectory() as folder:  # 0700; holds the identity only in its encrypted form
        stanza = b"" if options else identity_stanza(path)
        if stanza:
            identity = os.path.join(folder, "identity.age")
            with open(identity, "wb") as file:
                file.write(stanza)
            options = ["-i", identity]
        try:
            ran = subprocess.run(["age", "--decrypt", *options, path], stdout=subprocess.PIPE)
        except FileNotFoundError:
            sys.exit("recover.py: there is no age program here: https://age-encryption.org")
        if ran.returncode:
            sys.exit("recover.py: age could not decrypt it, and said why above")
        plain = ran.stdout
    content, _ = unpack(unpack(plain)[0]["content"])
    for device in content["devices"]:
        if device.get("kind") == "hardware":  # a token, which keeps its secret
            print(f"# token {device['serial']}: {device['issuer']} {device['account']}")
        else:
            print(uri(device))
    print(f"{len(content['devices'])} devices, format version {content['version']}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(f"recover.py: {error}")
