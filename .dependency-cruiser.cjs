/** The map of the house: a module may import only the modules written before it, and only by their doors. */
const ORDER = ['people', 'organisation', 'access', 'curriculum', 'assessment', 'credentials', 'training', 'cascade', 'awarding', 'refreshers', 'reports', 'notifications', 'sync', 'backups', 'oversight', 'privacy'];
const M = 'backend/src/modules';
const any = (names) => `(${names.join('|')})`;
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-circular', {}, { circular: true }),
    ...ORDER.slice(0, -1).map((name, i) => rule(`order:${name}`, { path: `^${M}/${name}/` }, { path: `^${M}/${any(ORDER.slice(i + 1))}/` })),
    rule('front-door', { path: `^${M}/([^/]+)/` }, { path: `^${M}/([^/]+)/`, pathNot: [`^${M}/$1/`, `^${M}/[^/]+/index\\.ts$`] }),
    rule('no-own-door', { path: `^${M}/([^/]+)/`, pathNot: '/index\\.ts$' }, { path: `^${M}/$1/index\\.ts$` }),
    rule('platform-is-below', { path: '^backend/src/platform/' }, { path: `^${M}/` }),
    rule('pure-rules', { path: '\\.rules\\.ts$' }, { pathNot: ['\\.rules\\.ts$', '^shared/src/', '^node_modules/(jstat|otpauth)/'] }),
    rule('shared-is-alone', { path: '^shared/' }, { path: '^(backend|frontend)/' }),
    rule('shared-rules-are-pure', { path: '^shared/src/rules/', pathNot: '\\.test\\.ts$' }, { pathNot: ['^shared/src/rules/', '^node_modules/ts-fsrs/'] }),
    rule('features-are-strangers', { path: '^frontend/src/(learner|staff)/features/([^/]+)/' }, { path: '^frontend/src/(learner|staff)/(app|features/(?!$2/))' }),
    rule('apps-are-strangers', { path: '^frontend/src/learner/' }, { path: '^frontend/src/staff/' }),
    rule('learner-is-light', { path: '^frontend/src/(learner|lib)/' }, { path: 'node_modules/(@mantine|d3-)' }),
    rule('no-front-in-back', { path: '^backend/' }, { path: '^frontend/' }),
  ],
  options: { tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' }, exclude: { path: '\\.test\\.ts$' }, enhancedResolveOptions: { conditionNames: ['@lantoa/source', 'import', 'node', 'default'], exportsFields: ['exports'] } },
};
