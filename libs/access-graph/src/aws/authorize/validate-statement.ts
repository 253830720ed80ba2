import { isRecord } from "../../is-record.ts";
import { namesPrincipals } from "./policy-kind.ts";
import type { PolicyKind } from "./policy-kind.ts";
import { validateConditions } from "./validate-conditions.ts";
import type { StatementScope, ValidationScope } from "./validate-policy.ts";
import { variableProblem } from "./variable-problem.ts";
import { validatePrincipals } from "./validate-principals.ts";

const elements: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

type Statement = Readonly<Record<string, unknown>>;

export function validateStatement(statement: unknown, scope: StatementScope): string | null {
  if (!isRecord(statement)) return "it is not an object";
  const unknown = Object.keys(statement).find((key) => !elements.has(key));
  if (unknown !== undefined) return `${unknown} is not an element of a statement`;
  return (
    sidProblem(statement["Sid"], scope.kind) ??
    effectProblem(statement["Effect"]) ??
    principalProblem(statement, scope) ??
    actionProblem(statement, scope.kind) ??
    resourceProblem(statement, scope) ??
    (statement["Condition"] === undefined ? null : validateConditions(statement["Condition"], scope.variables)) ??
    (scope.kind === "rcp" ? rcpProblem(statement) : null)
  );
}

/** IAM takes letters and digits only; other services and organisation policies are less strict. */
function sidProblem(sid: unknown, kind: PolicyKind): string | null {
  if (sid === undefined) return null;
  if (typeof sid !== "string") return "Sid is not text";
  const strict = kind !== "resource" && kind !== "scp" && kind !== "rcp";
  return strict && !/^[A-Za-z0-9]*$/.test(sid) ? "Sid may only have letters and digits" : null;
}

function effectProblem(effect: unknown): string | null {
  if (effect === undefined) return "Effect is missing";
  return effect === "Allow" || effect === "Deny" ? null : `Effect ${JSON.stringify(effect)} is neither "Allow" nor "Deny"`;
}

function principalProblem(
  { Principal: principal, NotPrincipal: notPrincipal }: Statement,
  { kind, lenient }: ValidationScope,
): string | null {
  if (!namesPrincipals(kind)) {
    if (principal === undefined && notPrincipal === undefined) return null;
    return `${principal === undefined ? "NotPrincipal" : "Principal"} has no place in ${kind === "scp" ? "an organisation policy" : `a policy of kind ${kind}`}`;
  }
  if (principal !== undefined && notPrincipal !== undefined) return "it has both Principal and NotPrincipal";
  if (principal === undefined && notPrincipal === undefined) return "Principal is missing";
  const named = principal ?? notPrincipal;
  return validatePrincipals(lenient === true && typeof named === "string" && named !== "*" ? { AWS: named } : named);
}

function actionProblem({ Action: action, NotAction: notAction }: Statement, kind: PolicyKind): string | null {
  if (action !== undefined && notAction !== undefined) return "it has both Action and NotAction";
  const [name, value] = action === undefined ? ["NotAction", notAction] : ["Action", action];
  if (value === undefined) return "Action is missing";
  const actions = textList(name, value);
  if (typeof actions === "string") return actions;
  for (const each of actions) {
    if (each !== "*" && !/^(\*|[A-Za-z0-9-]+):[A-Za-z0-9*?_.-]+$/.test(each)) return `${name} "${each}" is not of the form service:Action`;
    if (kind === "trust" && !/^sts:/i.test(each)) return `a trust policy cannot speak of ${each}`;
  }
  return null;
}

/** Services whose resource policies may leave the resource out: it is the one the policy is on. */
const unnamedResource: ReadonlySet<string> = new Set(["ecr", "ecr-public", "sns", "sqs", "events", "lambda"]);

function resourceProblem(
  { Resource: resource, NotResource: notResource }: Statement,
  { kind, service = "", variables }: StatementScope,
): string | null {
  if (resource !== undefined && notResource !== undefined) return "it has both Resource and NotResource";
  const [name, value] = resource === undefined ? ["NotResource", notResource] : ["Resource", resource];
  if (kind === "trust") return value === undefined ? null : `a trust policy has no ${name}`;
  if (value === undefined) return kind === "resource" && unnamedResource.has(service) ? null : "Resource is missing";
  const resources = textList(name, value);
  if (typeof resources === "string") return resources;
  const wrong = resources.find((each) => !isResource(each, kind));
  if (wrong !== undefined) return `${name} "${wrong}" is neither "*" nor an ARN`;
  return (
    resources.map((each) => partitionProblem(each) ?? (variables ? variableProblem(each) : null)).find((each) => each !== null) ?? null
  );
}

/** Partitions have names that begin alike; patterns may mean several. */
function partitionProblem(text: string): string | null {
  const partition = text.startsWith("arn:") ? text.split(":", 2)[1]! : "aws";
  return /^aws(?:-[a-z-]+)?$/.test(partition) || /[*?]/.test(partition) ? null : `there is no partition ${partition}`;
}

/** API Gateway writes the ARNs of its resource policies without their first parts. */
const isResource = (text: string, kind: PolicyKind): boolean =>
  /^\*+$/.test(text) || isArn(text, kind) || (kind === "resource" && text.startsWith("execute-api:/"));

const identityBased: ReadonlySet<PolicyKind> = new Set(["identity", "boundary", "session"]);

/** The service is written out. Policies of identities may leave fields at the end out, and name no account but by its number. */
function isArn(text: string, kind: PolicyKind): boolean {
  if (!/^arn:[^:]+:[^:*?$]+(:|$)/.test(text)) return false;
  if (!identityBased.has(kind)) return /^arn:[^:]+:[^:]+:[^:]*:[^:]*:/.test(text);
  return /^arn:[^:]+:[^:]+(:[^:]*(:([0-9*?]*|aws[a-z-]*|\$\{[^}]*\})(:|$)|$)|$)/.test(text);
}

/** Only the policy AWS puts everywhere itself may allow. */
function rcpProblem(statement: Statement): string | null {
  if (statement["NotPrincipal"] !== undefined) return "a resource control policy has no NotPrincipal";
  if (statement["NotAction"] !== undefined) return "a resource control policy has no NotAction";
  const principal = statement["Principal"];
  const everyone =
    principal === "*" || (isRecord(principal) && Object.keys(principal).join() === "AWS" && [principal["AWS"]].flat().join() === "*");
  if (!everyone) return 'the Principal of a resource control policy is "*"';
  const isFullAccess =
    [statement["Action"], statement["Resource"]].every((value) => [value].flat().join() === "*") && statement["Condition"] === undefined;
  return statement["Effect"] === "Allow" && !isFullAccess ? "a resource control policy can only deny" : null;
}

/** One text or several; a problem in words otherwise. */
function textList(name: string, value: unknown): readonly string[] | string {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) return `${name} is empty`;
  if (!list.every((each): each is string => typeof each === "string")) return `${name} holds something that is not text`;
  return list.includes("") ? `${name} holds an empty text` : list;
}
