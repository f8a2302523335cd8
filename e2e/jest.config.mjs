// Real Chromium against the built application on a fresh database.
import backend from '../backend/jest.config.mjs';

export default { ...backend, displayName: 'e2e', testMatch: ['<rootDir>/e2e/**/*.e2e.ts'] };
