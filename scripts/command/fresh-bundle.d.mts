// The types of `fresh-bundle.mjs`.
export const BUNDLES_FOLDER: string;
export function freshBundle(name: string): string | undefined;
export function hashOf(content: Uint8Array | undefined): string;
export function readIfPossible(file: string): Uint8Array | undefined;
