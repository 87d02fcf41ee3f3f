#!/usr/bin/env bash
# How long the program takes to start, beside `curl --version`, and how much memory a full run has.
#
#     benches/start.sh
#
# Prints the medians of RUNS runs (default 101), taken in turn, in milliseconds of the clock and of the
# processor. The full run asks the double, which is another process.
# DOCTOR names the program to measure; the default is a release build. Needs python3 and curl. Fails where
# a bar is missed: half of curl's time, 20 MiB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

doctor=${DOCTOR:-target/release/heygen-doctor}
if [[ ! -x $doctor ]]; then
  cargo build --release --locked --quiet
fi

python3 - "$doctor" "${RUNS:-101}" <<'BENCH'
import os, statistics, subprocess, sys, time

doctor, runs = os.path.abspath(sys.argv[1]), int(sys.argv[2])

def run(command, **variables):
    """Milliseconds of the clock and of the processor, and the most memory in MiB."""
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C"} | variables
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    assert status == 0, command
    return took * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024

starts = {"curl --version": ["curl", "--version"], "--version": [doctor, "--version"],
          "explain 401": [doctor, "explain", "401"]}
taken = {name: [] for name in starts}
for _ in range(runs):
    for name, command in starts.items():
        taken[name].append(run(command))
print(f"{'':24} {'clock':>7} {'cpu':>7}  (medians of {runs} runs, ms)")
medians = {}
for name, all_of_it in taken.items():
    clock, cpu, _ = (statistics.median(column) for column in zip(*all_of_it))
    medians[name] = clock
    print(f"{name:24} {clock:7.2f} {cpu:7.2f}")
double = subprocess.Popen([doctor, "simulate", "healthy", "--listen", "127.0.0.1:0"], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
base_url = double.stdout.readline().strip()
key = next(line.split()[-1] for line in double.stderr if "key is synthetic" in line)
full = [doctor, "report", "--markdown", "--quiet", "--base-url", base_url]
clock, _, memory = run(full, HEYGEN_API_KEY=key)
double.kill()
print(f"{'full run':24} {memory:.1f} MiB in {clock / 1000:.1f} s")
half = medians["curl --version"] / 2
missed = [name for name in ("--version", "explain 401") if medians[name] > half]
missed += ["full run"] * (memory > 20)
if missed:
    sys.exit("Bar missed: " + ", ".join(missed))
BENCH
