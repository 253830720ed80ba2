/** Points between the best and the worst that the known facts allow; integers, min <= max. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export const exactly = (points: number): Range => ({ min: points, max: points });
export const upTo = (points: number): Range => ({ min: 0, max: points });

/** The worst of several: what counts when one bad credential is enough. */
export function worstOf(ranges: readonly Range[]): Range {
  let [min, max] = [0, 0];
  for (const range of ranges) {
    if (range.min > min) min = range.min;
    if (range.max > max) max = range.max;
  }
  return { min, max };
}

export function sumOf(ranges: readonly Range[]): Range {
  let [min, max] = [0, 0];
  for (const range of ranges) {
    min += range.min;
    max += range.max;
  }
  return { min, max };
}

/** The span of a set of possible values: an unknown input is replaced by everything it could be. */
export function spanOf(points: readonly number[]): Range {
  return { min: Math.min(...points), max: Math.max(...points) };
}

/** A known value stands for itself, an unknown one for its whole domain. */
export const possible = <T>(value: T | undefined, domain: readonly T[]): readonly T[] => (value === undefined ? domain : [value]);

export const formatRange = (range: Range): string => (range.min === range.max ? `${range.min}` : `${range.min}-${range.max}`);
