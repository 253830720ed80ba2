import type { Grant, Resource } from "@rollcall/nhi-model";
import type { WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import { readLevels } from "./policy-files.ts";

/**
 * The snapshot with the service control policies of files over every AWS account in it, below those that the exports bring along. An
 * organisation is read for each account; anything else limits all of them alike.
 */
export function withServiceControlPolicies(snapshot: WorkspaceSnapshot, paths: readonly string[]): WorkspaceSnapshot {
  if (paths.length === 0) return snapshot;
  const accounts = snapshot.resources.filter(({ kind, provider, account }) => kind === "account" && provider === "aws" && account !== null);
  const added = accounts.map((account) => policiesOver(account, { paths, from: levelsOf(snapshot, account) }));
  return {
    ...snapshot,
    resources: [...snapshot.resources, ...added.flatMap(({ resources }) => resources)],
    grants: [...snapshot.grants, ...added.flatMap(({ grants }) => grants)],
  };
}

interface Added {
  readonly resources: readonly Resource[];
  readonly grants: readonly Grant[];
}

function policiesOver(account: Resource, { paths, from }: { paths: readonly string[]; from: number }): Added {
  const entries = (readLevels("scp", paths, account.account) ?? []).flatMap((documents, level) =>
    documents.map((document, index) => ({ document, level: from + level, ref: `${account.ref}#scp/${from + level}/${index + 1}` })),
  );
  return {
    resources: entries.map(({ document, level, ref }) => ({
      ...account,
      id: `${account.id}#${ref}`,
      ref,
      kind: "policy",
      name: `service control policy of level ${level}`,
      environment: null,
      sensitivity: 0,
      sensitivityReason: null,
      tierZero: false,
      attributes: { policyType: "service_control", ...(isDocument(document) ? { document } : { documentMissing: true }) },
    })),
    grants: entries.map(({ level, ref }) => ({
      id: `${account.id}#grant/${ref}`,
      sourceId: account.sourceId,
      ref: `${ref}|grant`,
      dialect: "aws_iam",
      grantKind: "scp",
      from: account.ref,
      to: ref,
      level: null,
      conditional: null,
      attributes: { level },
    })),
  };
}

const isDocument = (value: unknown): boolean => typeof value === "object" && value !== null && "Statement" in value;

/** Levels that the account has already. */
const levelsOf = ({ grants }: WorkspaceSnapshot, account: Resource): number =>
  Math.max(
    -1,
    ...grants
      .filter(({ grantKind, from, sourceId }) => grantKind === "scp" && from === account.ref && sourceId === account.sourceId)
      .map(({ attributes }) => (typeof attributes["level"] === "number" ? attributes["level"] : 0)),
  ) + 1;
