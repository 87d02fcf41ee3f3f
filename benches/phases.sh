#!/usr/bin/env bash
# Compares the phases of a new connection with those of `curl -w`, on the same server.
#
#     benches/phases.sh                   # a TLS server on loopback with known delays (needs python3)
#     benches/phases.sh https://HOST      # any server; no key is sent
#
# Prints the medians of RUNS runs (default 21), taken in turn, in milliseconds. Fails where they
# differ by more than 5 % and by more than 1 ms. DOCTOR names the program to measure; the default is
# a release build. Run it on an idle machine: both programs wait for the same server.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

runs=${RUNS:-21}
doctor=${DOCTOR:-target/release/heygen-doctor}
url=${1:-}
trust_curl=() trust_doctor=()

if [[ ! -x $doctor ]]; then
  cargo build --release --locked --quiet
fi

if [[ -z $url ]]; then
  port_file=$(mktemp)
  python3 - "$port_file" <<'SERVER' &
import socket, ssl, sys, threading, time

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("fixtures/tls/private-ca.pem")
listener = socket.create_server(("127.0.0.1", 0), backlog=64)
body = b'{"error":{"code":"unauthorized","message":"Unauthorized"}}'
answer = (b"HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\n"
          b"connection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))

def serve(stream):
    try:
        time.sleep(0.050)
        with context.wrap_socket(stream, server_side=True) as tls:
            if tls.recv(65536):
                time.sleep(0.080)
                tls.sendall(answer)
    except OSError:
        pass

with open(sys.argv[1], "w") as file:
    file.write(str(listener.getsockname()[1]))
while True:
    stream, _ = listener.accept()
    threading.Thread(target=serve, args=(stream,), daemon=True).start()
SERVER
  server=$!
  trap 'kill "$server" 2>/dev/null; rm -f "$port_file"' EXIT
  until [[ -s $port_file ]]; do sleep 0.05; done
  url=https://localhost:$(<"$port_file")
  trust_curl=(--cacert fixtures/tls/ca.pem)
  trust_doctor=(--ca-cert fixtures/tls/ca.pem)
fi

probe=v3.users-me/x-api-key/none
for ((run = 0; run < runs; run++)); do
  env -u HEYGEN_API_KEY curl --silent --output /dev/null "${trust_curl[@]}" \
    --write-out '{"by":"curl","at":[%{time_namelookup},%{time_connect},%{time_appconnect},%{time_starttransfer}]}\n' \
    "$url/v3/users/me"
  env -u HEYGEN_API_KEY "$doctor" check --profile quick --only "$probe" --no-status-page \
    --format json --base-url "$url" "${trust_doctor[@]}" 2>/dev/null | tr -d '\n' || true
  echo
done | python3 -c '
import json, statistics, sys

curl, doctor = [], []
for line in filter(str.strip, sys.stdin):
    seen = json.loads(line)
    if seen.get("by") == "curl":
        curl.append([second * 1000 for second in seen["at"]])
        continue
    [probe] = seen["observations"]
    assert probe["outcome"]["connection"] == "new", probe
    took = probe["timing_ms"]
    dns = took.get("dns", 0)
    connect = dns + took["connect"]
    doctor.append([dns, connect, connect + took["tls"], took["ttfb"]])
names = ["namelookup", "connect", "appconnect", "starttransfer"]
apart = False
print("%-14s%12s%12s  (medians of %d runs, ms)" % ("", "curl", "doctor", len(curl)))
for name, ours, theirs in zip(names, zip(*doctor), zip(*curl)):
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    off = abs(ours - theirs)
    bad = off > 1 and off > 0.05 * theirs
    apart |= bad
    print("%-14s%12.3f%12.3f%s" % (name, theirs, ours, "  apart" if bad else ""))
sys.exit(apart)
'
