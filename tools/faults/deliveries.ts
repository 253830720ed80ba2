/** Looks like a secret somebody sent by mistake; must be found nowhere afterwards. */
export const canary = "CANARY-5f1e0c-do-not-store";

export interface Delivery {
  readonly account: string;
  readonly key: string;
  readonly body: string;
  readonly refs: readonly string[];
}

export interface Batch {
  readonly account: string;
  readonly key: string;
  readonly names: readonly string[];
  readonly outcome?: "complete" | "partial";
  readonly asOf?: string;
  /** Shows which of several statements about one identity won. */
  readonly version?: number;
  readonly createdAt?: string;
  /** Lines sent as they are, between the records. */
  readonly extraLines?: readonly string[];
}

/** One push in the public format: identities with a credential each. */
export function deliveryOf(batch: Batch): Delivery {
  const {
    account,
    key,
    names,
    outcome = "partial",
    asOf = "2026-11-01T00:00:00Z",
    version = 1,
    createdAt = "2026-01-01T00:00:00Z",
    extraLines = [],
  } = batch;
  const refs = names.map((name) => `bot/${name}`);
  const envelope = { source: "fault-suite", account, asOf, scopes: [{ dataset: "bots", outcome }] };
  const lines = refs.flatMap((ref, index) => [
    {
      kind: "identity",
      ref,
      identityKind: "bot",
      name: `${names[index]} v${version}`,
      provider: "fault-suite",
      facts: { status: "active", createdAt },
      attributes: { password: canary, version },
    },
    {
      kind: "credential",
      ref: `${ref}#token`,
      identityRef: ref,
      credentialKind: "token",
      fingerprint: canary,
      facts: { status: "active" },
    },
  ]);
  return {
    account,
    key,
    refs,
    body: `${[JSON.stringify(envelope), ...lines.map((line) => JSON.stringify(line)), ...extraLines].join("\n")}\n`,
  };
}

export const namesOf = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
