// The types of `command-bundle.mjs`.
export function commandBundle(file: string, cacheFolder?: string): Promise<string>;
