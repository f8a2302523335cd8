/**
 * Stands in for zod in the browser. Contracts are values made with zod; here only their name, method and path are used, and what the server
 * validated need not be validated again. Every property and call gives the same thing back.
 */
const anything: unknown = new Proxy(() => anything, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything), apply: () => anything });
export const z = anything as never;
