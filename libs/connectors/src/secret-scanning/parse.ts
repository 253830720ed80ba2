import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { latestInstant } from "../input/read-instant.ts";
import { Collector, compare, fitRef, grantRef } from "../observe/collector.ts";
import { credentialKindOf, leakKey, type LeakHit } from "./leak.ts";
import { readReport } from "./read-report.ts";

const dataset = "leaks";
const connector = "secret_scanning";

/**
 * Every report becomes one source, so that the same secret found by several scanners is one credential. Its holder is not known: each
 * secret stands for an identity nobody has named yet, until somebody says whose it is.
 */
export function parseSecretReports(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  if (files.length === 0) return [];
  const account = options.accountHint ?? "all repositories";
  const collector = new Collector(connector, account);
  const byKey = new Map<string, LeakHit[]>();
  const totals = new Map<string, number>();
  for (const file of files.toSorted((a, b) => compare(a.name, b.name) || Buffer.compare(a.bytes, b.bytes))) {
    const { hits, unreadable } = readReport(file);
    for (const { where, code, message } of unreadable) collector.reject(where, code, message);
    for (const hit of hits) {
      totals.set(hit.scanner, (totals.get(hit.scanner) ?? 0) + 1);
      const key = leakKey(hit, options.fingerprint);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [hit]);
      else known.push(hit);
    }
  }
  for (const [key, hits] of [...byKey].sort(([a], [b]) => compare(a, b))) addLeak(collector, key, hits);
  const newestFact = latestInstant([...byKey.values()].flat().map((hit) => hit.detectedAt));
  const { asOf, basis } = resolveAsOf(options, { stated: [], newestFact, files: [...files] });
  // A scan covers one tree at one moment: what it does not list may stand elsewhere.
  collector.report(dataset, { outcome: "partial", observedAt: asOf, note: "A scan says what it found, not that nothing else is there." });
  collector.finish(asOf);
  return [
    {
      connector,
      account,
      sourceName: "Secret scanning",
      asOf,
      asOfBasis: basis,
      ...collector.stated(),
      totals: Object.fromEntries([...totals].sort(([a], [b]) => compare(a, b))),
    },
  ];
}

function addLeak(collector: Collector, key: string, found: readonly LeakHit[]): void {
  const hits = found.toSorted((a, b) => compare(placeOf(a), placeOf(b)) || compare(a.scanner, b.scanner) || compare(a.rule, b.rule));
  const [first] = hits;
  if (first === undefined) return;
  const identityRef = `leaked:${key}`;
  const credentialRef = `${identityRef}#secret`;
  const name = `${first.title} in ${first.path}`.slice(0, 512);
  collector.add(
    dataset,
    {
      kind: "identity",
      ref: identityRef,
      nativeId: identityRef,
      identityKind: "api_client",
      name: `Holder of ${name}`.slice(0, 512),
      provider: "unidentified",
      facts: { status: { unknown: "not_offered" }, "owner.kind": { unknown: "not_offered" }, environment: { unknown: "not_offered" } },
      attributes: {
        scanners: [...new Set(hits.map((hit) => hit.scanner))].sort(compare),
        rules: [...new Set(hits.map((hit) => hit.rule))].sort(compare),
      },
    },
    placeOf(first),
  );
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: credentialRef,
      identityRef,
      credentialKind: credentialKindOf(hits.map((hit) => hit.rule).join(" ")),
      name,
      ...(key.startsWith("fp:") ? { fingerprint: key.slice(3) } : {}),
      facts: exposureFacts(hits),
    },
    placeOf(first),
  );
  for (const hit of hits) addPlace(collector, hit, credentialRef);
}

function addPlace(collector: Collector, hit: LeakHit, credentialRef: string): void {
  const place = placeOf(hit);
  const ref = fitRef(`place:${place}`);
  collector.ensure(
    dataset,
    {
      kind: "resource",
      ref,
      resourceKind: "secret",
      name: place.slice(0, 512),
      provider: "code",
      ...(hit.repository === null ? {} : { account: hit.repository.slice(0, 256) }),
      attributes: {
        path: hit.path.slice(0, 1024),
        ...(hit.line === null ? {} : { line: hit.line }),
        ...(hit.commit === null ? {} : { commit: hit.commit.slice(0, 64) }),
      },
    },
    place,
  );
  const grant = grantRef(ref, "stores", credentialRef);
  collector.ensure(
    dataset,
    { kind: "grant", ref: grant, dialect: "direct", grantKind: "STORES", from: ref, to: credentialRef, attributes: {} },
    place,
  );
}

const placeOf = (hit: LeakHit): string =>
  `${hit.repository === null ? "" : `${hit.repository}/`}${hit.path}${hit.line === null ? "" : `:${hit.line}`}${hit.commit === null || hit.commit === "" ? "" : `@${hit.commit.slice(0, 12)}`}`;

/** Several finds of one secret: the worst that one of them knows holds. */
function exposureFacts(hits: readonly LeakHit[]) {
  const unknown = { unknown: "not_offered" } as const;
  const open = hits.filter((hit) => !hit.dismissed);
  const live = hits.some((hit) => hit.live === true) ? true : hits.some((hit) => hit.live === false) ? false : null;
  const detectedAt = hits
    .map((hit) => hit.detectedAt)
    .filter((instant) => instant !== undefined)
    .sort(compare)[0];
  const revoked = hits.some((hit) => hit.revoked);
  const confirmed = live === true || open.some((hit) => hit.scanner === "github");
  return {
    status: revoked ? "revoked" : unknown,
    static: true,
    storage: "code",
    approvedStore: false,
    "exposure.state": open.length === 0 ? "none" : confirmed ? "confirmed" : "suspected",
    "exposure.live": live ?? unknown,
    "exposure.audience": hits.some((hit) => hit.public === true) ? "public" : unknown,
    "exposure.detectedAt": detectedAt ?? unknown,
  };
}
