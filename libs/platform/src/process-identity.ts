import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process id is reused, so a process is told apart by its id and the moment it started. Null when there is no such process. */
export function processStartedAt(pid: number): string | null {
  if (!isAlive(pid)) return null;
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The command in field 2 may hold blanks and brackets: count from the last bracket. Field 22 is the start in clock ticks since boot.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z") return null;
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      return `${boot}/${fields[19]}`;
    } catch {
      return null;
    }
  }
  return psColumn(pid, "lstart") ?? "unknown";
}

/** The command line of a process, or null where the platform does not tell. */
export function processCommand(pid: number): string | null {
  if (process.platform !== "linux") return psColumn(pid, "command");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function psColumn(pid: number, column: string): string | null {
  if (process.platform === "win32") return null;
  try {
    return (
      execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], {
        encoding: "utf8",
        timeout: 5000,
        env: { ...process.env, LC_ALL: "C" },
      }).trim() || null
    );
  } catch {
    return null;
  }
}
