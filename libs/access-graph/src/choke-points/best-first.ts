import type { Bounds } from "../what-if/what-if-types.ts";

/** Something to rank: what it is worth is bounded first and worked out only when it could be next. */
export interface Ranked<T> {
  readonly item: T;
  /** Never below the exact value. */
  readonly value: Bounds;
  /** 0 = the cheap bound, 1 = the tighter one, 2 = exact. */
  readonly stage: 0 | 1 | 2;
}

/** Largest first; `order` decides among equals. */
export class BestFirst<T> {
  readonly #heap: Ranked<T>[] = [];
  readonly #order: (a: T, b: T) => number;

  constructor(order: (a: T, b: T) => number) {
    this.#order = order;
  }

  get size(): number {
    return this.#heap.length;
  }

  push(entry: Ranked<T>): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (this.#compare(heap[parent]!, entry) <= 0) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  pop(): Ranked<T> | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#compare(heap[child + 1]!, heap[child]!) < 0) child++;
      if (this.#compare(last, heap[child]!) <= 0) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }

  #compare(a: Ranked<T>, b: Ranked<T>): number {
    return b.value.min - a.value.min || b.value.max - a.value.max || this.#order(a.item, b.item);
  }
}
