import type { StatedFact, TableField } from "@rollcall/nhi-model";
import type { ParseOptions } from "@rollcall/posture-pipeline";
import { readInstant } from "../input/read-instant.ts";
import { redactText } from "../input/redact-text.ts";
import type { Draft } from "../observe/collector.ts";
import { isStrong } from "../secret-scanning/leak.ts";
import type { RowReader } from "./row.ts";
import { credentialKindOf, credentialStatusOf, criticalityOf, environmentOf, identityKindOf, identityStatusOf } from "./words.ts";

export interface Problem {
  readonly code: string;
  readonly message: string;
}
export const isProblem = (value: unknown): value is Problem => typeof value === "object" && value !== null && "code" in value;

export interface RowContext {
  readonly row: RowReader;
  readonly source: string;
  readonly options: ParseOptions;
  /** Values that a field does not understand, by field: the row lands, the fact stays unknown. */
  readonly odd: Map<TableField, number>;
}

type Text = Exclude<TableField, "secret">;
const unknown: StatedFact = { unknown: "not_offered" };
const clockSkewMillis = 10 * 60_000;

/** What the cell means; unknown when it is empty, and counted when nobody understands it. */
function understood<T extends StatedFact>({ row, odd }: RowContext, field: Text, read: (text: string) => T | undefined): StatedFact {
  const text = row.text(field);
  if (text === undefined) return unknown;
  const value = read(text);
  if (value === undefined) odd.set(field, (odd.get(field) ?? 0) + 1);
  return value ?? unknown;
}

/** ISO notations, and days with dots; 03/04/2026 means two days, so it means none. */
function instantOf(text: string, latest: number): string | undefined {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text);
  const [, day = "", month = "", year = "", clock = "00:00"] = dotted ?? [];
  const instant = readInstant(dotted === null ? text : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${clock}Z`);
  return instant !== undefined && Date.parse(instant) <= latest ? instant : undefined;
}

const past = (context: RowContext, field: Text): StatedFact =>
  understood(context, field, (text) => instantOf(text, Date.parse(context.options.receivedAt) + clockSkewMillis));

/** Only what has a column or a default is said at all. */
const offered = (context: RowContext, facts: Readonly<Record<string, readonly [Text, () => StatedFact]>>): Record<string, StatedFact> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([path, [field, read]]) =>
      context.row.has(field) || context.row.text(field) !== undefined ? [[path, read()]] : [],
    ),
  );

export function identityOf(context: RowContext, ref: string): Extract<Draft, { kind: "identity" }> | Problem {
  const { row, source } = context;
  const kindText = row.text("identityKind");
  const identityKind = kindText === undefined ? undefined : identityKindOf(kindText);
  if (identityKind === undefined)
    return {
      code: "unknown_kind",
      message: kindText === undefined ? "no kind of identity is given" : `"${kindText.slice(0, 64)}" is no kind of identity`,
    };
  const account = row.text("account");
  const facts = offered(context, {
    environment: ["environment", () => understood(context, "environment", environmentOf)],
    status: ["status", () => understood(context, "status", identityStatusOf)],
    criticality: ["criticality", () => understood(context, "criticality", criticalityOf)],
    purpose: ["purpose", () => understood(context, "purpose", (text) => text.slice(0, 4096))],
    createdAt: ["createdAt", () => past(context, "createdAt")],
    "usage.lastUsedAt": ["lastUsedAt", () => past(context, "lastUsedAt")],
  });
  return {
    kind: "identity",
    ref,
    nativeId: ref,
    identityKind,
    name: (row.text("name") ?? ref).slice(0, 512),
    provider: (row.text("provider") ?? source).slice(0, 64),
    ...(account === undefined ? {} : { account: account.slice(0, 256) }),
    facts: { ...facts, ...ownerFacts(context) },
    attributes: {},
  };
}

const nobody = /^(?:none|nobody|n\/?a|unknown|tbd|-+|\?+)$/i;
const emailLike = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

function ownerFacts({ row }: RowContext): Record<string, StatedFact> {
  if (!row.has("owner")) return {};
  const owner = row.text("owner");
  if (owner === undefined || nobody.test(owner)) return { "owner.kind": owner === undefined ? unknown : "none" };
  return emailLike.test(owner) ? { "owner.kind": "person", "owner.personId": owner } : { "owner.kind": unknown };
}

/** A name alone may be a person's or a team's: it is a claim, and somebody has to say which. */
export function ownerOf({ row }: RowContext, ref: string): Extract<Draft, { kind: "owner" }> | null {
  const owner = row.has("owner") ? row.text("owner") : undefined;
  if (owner === undefined || nobody.test(owner)) return null;
  const isPerson = emailLike.test(owner);
  return {
    kind: "owner",
    ref: `${ref}|owner`,
    identityRef: ref,
    ownerKind: isPerson ? "person" : "team",
    ...(isPerson ? { personRef: owner } : {}),
    label: owner.slice(0, 512),
    signal: "table:owner",
    weight: 0.8,
  };
}

export function credentialOf(context: RowContext, identityRef: string): Extract<Draft, { kind: "credential" }> | Problem | null {
  const { row, options } = context;
  const given = row.ref("credentialRef");
  if (isProblem(given)) return given;
  const secret = row.secret();
  const fingerprint = secret !== undefined && isStrong(secret) ? options.fingerprint(secret) : null;
  const facts = offered(context, {
    status: ["credentialStatus", () => understood(context, "credentialStatus", credentialStatusOf)],
    createdAt: ["credentialCreatedAt", () => past(context, "credentialCreatedAt")],
    lastRotatedAt: ["credentialLastRotatedAt", () => past(context, "credentialLastRotatedAt")],
    lastUsedAt: ["credentialLastUsedAt", () => past(context, "credentialLastUsedAt")],
  });
  const expiry = row.has("credentialExpiresAt") ? expiryFacts(context) : {};
  const named = row.text("credentialName");
  const known = Object.values({ ...facts, ...expiry }).some((fact) => typeof fact !== "object");
  if (given === undefined && secret === undefined && named === undefined && !known) return null;
  const kindText = row.text("credentialKind");
  const credentialKind = kindText === undefined ? undefined : credentialKindOf(kindText);
  if (credentialKind === undefined)
    return {
      code: "unknown_kind",
      message:
        kindText === undefined
          ? "the row has a credential, and no kind of credential is given"
          : `"${redactText(kindText).slice(0, 64)}" is no kind of credential`,
    };
  return {
    kind: "credential",
    ref: given ?? `${identityRef}#${fingerprint ?? named ?? credentialKind}`,
    identityRef,
    credentialKind,
    ...(named === undefined ? {} : { name: named.slice(0, 512) }),
    ...(fingerprint === null ? {} : { fingerprint }),
    // That the value stands in a table is where it is stored.
    facts: { ...facts, ...expiry, ...(secret === undefined ? {} : { storage: "filesystem", approvedStore: false }) },
  };
}

function expiryFacts(context: RowContext): Record<string, StatedFact> {
  const text = context.row.text("credentialExpiresAt");
  if (text === undefined) return { hasExpiry: unknown };
  if (/^(?:never|none|no|unlimited)$/i.test(text)) return { hasExpiry: false };
  const at = understood(context, "credentialExpiresAt", (value) => instantOf(value, Number.POSITIVE_INFINITY));
  return typeof at === "string" ? { hasExpiry: true, expiresAt: at } : { hasExpiry: unknown };
}
