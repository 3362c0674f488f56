// Works through cells a few at a time, the two clients beside each other.

/** Work that is still wanted, or not any more. */
export interface Work<Item> {
  items: Item[];
  /** How many at the same time. */
  atOnce: number;
  /** Must not reject. */
  work: (item: Item) => Promise<void>;
}

/** Works through all items in order; resolves when the last one is done. */
export async function workThrough<Item>({ items, atOnce, work }: Work<Item>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
