// `npm run test:long`: disasters that take minutes.
import backend from './backend/jest.config.mjs';

export default { ...backend, displayName: 'long', testMatch: ['<rootDir>/backend/test/long/**/*.long.ts'] };
