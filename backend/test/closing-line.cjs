const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/** Leaves the counts for `npm test`, which prints them as its last line, after jest's own summary. */
module.exports = class ClosingLine {
  onRunComplete(_, r) {
    const failed = r.numFailedTests + r.numRuntimeErrorTestSuites;
    const file = path.resolve(__dirname, '../../node_modules/.cache/closing-line');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${r.numPassedTests} passed, ${failed} failed`);
  }
};
