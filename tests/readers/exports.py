#!/usr/bin/env python3
"""Reads what keyfob exports, without a line of keyfob's code.

    exports.py FORMAT FILE TIME [PASSWORD]

Prints a line for each device, with tabs between: issuer and account as JSON texts, and the code of that Unix time, or of
the counter that stands there. Needs Python 3.8 or later; `cryptography` for encrypted files.
"""
import base64, csv, hashlib, hmac, html, io, json, re, struct, sys
from urllib.parse import parse_qs, unquote, urlsplit

STEAM = "23456789BCDFGHJKMNPQRTVWXY"


def code(secret, factor, digits=6, algorithm="SHA1", kind="totp"):
    """RFC 4226 section 5.3; Steam's letters come from the same number."""
    mac = hmac.new(secret, struct.pack(">Q", factor), algorithm.lower().replace("-", "")).digest()
    at = mac[-1] & 15
    number = struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF
    if kind == "steam":
        return "".join(STEAM[number // 26 ** place % 26] for place in range(5))
    return str(number % 10 ** digits).zfill(digits)


def base32(text):
    return base64.b32decode(text + "=" * (-len(text) % 8))


def device(issuer, account, secret, kind="totp", algorithm="SHA1", digits=6, period=30, counter=0):
    kind = kind.lower()
    factor = int(counter) if kind == "hotp" else TIME // int(period or 30)
    return issuer, account, code(secret, factor, int(digits or 6), algorithm or "SHA1", kind)


def of_uri(uri):
    parts = urlsplit(uri)
    assert parts.scheme == "otpauth", uri
    query = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
    label = unquote(parts.path[1:])
    prefix, colon, rest = label.partition(":")
    kind = "steam" if query.get("encoder") == "steam" else parts.netloc
    return device(query.get("issuer", prefix if colon else ""), (rest if colon else label).strip(), base32(query["secret"]),
                  kind, query.get("algorithm"), query.get("digits"), query.get("period"), query.get("counter", 0))


def aegis(data, password):
    file = json.loads(data)
    db = file["db"]
    if isinstance(db, str):
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        def opened(key, params, sealed):
            return AESGCM(key).decrypt(bytes.fromhex(params["nonce"]), sealed + bytes.fromhex(params["tag"]), None)
        slot = file["header"]["slots"][0]
        key = hashlib.scrypt(password.encode(), salt=bytes.fromhex(slot["salt"]), n=slot["n"], r=slot["r"], p=slot["p"],
                             maxmem=256 << 20, dklen=32)
        master = opened(key, slot["key_params"], bytes.fromhex(slot["key"]))
        db = json.loads(opened(master, file["header"]["params"], base64.b64decode(db)))
    for entry in db["entries"]:
        info = entry["info"]
        yield device(entry["issuer"], entry["name"], base32(info["secret"]), entry["type"], info["algo"], info["digits"],
                     info.get("period"), info.get("counter", 0))


def twofas(data, _):
    for service in json.loads(data)["services"]:
        otp = service["otp"]
        yield device(otp["issuer"], otp["account"], base32(service["secret"]), otp["tokenType"], otp["algorithm"],
                     otp["digits"], otp.get("period"), otp.get("counter", 0))


def andotp(data, _):
    for entry in json.loads(data):
        yield device(entry["issuer"], entry["label"], base32(entry["secret"]), entry["type"], entry["algorithm"],
                     entry["digits"], entry.get("period"), entry.get("counter", 0))


def uris(data, _):
    return map(of_uri, data.decode().splitlines())


def sheet(data, _):
    return (of_uri(html.unescape(uri)) for uri in re.findall(r'<p class="uri">(.*?)</p>', data.decode()))


def table(data, _):
    # What a spreadsheet would run has an apostrophe before it, and so has what begins with one.
    def plain(cell):
        return cell[1:] if re.match(r"'[=+\-@\t\r']", cell) else cell
    for row in csv.DictReader(io.StringIO(data.decode(), newline="")):
        yield device(plain(row["issuer"]), plain(row["account"]), base32(row["secret"]), row["kind"], row["algorithm"],
                     row["digits"], row["period"], row["counter"] or 0)


def fields(data):
    """A protobuf message: number and value of each field."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
    while at < len(data):
        tag = varint()
        if tag & 7 == 0:
            yield tag >> 3, varint()
        else:
            assert tag & 7 == 2, tag
            length = varint()
            yield tag >> 3, data[at:at + length]
            at += length
    assert at == len(data)


def migration(data, _):
    lines = data.decode().split()
    batches = set()
    for index, line in enumerate(lines):
        assert line.startswith("otpauth-migration://offline?data="), line
        message = list(fields(base64.b64decode(unquote(line.split("=", 1)[1]), validate=True)))
        head = {number: value for number, value in message if number != 1}
        assert (head[2], head[3], head.get(4, 0)) == (1, len(lines), index), head
        # A part that stands alone names no batch: nothing is zero (proto3).
        batches.add(head.get(5, 0))
        for account in (dict(fields(value)) for number, value in message if number == 1):
            issuer, name = account[3].decode(), account[2].decode()
            name = name[len(issuer) + 1:] if issuer and name.startswith(issuer + ":") else name
            yield device(issuer, name, account[1], {1: "hotp", 2: "totp"}[account[6]],
                         {1: "SHA1", 2: "SHA256", 3: "SHA512"}[account[4]], {1: 6, 2: 8}[account[5]], 30, account.get(7, 0))
    assert len(batches) == 1, batches


READERS = {"aegis": aegis, "2fas": twofas, "andotp": andotp, "uris": uris, "html": sheet, "csv": table, "migration": migration}

if __name__ == "__main__":
    name, path, time, *password = sys.argv[1:]
    TIME = int(time)
    with open(path, "rb") as file:
        read = READERS[name](file.read(), *(password or [None]))
    for issuer, account, value in read:
        print(json.dumps(issuer), json.dumps(account), value, sep="\t")
