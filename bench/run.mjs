// npm run bench: the benchmarks that take a minute or two together; npm run bench -- NAME … those named, --json one JSON value, --help the names.
// Installs and builds first, so that nothing is imported before it is there.
import { ensureBuilt, ensureInstalled } from '../backend/scripts/common.mjs';

/** By name: what it measures, and how to run it. `stage`: on a server with 400 learners, shared by all that need one. `apart`: takes long or much room, so only when it is named. */
const BENCHMARKS = {
  submissions: { about: 'handing in an attempt, against a bare client', stage: true, run: async (o) => (await import('./learners.mjs')).submissions(o) },
  flows: { about: 'whole flows of learners, with the sign-in and without', stage: true, run: async (o) => (await import('./learners.mjs')).flows(o) },
  'half-load': { about: 'how long requests take at half load, and the memory it needs', stage: true, run: async (o) => (await import('./learners.mjs')).halfLoad(o) },
  pages: { about: 'the course page and the list of courses', stage: true, run: async (o) => (await import('./pages.mjs')).pages(o) },
  'first-load': { about: 'what a phone loads first', stage: true, run: async (o) => (await import('./learners.mjs')).firstLoad(o) },
  papers: { about: 'certificates as single PDFs', stage: true, run: async (o) => (await import('./papers.mjs')).papers(o) },
  lesson: { about: 'opening a stored lesson on a slow phone', stage: true, run: async (o) => (await import('./learning.mjs')).storedLesson(o) },
  content: { about: 'the content at the start', stage: true, run: async (o) => (await import('./learning.mjs')).contentLoad(o) },
  analysis: { about: 'item analysis of a million answers', stage: true, run: async (o) => (await import('./learning.mjs')).itemAnalysis(o) },
  classes: { about: 'a hall that hands in, the class page, a roster of 5,000', stage: true, run: async (o) => (await import('./classes.mjs')).classFigures(o) },
  workers: { about: 'two processes against one', apart: true, run: async ({ say }) => (await import('./pages.mjs')).workers(say) },
  sync: { about: 'sixty phones that come back', apart: true, run: async ({ say }) => (await import('./sync.mjs')).syncFigures(say) },
  refreshers: { about: 'the plan of a day for 100,000 people', apart: true, run: async ({ say }) => (await import('./refreshers.mjs')).refresherFigures(say) },
  certificates: { about: 'a batch of 600, and of as many as are named next', apart: true, run: async ({ say, number }) => (await import('./certificates.mjs')).certificateFigures(say, number ?? 0) },
  phone: { about: 'the app in Chromium on Slow 3G and 2G', apart: true, run: async ({ say }) => (await import('./phone.mjs')).phoneFigures(say) },
  soak: { about: 'two hundred phones on a link that fails (12 minutes)', apart: true, run: async ({ say }) => (await import('./soak.mjs')).soakFigures(say) },
  attempts: { about: 'an attempt among 10 million, or as many as are named next, against 10,000 (20 minutes, 20 GB)', apart: true, run: async ({ say, number }) => (await import('./growth.mjs')).attemptFigures(say, number ?? 10_000_000) },
  nation: { about: 'a country with 50,000 classes, or as many as are named next (10 minutes, 6 GB)', apart: true, run: async ({ say, number }) => (await import('./nation.mjs')).nationFigures(say, number ?? 50_000) },
  cluster: { about: 'machines of a database cluster killed under load (needs Patroni, etcd, HAProxy, PgBouncer)', apart: true, run: async ({ say }) => (await import('./cluster/disaster.mjs')).clusterFigures(say) },
};

const words = process.argv.slice(2);
const json = words.includes('--json');
const names = words.filter((w) => !w.startsWith('--') && !/^\d+$/.test(w));
const number = words.map(Number).find((n) => n > 0);
const unknown = names.filter((n) => !BENCHMARKS[n]);
const help = `npm run bench -- NAME … [--json]\n\n${Object.entries(BENCHMARKS).map(([name, b]) => `${name.padEnd(14)}${b.about}${b.apart ? '; only when named' : ''}`).join('\n')}`;

if (words.includes('--help')) console.log(help);
else if (unknown.length) {
  console.error(`There is no benchmark ${unknown.join(', ')}.\n\n${help}`);
  process.exitCode = 2;
} else {
  ensureInstalled({ quiet: true });
  ensureBuilt({ quiet: true });
  const figures = [];
  // With --json what is known so far goes to standard error, the whole to standard output at the end.
  const say = (figure) => { figures.push(figure); (json ? console.error : console.log)(lineOf(figure)); };
  const chosen = Object.entries(BENCHMARKS).filter(([name, b]) => (names.length ? names.includes(name) : !b.apart)).map(([, b]) => b);
  await runAll(chosen, say);
  if (json) console.log(JSON.stringify(figures));
  process.exit(process.exitCode ?? 0);
}

async function runAll(chosen, say) {
  for (const b of chosen.filter((b) => !b.stage)) await b.run({ say, number });
  const shared = chosen.filter((b) => b.stage);
  if (!shared.length) return;
  const { setStage, startServer } = await import('./stage.mjs');
  const stage = await setStage(400);
  const server = await startServer(stage.url, stage.home);
  try {
    await (await import('./learners.mjs')).warm({ stage, server });
    for (const b of shared) await b.run({ stage, server, say, number });
  } finally {
    await server.stop();
    await stage.close();
  }
}

/** A figure in words: ours, what it is held against, and what else was seen. */
function lineOf({ name, unit, ours, ceiling, ceilingIs, ratio, goal, ...more }) {
  const said = [ceiling !== undefined && `${show(ceiling)}: ${ceilingIs ?? 'ceiling'}`, ratio !== undefined && `ratio ${show(ratio)}`, goal !== undefined && `goal ${show(goal)}`, ...Object.entries(more).map(([k, v]) => `${k} ${show(v)}`)].filter(Boolean);
  return `${name}: ${show(ours)} ${unit ?? ''}${said.length ? `\n    ${said.join(' · ')}` : ''}`;
}

function show(value) {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
