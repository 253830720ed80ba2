import { describeCondition } from "../condition.ts";
import { isRootAssuming } from "./authorize.ts";
import type { AccessRequest, Authorization, Grounds } from "./authorize.ts";
import { citedBy } from "./layer.ts";
import type { Cited } from "./layer.ts";
import { sessionsMeant } from "./principal-match.ts";
import type { AnswerStatement, PolicyAnswer } from "./policy-answer.ts";
import type { Truth } from "./request-facts.ts";

/** The answer with the statements that decided it and, where nothing did, what is silent. */
export function answerOf(id: PolicyAnswer["id"], request: AccessRequest, result: Authorization, grounds: Grounds): PolicyAnswer {
  const cited = statementsOf(request, result);
  if (result.decision === "explicitly_denied") return { id, decision: result.decision, statements: named(cited, "Deny", "yes") };
  if (result.decision === "allowed") {
    return { id, decision: result.decision, statements: named(cited, "Allow", "yes"), ...noted(assumption(request)) };
  }
  if (result.decision === "implicitly_denied") return { id, decision: result.decision, statements: [], reason: silence(result, request) };
  const missing = [...grounds.unknownIdentity, ...grounds.unknownBoundaries, ...grounds.unknownResource];
  const reason = [...missing.map((ref) => `the document of ${ref} is not known`), ...openConditions(cited, request)].join("; ");
  // With a full context only a document that nobody has can leave the answer open.
  const decision = request.ask.facts.complete ? "unknown" : "conditional";
  return {
    id,
    decision,
    statements: cited.filter(({ truth, statement }) => truth === "maybe" || statement.effect === "Allow").map(toAnswer),
    reason,
  };
}

type Judged = Cited & { readonly truth: Truth };

function statementsOf({ ask }: AccessRequest, { layers, resource }: Authorization): Judged[] {
  const ofLayers = layers.flatMap(({ policies }) => [...citedBy(policies, ask, "Deny"), ...citedBy(policies, ask, "Allow")]);
  return [...ofLayers, ...resource.cited];
}

const named = (cited: readonly Judged[], effect: "Allow" | "Deny", truth: Truth): AnswerStatement[] =>
  cited.filter((each) => each.statement.effect === effect && each.truth === truth).map(toAnswer);

const toAnswer = ({ ref, statement }: Cited): AnswerStatement => ({
  policy: ref,
  statement: statement.id === `statement ${statement.index + 1}` ? statement.index : statement.id,
  effect: statement.effect,
});

const noted = (reason: string): { reason?: string } => (reason === "" ? {} : { reason });

const assumption = ({ resourceAccount, principal, ask }: AccessRequest): string =>
  resourceAccount === null && ask.resource !== "*" && principal.account !== null
    ? `the resource is taken to belong to account ${principal.account}: neither its ARN nor the question says`
    : "";

const layerWords = {
  identity: "no identity policy allows it",
  boundary: "the permissions boundary does not allow it",
  session: "no session policy allows it",
  scp: "a level of the organisation's service control policies does not allow it",
  rcp: "a level of the organisation's resource control policies does not allow it",
  resource: "the policy of the resource does not allow it",
} as const;

function silence({ silent, isCrossAccount }: Authorization, { principal, ask }: AccessRequest): string {
  if (isRootAssuming({ principal, ask })) return "the root user of an account cannot assume roles";
  const relevant = principal.account === null ? silent.filter((name) => name === "resource" || name === "rcp") : silent;
  const words = relevant.map((name) => layerWords[name]).join("; ");
  return isCrossAccount ? `the resource is in another account, so both sides must allow: ${words}` : words || "nothing allows it";
}

/** Only what is open: other conditions of the same statement may be met. */
const openConditions = (cited: readonly Judged[], { principal, ask: { facts } }: AccessRequest): string[] => [
  ...new Set(
    cited.flatMap(({ truth, statement }) => {
      if (truth !== "maybe") return [];
      const open = [
        ...statement.conditions.filter((condition) => condition.truth(facts, statement.effect) === "maybe").map(describeCondition),
        ...sessionsMeant(statement, principal, facts),
      ];
      if (open.length === 0) return [`${statement.effect} ${statement.id} depends on a policy variable`];
      return open.map((words) => `${statement.effect} if ${words}`);
    }),
  ),
];
