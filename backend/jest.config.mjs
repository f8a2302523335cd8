/** CJS mode: ESM sources and the ESM-only packages are compiled to CommonJS by swc (cached); jest's ESM mode fails on Node 20. */
const swc = (extra) => ['@swc/jest', { ...extra, module: { type: 'commonjs' }, sourceMaps: 'inline' }];
export default {
  displayName: 'backend',
  rootDir: `${import.meta.dirname}/..`,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@lantoa/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/backend/**/*.test.ts', '<rootDir>/shared/src/**/*.test.ts'],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/data'],
  transform: {
    '\\.tsx?$': swc({ jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true, tsx: false },
      transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true, useDefineForClassFields: true } } }),
    '\\.m?js$': swc({ jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } } }),
  },
  transformIgnorePatterns: ['/node_modules/(?!(age-encryption/|@noble/|@scure|@opentelemetry/otlp-exporter-base/|@digitalbazaar/|@digitalcredentials/|jsonld|rdf-canonize|base58-universal|base64url-universal|credentials-context|@nestjs/|@fastify/|content-disposition/|cookie/|file-type/|es-toolkit/|js-yaml/|load-esm/|htmlparser2/|domhandler/|domutils/|dom-serializer/|domelementtype/|entities/))'],
  globalSetup: '<rootDir>/backend/test/global-setup.mjs',
  globalTeardown: '<rootDir>/backend/test/global-teardown.mjs',
};
