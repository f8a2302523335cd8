/** Unpacks Chromium and sets the environment that `launchOptions` reads. */
export function unpackBrowser(): Promise<void>;
export function launchOptions(): { executablePath: string | undefined; headless: boolean; timeout: number; env: Record<string, string | undefined>; args: string[] };
