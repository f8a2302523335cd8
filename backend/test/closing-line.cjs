/** The last line that jest prints, in the plain form that scripts read. */
module.exports = class ClosingLine {
  onRunComplete(_, r) {
    const failed = r.numFailedTests + r.numRuntimeErrorTestSuites;
    process.stdout.write(`\n${r.numPassedTests} passed, ${failed} failed\n`);
  }
};
