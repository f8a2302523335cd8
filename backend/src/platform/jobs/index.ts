export { Jobs, migrateJobs } from './jobs.ts';
