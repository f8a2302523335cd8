/** A list in pieces of at most `size`, in its order. */
export const chunks = <T>(of: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(of.length / size) }, (_, i) => of.slice(i * size, (i + 1) * size));
