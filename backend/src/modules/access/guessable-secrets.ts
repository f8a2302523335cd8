let known: ReadonlySet<string> | undefined;

/** Fifty thousand passwords and PINs that many people have chosen, from leaks, in lower case. Read when first asked for: most days nobody chooses one. */
export async function commonSecrets(): Promise<ReadonlySet<string>> {
  known ??= new Set((await import('@zxcvbn-ts/language-common')).dictionary['passwords-common']);
  return known;
}
