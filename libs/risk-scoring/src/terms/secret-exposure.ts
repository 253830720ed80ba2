import { evidenceIn } from "../evidence.ts";
import { possible, spanOf, upTo, worstOf } from "../range.ts";
import type { Range } from "../range.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";
import type { RecordCredential } from "../weights.ts";

const points = weights.exposure;
type Place = "safe" | "outside" | "open";

const placeOf: Record<NonNullable<RecordCredential["storage"]>, Place> = {
  vault: "safe",
  platform: "safe",
  hsm: "safe",
  config: "outside",
  ci_variable: "outside",
  env_var: "outside",
  filesystem: "outside",
  code: "open",
  chat: "open",
  ticket: "open",
  wiki: "open",
};

interface ExposureCase {
  readonly status: NonNullable<RecordCredential["status"]>;
  readonly state: "none" | "suspected" | "confirmed";
  readonly audience: "internal" | "public";
  readonly live: boolean;
  readonly place: Place;
  readonly approvedStore: boolean;
}

/** Points when everything is known. */
export function exposurePoints(facts: ExposureCase): number {
  if (facts.status === "revoked" || facts.status === "expired") return 0;
  const kept =
    facts.place === "open" ? points.keptInTheOpen : facts.place === "outside" || !facts.approvedStore ? points.keptOutsideStore : 0;
  if (facts.state === "none") return kept;
  const works = facts.live && facts.status === "active";
  if (!works) return Math.max(points.dead, kept);
  if (facts.state === "confirmed") return facts.audience === "public" ? points.livePublic : points.liveInternal;
  return Math.max(facts.audience === "public" ? points.suspectedPublic : points.suspectedInternal, kept);
}

/** The same few combinations come back for every identity, so the enumeration of the unknowns is kept. */
const spans = new Map<string, Range>();

function pointsOf(credential: RecordCredential): Range {
  const place = credential.storage === undefined ? undefined : placeOf[credential.storage];
  const { state, audience, live } = credential.exposure ?? {};
  const key = [credential.status, state, audience, live, place, credential.approvedStore].join();
  const cached = spans.get(key);
  if (cached !== undefined) return cached;
  const found: number[] = [];
  for (const status of possible(credential.status, ["active", "inactive", "revoked", "expired"] as const))
    for (const stateCase of possible(state, ["none", "suspected", "confirmed"] as const))
      for (const audienceCase of possible(audience, ["internal", "public"] as const))
        for (const liveCase of possible(live, [true, false]))
          for (const placeCase of possible(place, ["safe", "outside", "open"] as const))
            for (const approvedStore of possible(credential.approvedStore, [true, false]))
              found.push(
                exposurePoints({ status, state: stateCase, audience: audienceCase, live: liveCase, place: placeCase, approvedStore }),
              );
  const span = spanOf(found);
  spans.set(key, span);
  return span;
}

export const secretExposure: TermDefinition = {
  id: "secret_exposure",
  label: "Exposure of its secrets",
  group: "exposure",
  cap: weights.caps.secretExposure,
  points: ({ record }) =>
    record.credentials === undefined ? upTo(weights.caps.secretExposure) : worstOf(record.credentials.map(pointsOf)),
  why: ({ record }, range) => {
    const credentials = record.credentials;
    if (credentials === undefined) return "Its credentials are not known";
    if (credentials.length === 0) return "Holds no secret of its own";
    const leaked = credentials.filter((credential) => credential.status !== "revoked" && credential.exposure?.state === "confirmed");
    if (leaked.length > 0) return `${leaked.length} of its secrets ${leaked.length === 1 ? "has" : "have"} leaked`;
    if (credentials.some((credential) => credential.exposure?.state === "suspected")) return "One of its secrets may have leaked";
    if (range.min < range.max) return "Nobody has looked for copies of its secrets, or where they are kept is not known";
    return range.max === 0 ? "No leak known, kept in an approved store" : "A secret is kept outside an approved store";
  },
  evidence: ({ record }) => evidenceIn(record, "credentials", ["exposure.state", "storage"]),
};
