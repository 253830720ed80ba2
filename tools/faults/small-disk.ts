import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system in memory that can be filled up. It is gone with the process, whatever happens before. */
export class SmallDisk {
  readonly folder: string;
  readonly #unmount: () => void;
  #mounted = true;

  constructor(folder: string, megabytes: number) {
    this.folder = folder;
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0711`, "rollcall-faults", folder], { stdio: "pipe" });
    this.#unmount = () => {
      if (!this.#mounted) return;
      // Lazily: what still has a file open in there is about to end.
      execFileSync("umount", ["--lazy", folder], { stdio: "pipe" });
      this.#mounted = false;
    };
    process.once("exit", this.#unmount);
  }

  get #ballast(): string {
    return join(this.folder, "ballast");
  }

  /** To the last byte; how many that took. */
  fill(): number {
    const file = openSync(this.#ballast, "a");
    try {
      for (let chunk = Buffer.alloc(1024 * 1024, 1); chunk.length > 0;) {
        try {
          writeSync(file, chunk);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
          chunk = chunk.subarray(0, chunk.length >> 1);
        }
      }
      return statSync(this.#ballast).size;
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  remove(): void {
    this.#unmount();
    process.off("exit", this.#unmount);
  }
}

/** Why no file system can be mounted here; null when it can. */
export function cannotMount(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-mount-"));
  try {
    new SmallDisk(folder, 1).remove();
    return null;
  } catch {
    return "mounting a small file system is not allowed here; it takes root on Linux";
  } finally {
    rmdirSync(folder);
  }
}
