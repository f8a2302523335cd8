import { Parser } from 'htmlparser2';

const DROPPED = new Set(['script', 'style', 'iframe', 'object', 'embed', 'template', 'noscript', 'head', 'title', 'svg', 'math']);
const BLOCKS = new Set(['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'tr', 'section', 'blockquote', 'pre']);

export interface PlainText {
  text: string;
  /** Addresses of the pictures that stood in it, in order. */
  pictures: { src: string; alt: string }[];
}

/**
 * Turns HTML (from a word processor, or from another system's question file) into the small Markdown of cards: paragraphs, `- ` lists, `**bold**`.
 * Scripts and everything that could act are dropped with their content; other markup leaves only its text.
 */
export function htmlToText(html: string): PlainText {
  const pictures: PlainText['pictures'] = [];
  let text = '';
  let dropped = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (DROPPED.has(name)) dropped++;
      else if (dropped) return;
      else if (name === 'br') text += '\n';
      else if (name === 'li') text += '\n- ';
      else if (name === 'b' || name === 'strong') text += '**';
      else if (name === 'td' || name === 'th') text += ' ';
      else if (name === 'img' && attributes.src) pictures.push({ src: attributes.src, alt: attributes.alt ?? '' });
      else if (BLOCKS.has(name)) text += '\n\n';
    },
    ontext(data) { if (!dropped) text += data.replace(/[\s\u00a0]+/g, ' '); },
    onclosetag(name) {
      if (DROPPED.has(name)) dropped = Math.max(0, dropped - 1);
      else if (dropped) return;
      else if (name === 'b' || name === 'strong') text += '**';
      else if (BLOCKS.has(name)) text += '\n\n';
    },
  }, { decodeEntities: true });
  parser.end(html);
  return { text: tidyText(text), pictures };
}

const tidyText = (text: string): string =>
  text.normalize('NFC').replace(/\*\*\s*\*\*/g, '').replace(/\*\*(\s*)([^*]*?)(\s*)\*\*/g, '$1**$2**$3').replace(/[ \t]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').replace(/\n\n(?=- )/g, '\n').trim();

/** A text as somebody typed or pasted it: HTML is turned into our Markdown, plain text stays as it is. */
export const cleanText = (text: string): string => (/<\/?[a-z!][^>]*>/i.test(text) ? htmlToText(text).text : text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/[^\S\n]+$/gm, '').trim());
