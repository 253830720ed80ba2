import { createHash } from "node:crypto";
import { observation as observationSchema } from "@rollcall/nhi-model";
import type { Observation, ScopeKey, ScopeReport } from "@rollcall/nhi-model";
import type { ParsedImport, RejectedRecord, ScopedObservation } from "@rollcall/posture-pipeline";
import { cleanDeep } from "../input/clean-text.ts";
import { importLimits } from "../input/limits.ts";

/** What a connector writes: the schema fills the defaults. */
export type Draft = (typeof observationSchema)["_zod"]["input"];

/**
 * Gathers what one connector says about one account. Cleans and validates every observation, keeps the first of equal
 * (scope, kind, ref), and hands all of it back in one order that does not depend on the order of the files.
 */
export class Collector {
  readonly rejected: RejectedRecord[] = [];
  readonly notes = new Set<string>();
  readonly #connector: string;
  readonly #account: string;
  readonly #byKey = new Map<string, ScopedObservation>();
  readonly #reports = new Map<string, ScopeReport>();
  #rejectedInAll = 0;
  #duplicates = 0;

  constructor(connector: string, account: string) {
    this.#connector = connector;
    this.#account = account;
  }

  scope(dataset: string): ScopeKey {
    return { connector: this.#connector, dataset, account: this.#account, region: "global" };
  }

  report(dataset: string, report: Omit<ScopeReport, "scope">): void {
    this.#reports.set(dataset, { scope: this.scope(dataset), ...report });
  }

  add(dataset: string, draft: Draft, where: string): void {
    const parsed = observationSchema.safeParse(cleanDeep(draft));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      this.reject(where, "invalid_record", `${draft.kind} left out: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "invalid"}`.trim());
      return;
    }
    const key = `${dataset}\u0001${parsed.data.kind}\u0001${parsed.data.ref}`;
    if (this.#byKey.has(key)) {
      this.#duplicates += 1;
      return;
    }
    this.#byKey.set(key, { scope: this.scope(dataset), observation: parsed.data });
  }

  /** Adds what several records imply, once: no duplicate of anything. */
  ensure(dataset: string, draft: Draft, where: string): void {
    if (!this.has(dataset, draft.kind, draft.ref)) this.add(dataset, draft, where);
  }

  has(dataset: string, kind: Observation["kind"], ref: string): boolean {
    return this.#byKey.has(`${dataset}\u0001${kind}\u0001${ref}`);
  }

  reject(where: string, code: string, message: string): void {
    this.#rejectedInAll += 1;
    if (this.rejected.length < importLimits.rejectedKept) this.rejected.push({ where, code, message: message.slice(0, 500) });
  }

  /** What every import says of what was collected: once `finish` was called. */
  stated(): Pick<ParsedImport, "reports" | "observations" | "rejected" | "notes"> {
    return { reports: this.reports(), observations: this.observations(), rejected: this.rejected, notes: [...this.notes].sort() };
  }

  reports(): readonly ScopeReport[] {
    return [...this.#reports.values()].sort((a, b) => compare(a.scope.dataset, b.scope.dataset));
  }

  observations(): readonly ScopedObservation[] {
    return [...this.#byKey.entries()].sort(([a], [b]) => compare(a, b)).map(([, scoped]) => scoped);
  }

  /** Every dataset that states something needs a report; a listing nobody vouched for is partial. */
  finish(observedAt: string): void {
    for (const { scope } of this.#byKey.values()) {
      if (!this.#reports.has(scope.dataset)) this.report(scope.dataset, { outcome: "partial", observedAt });
    }
    if (this.#rejectedInAll > this.rejected.length)
      this.notes.add(`${this.#rejectedInAll} records were rejected; the first ${this.rejected.length} are listed.`);
    if (this.#duplicates > 0) this.notes.add(`${this.#duplicates} records were listed more than once and counted once.`);
  }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A reference that fits the 1,024 bytes of an index: as is, or its head plus a digest. */
export function fitRef(ref: string): string {
  if (Buffer.byteLength(ref) <= 1024) return ref;
  const digest = createHash("sha256").update(ref).digest("hex").slice(0, 32);
  let head = ref.slice(0, 960);
  while (Buffer.byteLength(head) > 960) head = head.slice(0, -8);
  return `${head.toWellFormed()}~${digest}`;
}

export const grantRef = (from: string, grantKind: string, to: string): string => fitRef(`${from}|${grantKind}|${to}`);
