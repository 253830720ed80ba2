/** What the policies say about one request. */
export type PolicyDecision = "allowed" | "explicitly_denied" | "implicitly_denied" | "conditional" | "unknown" | "invalid";

/** A statement that decided, or on which the answer depends. */
export interface AnswerStatement {
  /** Where it came from: `identity[0]`, `group[1]`, `boundary`, `session[0]`, `scp[1][0]`, `rcp[0][0]`, `resource`, or the ref of the policy in the inventory. */
  readonly policy: string;
  /** Its Sid, or its place in the document counted from 0. */
  readonly statement: string | number;
  readonly effect: "Allow" | "Deny";
}

export interface PolicyAnswer {
  /** Of the question; null when it has none. */
  readonly id: string | number | null;
  readonly decision: PolicyDecision;
  readonly statements: readonly AnswerStatement[];
  /** In words: which layer is silent, what was left open, or what is wrong with the question. */
  readonly reason?: string;
}
