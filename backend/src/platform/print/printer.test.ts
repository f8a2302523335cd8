import { readConfig } from '#platform/config';
import { Printer } from './printer.ts';

let printer: Printer;
beforeEach(() => { printer = new Printer(readConfig([], {})); });
afterEach(() => printer.onApplicationShutdown());

/** A sheet that is little work and differs from every other. */
const sheet = (i: number) => printer.svg('print-test', { dx: i, dy: 0, zones: [] });

test('the process is replaced after 400 documents, and nothing that it was asked for is lost', async () => {
  const made = await Promise.all(Array.from({ length: 850 }, (_, i) => sheet(i)));
  expect(made.filter((svg) => svg.startsWith('<svg'))).toHaveLength(850);
}, 60_000);

test('a process that dies fails what it was asked for, and the next document is made by a new one', async () => {
  await sheet(0);
  const lost = sheet(1);
  printer.onApplicationShutdown();
  await expect(lost).rejects.toThrow('the printing process ended');
  expect(await sheet(2)).toMatch(/^<svg/);
});
