import type { Tx } from "./database.ts";

/** The one clock that all processes share: what one writes and another compares must not depend on whose clock is right. */
export async function databaseTime(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  if (row === undefined) throw new TypeError("the time has one row");
  return row.now;
}
