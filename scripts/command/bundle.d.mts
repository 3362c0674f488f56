// The types of `bundle.mjs`.
export function commandBundle(file: string, cacheFolder?: string): Promise<string>;
