export default { maxWorkers: 2, projects: ['<rootDir>/backend', '<rootDir>/e2e'], reporters: ['default', '<rootDir>/backend/test/closing-line.cjs'] };
