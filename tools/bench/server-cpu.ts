import { readdirSync, readFileSync } from "node:fs";
import type pg from "pg";

const TICKS_PER_SECOND = 100;

interface Times {
  readonly parent: number;
  readonly own: number;
  readonly ended: number;
}

/** Fields of /proc/<pid>/stat after the name, which may contain spaces. */
function timesOf(pid: number | string): Times | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = (from: number): number => Number(fields[from]) + Number(fields[from + 1]);
    return { parent: Number(fields[1]), own: ticks(11), ended: ticks(13) };
  } catch {
    return null;
  }
}

/**
 * CPU milliseconds that the database server has used so far, all its processes together, also those that ended; null where the system
 * does not tell (only Linux does). Unlike wall time it hardly depends on what else the machine is doing.
 */
export async function serverCpuMs(owner: pg.Client): Promise<number | null> {
  const { rows } = await owner.query<{ pid: number }>("select pg_backend_pid() as pid");
  const server = timesOf(rows[0]!.pid)?.parent;
  const main = server === undefined ? null : timesOf(server);
  if (main === null) return null;
  let ticks = main.own + main.ended;
  for (const pid of readdirSync("/proc")) {
    const times = /^\d+$/.test(pid) ? timesOf(pid) : null;
    if (times?.parent === server) ticks += times!.own;
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
}
