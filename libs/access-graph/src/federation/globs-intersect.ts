/** True when some text matches both patterns of `*` and `?`. A row for each character of the first, so no pattern can make it explode. */
export function globsIntersect(a: string, b: string): boolean {
  let below = new Uint8Array(b.length + 1);
  let row = new Uint8Array(b.length + 1);
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      const [x, y] = [a[i], b[j]];
      let fits: boolean;
      if (x === undefined && y === undefined) fits = true;
      else if (x === "*") fits = below[j] === 1 || (y !== undefined && row[j + 1] === 1);
      else if (y === "*") fits = row[j + 1] === 1 || (x !== undefined && below[j] === 1);
      else fits = x !== undefined && y !== undefined && (x === y || x === "?" || y === "?") && below[j + 1] === 1;
      row[j] = fits ? 1 : 0;
    }
    [below, row] = [row, below];
  }
  return below[0] === 1;
}
