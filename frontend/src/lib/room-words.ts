import { addWords } from './i18n.ts';
import vi from '../locales/vi/room.json';

/** The words of halls come with their pages: the first load does not carry them. */
addWords(vi, () => import('../locales/en/room.json'));
