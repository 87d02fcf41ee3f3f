#!/usr/bin/env bash
# Compares `redact` with `sed` and one literal, in seconds of the processor, on texts of several kinds.
#
#     benches/redact.sh            # 32 MB of each
#     benches/redact.sh 100        # 100 MB of each
#
# Prints the lowest of RUNS runs (default 3), taken in turn, and the most memory that `redact` had. DOCTOR
# names the program to measure; the default is a release build. The texts are the same on each machine.
# Needs python3. Fails where something of the key is left.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

doctor=${DOCTOR:-target/release/heygen-doctor}
if [[ ! -x $doctor ]]; then
  cargo build --release --locked --quiet
fi

python3 - "$doctor" "${1:-32}" "${RUNS:-3}" <<'BENCH'
import base64, os, random, subprocess, sys, tempfile

doctor, size, runs = os.path.abspath(sys.argv[1]), int(sys.argv[2]) * 1_000_000, int(sys.argv[3])
KEY = "sk_V2_hgu_kSynthetic0_0Fake1Key2Of3No4Account5At6All7"
EVERY = 10_000
rand = random.Random(11)

def digits(count):
    return f"{rand.getrandbits(4 * count):0{count}x}"

def time():
    return f"2026-11-27T10:{rand.randrange(60):02}:{rand.randrange(60):02}.{rand.randrange(1000):03}Z"

def plain():
    return (f"{time()} [worker-{rand.randrange(16)}] DEBUG com.example.render.Queue - Dequeued job "
            f"{rand.randrange(10**6)} for scene {rand.randrange(100)}, waiting for an avatar")

def ids():
    return (f"{time()} INFO api.client request_id={digits(32)} GET "
            f"https://api.heygen.com/v3/videos/{digits(24)} status={rand.choice([200, 404])}")

def json():
    return (f'{{"time":"{time()}","level":"info","msg":"video \\"{rand.randrange(99)}\\" ready","request_id":"{digits(32)}",'
            f'"user":{{"id":{rand.randrange(10**6)},"plan":"pro"}},"took":{rand.random():.3f}}}')

def mixed():
    return rand.choice([plain, ids, ids, json])()

def encoded():
    return base64.b64encode(rand.randbytes(57)).decode()

offset = 0
def dump():
    global offset
    offset += 16
    text = rand.randbytes(16)
    shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in text)
    return f"{offset:08x}: {text.hex(' ', 2)}  {shown}"

def write(path, line):
    with open(path, "w") as file:
        written = number = 0
        while written < size:
            number += 1
            text = (f"the key is {KEY}" if number % EVERY == EVERY // 2 else line()) + "\n"
            file.write(text)
            written += len(text)

def seconds(command, output):
    """Seconds of the processor, and the most memory in MiB."""
    env = {"PATH": os.environ["PATH"], "HOME": os.path.dirname(output), "HEYGEN_API_KEY": KEY, "LC_ALL": "C"}
    with open(output, "wb") as file:
        child = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, command
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

with tempfile.TemporaryDirectory() as folder:
    log, clean = os.path.join(folder, "log"), os.path.join(folder, "clean")
    print(f"{size // 1_000_000} MB of each; seconds of the processor")
    print(f"{'':24} {'sed':>6} {'redact':>7} {'times':>6} {'MiB':>5}")
    for name, line in [("log without ids", plain), ("log with ids", ids), ("JSON, a record a line", json),
                       ("all of these mixed", mixed), ("base64", encoded), ("xxd", dump)]:
        write(log, line)
        took = {"sed": [], "redact": []}
        for _ in range(runs):
            took["sed"].append(seconds(["sed", f"s/{KEY}/[redacted]/g", log], clean))
            took["redact"].append(seconds([doctor, "redact", "--quiet", log], clean))
        with open(clean, "rb") as file:
            assert all(KEY[20:32].encode() not in line for line in file), f"{name}: the key is left"
        sed, ours = min(took["sed"])[0], min(took["redact"])[0]
        print(f"{name:24} {sed:6.2f} {ours:7.2f} {ours / sed:6.1f} {max(took['redact'], key=lambda t: t[1])[1]:5.0f}")
BENCH
