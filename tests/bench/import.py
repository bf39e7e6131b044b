#!/usr/bin/env python3
"""What an import of many URIs costs: import.py KEYFOB [COUNT, 10000 where nothing is said].

Prints seconds, the most memory the program took (resident, beyond what it takes for an import of one URI), and the size of
the file, for an import into a new vault and for the same import again. Nothing of yours is touched: the vault lives in a
temporary folder.
"""
import base64, os, subprocess, sys, tempfile, time

program, count = os.path.abspath(sys.argv[1]), int((sys.argv[2:] or [10_000])[0])


def write(path, number):
    with open(path, "w") as file:
        for i in range(number):
            secret = base64.b32encode(f"secret number {i:06}".encode()).decode()
            print(f"otpauth://totp/Issuer%20{i % 97}:user{i}%40example.com?secret={secret}&issuer=Issuer%20{i % 97}", file=file)
    return os.path.getsize(path)


def most_memory(pid, before):
    """The most resident memory so far, in KiB. What wait4 says counts the memory of whoever started it, too."""
    try:
        with open(f"/proc/{pid}/status") as status:
            lines = [line for line in status if line.startswith("VmHWM:")]
    except OSError:
        lines = []
    return max([before, *(int(line.split()[1]) for line in lines)])


def run(home, *arguments):
    environment = {"HOME": home, "PATH": os.environ["PATH"]}
    start = time.monotonic()
    child = subprocess.Popen([program, *arguments], env=environment, stdout=subprocess.DEVNULL)
    memory, ended = 0, 0
    while not ended:
        memory = most_memory(child.pid, memory)
        ended, status, usage = os.wait4(child.pid, os.WNOHANG)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, (arguments, child.returncode)
    return time.monotonic() - start, memory, usage.ru_utime + usage.ru_stime


with tempfile.TemporaryDirectory() as home:
    password = os.path.join(home, "passphrase")
    with open(password, "w") as file:
        file.write("correct horse battery staple\n")
    os.chmod(password, 0o600)
    def vault(name):
        return ["--vault", os.path.join(home, name), "--passphrase-file", password]
    one, many = os.path.join(home, "one.txt"), os.path.join(home, "many.txt")
    write(one, 1)
    size = write(many, count)
    for name in ("small", "large"):
        run(home, *vault(name), "init", "--work-factor", "10")
    base = run(home, *vault("small"), "import", one)
    for title in ("new", "again"):
        seconds, memory, work = run(home, *vault("large"), "import", many)
        extra = (memory - base[1]) / 1024
        print(f"{title:6} {count} URIs of {size / 2**20:.2f} MiB: {seconds:.2f} s, {work:.2f} s of them work, "
              f"{extra:.1f} MiB more than for one, {extra * 2**20 / size:.1f} x the file")
