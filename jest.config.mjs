export default { projects: ['<rootDir>/backend', '<rootDir>/e2e'], reporters: ['default', '<rootDir>/backend/test/closing-line.cjs'] };
