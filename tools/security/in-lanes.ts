/** Works through a list in its order, several at a time. */
export async function inLanes<Item>(items: readonly Item[], lanes: number, work: (item: Item, at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      await work(items[at]!, at);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
