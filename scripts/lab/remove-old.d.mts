// The types of `remove-old.mjs`.
export function removeOldFolders(parent: string): Promise<void>;
