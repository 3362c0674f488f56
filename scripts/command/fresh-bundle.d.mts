// The types of `fresh-bundle.mjs`.
export const BUNDLES_FOLDER: string;
export interface FileFacts {
  stamp: string;
  hash: string;
}
export function freshBundle(name: string): string | undefined;
export function factsOf(file: string): { facts: FileFacts; content: Uint8Array | undefined };
