import type { Located } from "../inventory.ts";

/** A service account with what a cloud needs to know of it. */
export interface ServiceAccountNode {
  readonly located: Extract<Located, { kind: "identity" }>;
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  /** Who signs the tokens of the cluster; null when no source says. */
  readonly issuer: string | null;
}

export const subjectOf = ({ namespace, name }: Pick<ServiceAccountNode, "namespace" | "name">): string =>
  `system:serviceaccount:${namespace}:${name}`;
