/** True when some text matches both patterns of `*` and `?`. A table over both, so no pattern can make it explode. */
export function globsIntersect(a: string, b: string): boolean {
  const width = b.length + 1;
  const table = new Uint8Array((a.length + 1) * width);
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      const [x, y] = [a[i], b[j]];
      const at = (row: number, column: number): boolean => table[row * width + column] === 1;
      let fits: boolean;
      if (x === undefined && y === undefined) fits = true;
      else if (x === "*") fits = at(i + 1, j) || (y !== undefined && at(i, j + 1));
      else if (y === "*") fits = at(i, j + 1) || (x !== undefined && at(i + 1, j));
      else fits = x !== undefined && y !== undefined && (x === y || x === "?" || y === "?") && at(i + 1, j + 1);
      table[i * width + j] = fits ? 1 : 0;
    }
  }
  return table[0] === 1;
}
