import type { Credential, ExplainedRecord, FactMap, Identity, NhiRecord, OwnerClaim, Usage } from "@rollcall/nhi-model";
import { isKnown } from "@rollcall/nhi-model";
import { inferOwner } from "@rollcall/lifecycle";
import type { HumanDirectory, OwnerInference } from "@rollcall/lifecycle";

/** All that is known about one identity, ready to become the record the rules read. */
export interface RecordParts {
  readonly identity: Identity;
  readonly credentials: readonly Credential[];
  readonly usage: readonly Usage[];
  readonly ownerClaims: readonly OwnerClaim[];
  readonly humans: HumanDirectory;
  /** What people stated in Rollcall: wins over sources. */
  readonly attested: FactMap | undefined;
  /** `access` and `trust` derived from the graph. */
  readonly derived: Pick<NhiRecord, "access" | "trust">;
}

export interface AssembledRecord extends ExplainedRecord {
  readonly owner: OwnerInference | null;
}

type Mutable = { [key: string]: unknown };

const RECORD_TYPE: Readonly<Record<Identity["kind"], NonNullable<NhiRecord["type"]>>> = {
  service_account: "service_account",
  role: "iam_role",
  workload: "workload_identity",
  oauth_client: "oauth_app",
  bot: "bot",
  ci_pipeline: "ci_pipeline",
  api_client: "api_key",
  database_user: "db_account",
  device: "certificate",
  ai_agent: "ai_agent",
  mcp_server: "service_account",
  platform: "service_account",
};
const RECORD_CREDENTIAL_KIND: Readonly<Record<Credential["kind"], string>> = {
  api_key: "api_key",
  access_key: "access_key",
  password: "password",
  client_secret: "client_secret",
  token: "short_lived_token",
  pat: "pat",
  ssh_key: "ssh_key",
  x509_certificate: "x509",
  signing_key: "signing_key",
  federated_trust: "short_lived_token",
  session: "short_lived_token",
};

/** Paths are few and come back for every identity. */
const partsOfPath = new Map<string, readonly string[]>();
const maxPaths = 1_000;

function splitPath(path: string): readonly string[] {
  let parts = partsOfPath.get(path);
  if (parts === undefined) {
    parts = path.split(".");
    if (partsOfPath.size < maxPaths) partsOfPath.set(path, parts);
  }
  return parts;
}

function setPath(target: Mutable, path: string, value: unknown): void {
  const parts = splitPath(path);
  let at = target;
  for (const part of parts.slice(0, -1)) at = (at[part] ??= {}) as Mutable;
  at[parts.at(-1)!] = value;
}

function spread(facts: FactMap, into: Mutable, unknowns: Record<string, string>): void {
  for (const [path, fact] of Object.entries(facts)) {
    if (isKnown(fact)) {
      setPath(into, path, fact.known);
      delete unknowns[path];
    } else if (!(path in unknowns)) unknowns[path] = fact.unknown;
  }
}

function credentialRecord(credential: Credential, unknowns: Record<string, string>): Mutable {
  const record: Mutable = { id: credential.id, kind: RECORD_CREDENTIAL_KIND[credential.kind] };
  const reasons: Record<string, string> = {};
  spread(credential.facts, record, reasons);
  for (const [path, reason] of Object.entries(reasons)) unknowns[`credentials[].${path}`] = reason;
  return record;
}

const latest = (times: readonly (string | null | undefined)[]): string | undefined =>
  times
    .filter((t): t is string => typeof t === "string")
    .sort()
    .at(-1);

function applyUsage(record: Mutable, parts: RecordParts): void {
  const usage = (record["usage"] ?? {}) as Mutable;
  const used = latest([
    usage["lastUsedAt"] as string | undefined,
    ...parts.usage.map((u) => u.lastUsedAt),
    ...parts.credentials.map((c) => {
      const f = c.facts["lastUsedAt"];
      return isKnown(f) ? String(f.known) : null;
    }),
  ]);
  const days = parts.usage.map((u) => u.observedDays).filter((d) => d !== null);
  if (used !== undefined) usage["lastUsedAt"] = used;
  if (days.length > 0) usage["observedDays"] = Math.max(...days, (usage["observedDays"] as number | undefined) ?? 0);
  if (Object.keys(usage).length > 0) record["usage"] = usage;
}

/** The accountable owner: what a person attested, else the best supported claim, with the state of that person. */
function applyOwner(record: Mutable, parts: RecordParts): OwnerInference | null {
  const attestedOwner = parts.attested?.["owner.personId"];
  if (isKnown(attestedOwner)) return null;
  const inference = parts.ownerClaims.length > 0 ? inferOwner(parts.ownerClaims, parts.humans) : null;
  const owner = (record["owner"] ?? {}) as Mutable;
  // Nobody named anywhere is an answer, not a gap: Rollcall itself is where owners are recorded.
  if (inference === null) owner["kind"] ??= "none";
  else {
    owner["kind"] = inference.ownerKind;
    // A person named by a tag can be asked, also when no directory says more about them.
    if (inference.ownerKind === "person") owner["personId"] = inference.personRef ?? inference.label;
    if (inference.status !== "unknown") owner["status"] = inference.status;
    if (inference.departedAt !== null) owner["departedAt"] = inference.departedAt;
  }
  record["owner"] = owner;
  return inference;
}

/**
 * Puts facts, credentials, use, ownership and graph-derived access together. Registration means a person declared the
 * identity in Rollcall; until then it is discovered only, which is known, not unknown.
 */
export function assembleRecord(parts: RecordParts): AssembledRecord {
  const { identity } = parts;
  const record: Mutable = {};
  const unknowns: Record<string, string> = {};
  spread(identity.facts, record, unknowns);
  if (parts.attested !== undefined) spread(parts.attested, record, unknowns);
  Object.assign(record, { id: identity.id, type: RECORD_TYPE[identity.kind], provider: identity.provider });
  if (identity.kind === "ai_agent") setPath(record, "agent.isAgent", true);
  else record["agent"] ??= { isAgent: false };
  if (identity.kind === "ci_pipeline") setPath(record, "pipeline.isPipeline", true);
  const inventory = (record["inventory"] ??= {}) as Mutable;
  inventory["registered"] ??= false;
  inventory["firstSeenAt"] ??= identity.firstSeenAt;
  record["credentials"] = parts.credentials.map((c) => credentialRecord(c, unknowns));
  applyUsage(record, parts);
  const owner = applyOwner(record, parts);
  record["access"] = mergedAccess(record["access"] as NhiRecord["access"], parts.derived.access);
  record["trust"] ??= parts.derived.trust ?? undefined;
  if (identity.goneAt !== null) record["status"] = "deleted";
  return { record: record as NhiRecord, unknowns, owner };
}

/** What the graph works out refines what a source states; a power that either of the two sees is there. */
function mergedAccess(stated: NhiRecord["access"], derived: NhiRecord["access"]): NhiRecord["access"] {
  const either = (field: "admin" | "wildcard"): boolean | undefined =>
    stated?.[field] === true || derived?.[field] === true ? true : (derived?.[field] ?? stated?.[field]);
  return { ...stated, ...dropUndefined(derived), ...dropUndefined({ admin: either("admin"), wildcard: either("wildcard") }) };
}

const dropUndefined = (value: object | undefined): object =>
  value === undefined ? {} : Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
