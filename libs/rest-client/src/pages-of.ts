interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The items of a list, one page after the other: `pagesOf((cursor) => dataOf(client.GET("/api/v1/identities", { params: { query: { cursor } } })))`. */
export async function* pagesOf<T>(read: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<T> = await read(cursor);
    yield* page.items;
    cursor = page.nextCursor;
  }
}
