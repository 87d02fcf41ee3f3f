#!/usr/bin/env node
// Starts the program, which npm installed as the package of this system; nothing is downloaded here.
"use strict";
const { constants } = require("node:os");
const name = `heygen-doctor-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "heygen-doctor.exe" : "heygen-doctor";
let program;
try {
  program = require.resolve(`${name}/bin/${file}`);
} catch {
  console.error(`error: The package ${name} is missing.\n\nhint: Install again without --omit=optional; if there is no such package, \`cargo install heygen-doctor\` builds it.`);
  process.exit(2);
}
const words = process.argv.slice(2);
if (process.execve && process.platform !== "win32") process.execve(program, [program, ...words], process.env);
const child = require("node:child_process").spawn(program, words, { stdio: "inherit" });
// Ctrl-C in a terminal reaches the program by itself; twice would end it at once.
process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => { console.error(`error: ${error.message}`); process.exitCode = 2; });
child.on("exit", (code, signal) => { process.exitCode = code ?? 128 + constants.signals[signal]; });
