/** Signing and checking, loaded when first needed. */
export const vcLibrary = () => import('./vc-library.ts');
