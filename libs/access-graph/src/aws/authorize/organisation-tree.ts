import { isRecord } from "../../is-record.ts";

type Node = Readonly<Record<string, unknown>>;

/** Levels of policies on the way from the root of an organisation's tree to an account; anything that is no such tree is handed back. */
export function levelsOfTree(value: unknown, account: string | null): unknown {
  const root: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isTree(root)) return value;
  // An account outside the tree is no member, and the account that manages an organisation is not bound by its policies.
  const path = account === null || managerOf(root) === account ? null : pathTo(root, account);
  return (path ?? []).map(contentsOf);
}

const isTree = (value: unknown): value is Node =>
  isRecord(value) && typeof value["Arn"] === "string" && value["Arn"].includes(":organizations:") && Array.isArray(value["Policies"]);

const managerOf = (root: Node): string | undefined => String(root["Arn"]).split(":")[4];

function pathTo(node: Node, account: string): Node[] | null {
  if (node["Id"] === account) return [node];
  for (const child of Array.isArray(node["Children"]) ? (node["Children"] as readonly unknown[]) : []) {
    const rest = isRecord(child) ? pathTo(child, account) : null;
    if (rest !== null) return [node, ...rest];
  }
  return null;
}

const contentsOf = (node: Node): unknown[] =>
  (Array.isArray(node["Policies"]) ? (node["Policies"] as readonly unknown[]) : []).map((policy) =>
    isRecord(policy) ? policy["Content"] : policy,
  );
