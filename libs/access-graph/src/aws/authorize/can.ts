import type { GraphInput } from "../../types.ts";
import type { PolicyAnswer } from "./policy-answer.ts";

export interface CanQuestion {
  /** ARN of a user, role or assumed-role session whose policies the inventory holds. */
  readonly principal: string;
  /** `service:Action`. */
  readonly action: string;
  /** ARN, or `*` for actions that name no resource. */
  readonly resource: string;
  /** Owner of the resource when its ARN does not say; otherwise the inventory is asked, then the principal's own account is assumed. */
  readonly resourceAccount?: string;
  /** Condition keys of the request. Given = complete: what is not in it is absent, and the answer is never `conditional`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Organisation policies besides those of the inventory: levels from the root down, each a list of documents. */
  readonly scps?: unknown;
  readonly rcps?: unknown;
  readonly sessionPolicies?: unknown;
  /** Document of the resource; replaces the one of the inventory. Also an array of `{Resource, Policy, Account}`, of which the matching entry counts. */
  readonly resourcePolicy?: unknown;
}

/** May this principal of the inventory do this? */
export function can(input: GraphInput, question: CanQuestion): PolicyAnswer {
  void input;
  return { id: null, decision: "unknown", statements: [], reason: `not evaluated yet: ${question.action}` };
}
