import type { PullSource } from "@/api/views.ts";
import { formatCount, plural } from "@/ui/format.ts";

export const WAYS = { none: "No credential", bearer: "Bearer token", header: "Header", basic: "User and password" } as const;

/** What is shown to the other side, without saying what it is. */
export function wayOf({ kind, name }: PullSource["auth"]): string {
  if (kind === "header") return `Header ${name ?? ""}`;
  return kind === "basic" ? `User ${name ?? ""} and password` : WAYS[kind];
}

export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return plural(bytes, "byte");
  return bytes < 1_000_000 ? `${formatCount(Math.round(bytes / 1_000))} kB` : `${formatCount(Math.round(bytes / 1_000_000))} MB`;
}

export function intervalOf(hours: number): string {
  if (hours % 24 !== 0) return hours === 1 ? "every hour" : `every ${hours} hours`;
  return hours === 24 ? "every day" : `every ${hours / 24} days`;
}

const note = (text: string | null): string => (text === null ? "" : `: ${text}`);

/** How it stands, as a sentence without its end. */
export function stateOf({ run, last, credential }: PullSource): { readonly words: string; readonly mark: string } {
  if (run?.state === "waiting") return { words: "Waits for its turn", mark: "rounded-full bg-accent motion-breathe" };
  if (run !== null) {
    const read = run.pages === 0 ? "" : `, ${plural(run.pages, "page")} and ${sizeOf(run.bytes)} so far`;
    return { words: `Being read${read}${note(run.note)}`, mark: "rounded-full bg-accent motion-breathe" };
  }
  if (last === null) return { words: "Never read", mark: "hatch border border-control" };
  if (last.outcome === "complete") return { words: `Read completely, ${plural(last.pages, "page")}`, mark: "rounded-full bg-good-fill" };
  if (last.outcome === "partial") return { words: `Read in part${note(last.note)}`, mark: "hatch border border-control" };
  if (last.outcome === "cancelled") return { words: "Stopped before its end; nothing was taken", mark: "hatch border border-control" };
  // What is wrong with the credential stands beside the credential.
  return { words: `Not read${note(last.note === credential?.problem ? null : last.note)}`, mark: "rotate-45 bg-critical" };
}
