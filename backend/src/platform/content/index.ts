export { ContentLoad } from './content-load.entity.ts';
export { type Fault, stopOn } from './fault.ts';
export { filesIn, fingerprintOf, type Folder, readFolder, textOf } from './folder.ts';
export { cleanText, htmlToText, type PlainText } from './html.ts';
export { readYaml, type YamlFile } from './yaml-file.ts';
