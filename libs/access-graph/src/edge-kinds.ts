import type { EdgeKind } from "./types.ts";

/** How an edge reads between two labels: `<from> <phrase> <to>`. */
const phrases: Readonly<Record<EdgeKind, string>> = {
  AUTHENTICATES_AS: "authenticates as",
  CAN_READ_SECRET: "can read the secret",
  STORES: "holds",
  MEMBER_OF: "is a member of",
  HAS_ROLE: "holds",
  CAN_ASSUME: "can assume",
  CAN_MINT_CREDENTIAL: "can create credentials for",
  CAN_IMPERSONATE: "can impersonate",
  CAN_ESCALATE_SELF: "can raise its own privileges to",
  CAN_MODIFY_TRUST: "can rewrite the trust of",
  CAN_PASS_AND_RUN: "can run code as",
  CAN_CONTROL_COMPUTE: "can run code on",
  RUNS_AS: "runs as",
  CAN_WRITE_CODE: "can write code in",
  CAN_RUN_WORKFLOW: "can run",
  USES_SECRET: "uses",
  DEPLOYS_TO: "deploys to",
  FEDERATES_TO: "can sign in as",
  ACCESSES: "can access",
  OWNS: "has full control of",
  CONTAINS: "includes",
  DELEGATES_TO: "delegates to",
  CAN_CALL_TOOL: "can call",
};

export const edgeKinds = Object.keys(phrases) as readonly EdgeKind[];
export const edgePhrase = (kind: EdgeKind): string => phrases[kind];
export const isEdgeKind = (value: string): value is EdgeKind => Object.hasOwn(phrases, value);

/** Edges by which a node holds its own grants: following them does not yet make it somebody else. */
export const ownGrantKinds: ReadonlySet<EdgeKind> = new Set<EdgeKind>(["AUTHENTICATES_AS", "MEMBER_OF", "HAS_ROLE"]);

/** Kinds whose techniques count as escalation. Assuming a role one was given is use, not escalation. */
export const escalationKinds: ReadonlySet<EdgeKind> = new Set<EdgeKind>([
  "CAN_ESCALATE_SELF",
  "CAN_MINT_CREDENTIAL",
  "CAN_MODIFY_TRUST",
  "CAN_PASS_AND_RUN",
  "CAN_IMPERSONATE",
  "CAN_CONTROL_COMPUTE",
]);
