/** Rows of numbers; row i is `values[bounds[2 * i]] .. values[bounds[2 * i + 1] - 1]`. */
export class Rows {
  bounds = new Int32Array(0);
  values = new Int32Array(0);
  #used = 0;
  /** By row that grew or shrank: where the room ends that it may grow into. */
  readonly #roomEnds = new Map<number, number>();

  /** Takes the values over as they are when they are the first. */
  append(offsets: Int32Array, values: Int32Array): void {
    const [rows, first, base] = [offsets.length - 1, this.bounds.length, this.#used];
    this.bounds = wider(this.bounds, new Int32Array(first + 2 * rows));
    for (let row = 0; row < rows; row++) {
      this.bounds[first + 2 * row] = base + offsets[row]!;
      this.bounds[first + 2 * row + 1] = base + offsets[row + 1]!;
    }
    this.#used += offsets[rows]!;
    if (base === 0) this.values = values as Int32Array<ArrayBuffer>;
    else {
      this.values = wider(this.values.subarray(0, base), new Int32Array(this.#used));
      this.values.set(values.subarray(0, offsets[rows]), base);
    }
  }

  replace(row: number, values: readonly number[]): void {
    this.#move(row, values.length);
    for (const value of values) this.values[this.bounds[2 * row + 1]!++] = value;
  }

  /** One more value, which the row does not have. */
  push(row: number, value: number): void {
    const [start, end] = [this.bounds[2 * row]!, this.bounds[2 * row + 1]!];
    if (end >= (this.#roomEnds.get(row) ?? end)) {
      this.#move(row, 4 + end - start + ((end - start) >> 1));
      this.values.copyWithin(this.bounds[2 * row]!, start, end);
      this.bounds[2 * row + 1]! += end - start;
    }
    this.values[this.bounds[2 * row + 1]!++] = value;
  }

  /** One value less, which the row has; the order of the others may change. */
  drop(row: number, value: number): void {
    const end = this.bounds[2 * row + 1]!;
    if (!this.#roomEnds.has(row)) this.#roomEnds.set(row, end);
    this.values[this.values.indexOf(value, this.bounds[2 * row]!)] = this.values[end - 1]!;
    this.bounds[2 * row + 1] = end - 1;
  }

  /** Makes the row empty, in a new place with this much room. */
  #move(row: number, room: number): void {
    if (this.#used + room > this.values.length) {
      const larger = new Int32Array(2 * this.values.length + room);
      larger.set(this.values.subarray(0, this.#used));
      this.values = larger;
    }
    this.bounds[2 * row] = this.bounds[2 * row + 1] = this.#used;
    this.#roomEnds.set(row, (this.#used += room));
  }
}

/** The larger array, with what the other one holds at its start. */
export function wider<T extends { readonly length: number; set(values: T): void }>(array: T, larger: T): T {
  if (array.length > 0) larger.set(array);
  return larger;
}
