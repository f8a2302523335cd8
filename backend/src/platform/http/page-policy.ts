import { createHash } from 'node:crypto';

const hashesOf = (html: string, tag: 'style' | 'script'): string[] => [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => `'sha256-${createHash('sha256').update(text as string).digest('base64')}'`);

/**
 * What a page of ours may do (Content-Security-Policy): files of this server, and of what stands within the page exactly the scripts and styles that do (by hash, or, for an app that makes
 * styles as it runs, by a nonce). Nothing from anywhere else, and no frame around it.
 */
export function pagePolicy(html: string, nonce?: string): string {
  const styles = ["'self'", ...hashesOf(html, 'style'), ...(nonce ? [`'nonce-${nonce}'`] : [])];
  return [
    "default-src 'self'", `script-src 'self' ${hashesOf(html, 'script').join(' ')}`.trim(), `style-src ${styles.join(' ')}`, "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'", "worker-src 'self' blob:", "media-src 'self' blob:",
    "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
  ].join(';');
}
