export { CascadeModule } from './cascade.module.ts';
export { CascadeService } from './cascade.service.ts';
