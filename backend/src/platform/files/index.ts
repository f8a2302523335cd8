export { Files, FolderFiles, filesOf, S3Files } from './files.ts';
