/** Numbers, the smallest first, each once: also one that was taken already. */
export class Heap {
  readonly #values: number[] = [];
  readonly #known = new Set<number>();

  add(value: number): void {
    if (this.#known.has(value)) return;
    this.#known.add(value);
    const values = this.#values;
    let at = values.push(value) - 1;
    for (let up = (at - 1) >> 1; at > 0 && values[up]! > value; at = up, up = (at - 1) >> 1) values[at] = values[up]!;
    values[at] = value;
  }

  take(): number | undefined {
    const values = this.#values;
    const first = values[0];
    const last = values.pop();
    if (first === undefined || last === undefined || values.length === 0) return first;
    let at = 0;
    for (let down = 1; down < values.length; down = 2 * at + 1) {
      if (down + 1 < values.length && values[down + 1]! < values[down]!) down++;
      if (values[down]! >= last) break;
      values[at] = values[down]!;
      at = down;
    }
    values[at] = last;
    return first;
  }
}
