import { narrowed, narrowRefusal, statementRefusal, statementsOf } from "@rollcall/access-graph";
import type { Change } from "@rollcall/access-graph";
import { AppError } from "@rollcall/platform";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { NarrowingView, PolicyStatementView, PolicyView } from "../ports/graph-views.ts";
import { shortName } from "./change-title.ts";

type NarrowStatement = Extract<Change, { kind: "narrow_statement" }>;

interface Held {
  readonly document: unknown;
  readonly isTrust: boolean;
  /** Why it cannot be edited; null when it can. */
  readonly refusal: string | null;
}

const owned = /^arn:[^:]*:iam::aws:/;

/** What is known of a policy, or of the trust policy of a role. */
function held({ resources, grants }: WorkspaceSnapshot, policy: string): Held {
  if (policy.startsWith("k8s:") || resources.some(({ kind, ref }) => kind === "permission_set" && ref === policy))
    return { document: null, isTrust: false, refusal: "Rules of a cluster role overlap, so only whole rules and bindings can be tried" };
  const trust = grants.find(({ grantKind, from }) => grantKind === "trust" && from === policy);
  const resource = resources.find(({ kind, ref }) => kind === "policy" && ref === policy);
  const document = (resource ?? trust)?.attributes["document"];
  const isTrust = resource === undefined && trust !== undefined;
  const isRead = typeof document === "object" && document !== null;
  if (owned.test(policy))
    return { document: isRead ? document : null, isTrust, refusal: "AWS owns this policy: detach it, and attach a copy that gives less" };
  if (!isRead)
    return { document: null, isTrust, refusal: "No source has told what this policy says. Bring an export that holds its document" };
  return { document, isTrust, refusal: null };
}

const texts = (value: unknown): readonly string[] | null =>
  value === undefined
    ? null
    : (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((each) =>
        typeof each === "string" ? each : JSON.stringify(each),
      );

function statementView({ id, statement }: { readonly id: string; readonly statement: unknown }): PolicyStatementView {
  const of = (typeof statement === "object" && statement !== null ? statement : {}) as Readonly<Record<string, unknown>>;
  return {
    id,
    effect: of["Effect"] === "Deny" ? "Deny" : "Allow",
    actions: texts(of["Action"]),
    notActions: texts(of["NotAction"]),
    resources: texts(of["Resource"]),
    notResources: texts(of["NotResource"]),
    statement: JSON.stringify(statement, null, 2),
    refusal: statementRefusal(statement),
  };
}

/** What a policy says, statement by statement, for whoever wants to take something out of it. */
export function answerPolicy(snapshot: WorkspaceSnapshot, policy: string): PolicyView {
  const { document, isTrust, refusal } = held(snapshot, policy);
  return {
    policy,
    title: shortName(policy),
    isTrust,
    refusal,
    statements: document === null ? [] : statementsOf(document).map(statementView),
  };
}

/** What would be left of a statement, or why it cannot be narrowed like this. */
export function answerNarrowing(snapshot: WorkspaceSnapshot, change: NarrowStatement): NarrowingView {
  const { document, isTrust, refusal } = held(snapshot, change.policy);
  const reason = refusal ?? narrowRefusal(document, change, isTrust);
  if (reason !== null) return { refusal: reason, after: null };
  const statement = statementsOf(document).find(({ id }) => id === change.statement)!.statement;
  return { refusal: null, after: JSON.stringify(narrowed(statement, change), null, 2) };
}

/** A step that could not be taken has no effect to show: it is refused with its reason instead of being left out. */
export function assertNarrows(snapshot: WorkspaceSnapshot, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.kind !== "narrow_statement") continue;
    const { document, isTrust, refusal } = held(snapshot, change.policy);
    const reason = refusal ?? narrowRefusal(document, change, isTrust);
    if (reason !== null) throw new AppError("invalid_input", `${change.statement} of ${shortName(change.policy)}: ${reason}`);
  }
}
