import { statfs } from "node:fs/promises";

/** `low`: somebody has to act soon; `full`: PostgreSQL may refuse to store at any moment. */
export type DiskRoom = "ok" | "low" | "full";

const mebibyte = 1024 * 1024;
const lowBytes = 1024 * mebibyte;
const lowShare = 0.1;
/** Four segments of PostgreSQL's log. */
const fullBytes = 64 * mebibyte;

export function roomOf({ freeBytes, totalBytes }: { readonly freeBytes: number; readonly totalBytes: number }): DiskRoom {
  if (freeBytes < fullBytes) return "full";
  return freeBytes < lowBytes || freeBytes < totalBytes * lowShare ? "low" : "ok";
}

/** The least of several folders; one that cannot be asked says nothing. */
export async function diskRoom(folders: readonly string[]): Promise<DiskRoom> {
  const rooms = await Promise.all(
    folders.map(async (folder) => {
      const stats = await statfs(folder).catch(() => null);
      return stats === null ? "ok" : roomOf({ freeBytes: stats.bavail * stats.bsize, totalBytes: stats.blocks * stats.bsize });
    }),
  );
  return rooms.includes("full") ? "full" : rooms.includes("low") ? "low" : "ok";
}
