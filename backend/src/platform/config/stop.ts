/** Why the program ends, and the exit code a script can rely on (README, "Exit codes"). */
export const exitCodes = {
  unexpected: 1,
  'bad-setting': 2,
  'port-in-use': 3,
  'data-not-writable': 4,
  'newer-data': 5,
  'disk-full': 6,
  'database-unreachable': 7,
  'bad-content': 8,
  'check-failed': 9,
} as const;

/** Ends the program with one sentence for the operator; nothing was damaged. */
export class Stop extends Error {
  readonly reason: keyof typeof exitCodes;
  constructor(reason: keyof typeof exitCodes, sentence: string) {
    super(sentence);
    this.reason = reason;
  }
  get exitCode(): number {
    return exitCodes[this.reason];
  }
}
