import { describe, expect, it } from "vitest";
import type { ObservationGroup } from "../ports/ingest-store.ts";
import { mergeObservations } from "./merge-observations.ts";

const ref = "arn:aws:iam::111122223333:user/ci";
const identity = (dataset: string, observedAt: string, more: object) => ({
  dataset,
  observedAt,
  observation: {
    kind: "identity" as const,
    ref,
    identityKind: "service_account" as const,
    name: "ci",
    provider: "aws",
    facts: {},
    attributes: {},
    ...more,
  },
});

describe("mergeObservations", () => {
  it("lets the statement with the provider's own id lead, even when another is newer", () => {
    const group = {
      kind: "identity",
      ref,
      statements: [
        identity("credential_report", "2026-02-01T00:00:00Z", { name: "mentioned", facts: { "auth.interactiveLoginEnabled": false } }),
        identity("authorization_details", "2026-01-01T00:00:00Z", {
          nativeId: "AIDA1",
          name: "ci",
          account: "111122223333",
          facts: { status: "active" },
        }),
      ],
    } as ObservationGroup;
    expect(mergeObservations(group)).toMatchObject({
      kind: "identity",
      name: "ci",
      nativeId: "AIDA1",
      account: "111122223333",
      facts: {
        status: { known: "active", source: "authorization_details" },
        "auth.interactiveLoginEnabled": { known: false, source: "credential_report" },
      },
    });
  });

  it("keeps an identity that is only mentioned, without a native id", () => {
    const draft = mergeObservations({
      kind: "identity",
      ref,
      statements: [identity("credential_report", "2026-02-01T00:00:00Z", {})],
    } as ObservationGroup);
    expect(draft).toMatchObject({ kind: "identity", nativeId: null });
  });

  it("adds up the evidence of use", () => {
    const usage = (dataset: string, more: object) => ({
      dataset,
      observedAt: "2026-02-01T00:00:00Z",
      observation: { kind: "usage" as const, ref: "u", identityRef: ref, attributes: {}, ...more },
    });
    const draft = mergeObservations({
      kind: "usage",
      ref: "u",
      statements: [
        usage("a", { lastUsedAt: "2026-01-03T00:00:00Z", observedDays: 30 }),
        usage("b", { lastUsedAt: "2026-01-09T00:00:00Z" }),
      ],
    } as ObservationGroup);
    expect(draft).toMatchObject({ lastUsedAt: "2026-01-09T00:00:00Z", observedDays: 30 });
  });
});
