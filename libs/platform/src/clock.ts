export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still, for tests and for computations as of an export's own date. */
export function fixedClock(at: string | Date): Clock {
  const time = new Date(at).getTime();
  if (Number.isNaN(time)) throw new TypeError("fixedClock needs a valid date");
  return { now: () => new Date(time) };
}
