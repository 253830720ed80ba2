import { accountOfArn, parseArn } from "../arn.ts";
import { layerAnswer, statementTruth } from "./layer.ts";
import type { Ask, Cited, LayerAnswer, NamedPolicy } from "./layer.ts";
import { namedBy } from "./principal-match.ts";
import type { Named } from "./principal-match.ts";
import { both, either } from "./request-facts.ts";
import type { Truth } from "./request-facts.ts";
import { isServiceLinked } from "./request-principal.ts";
import type { RequestPrincipal } from "./request-principal.ts";

/** All policies that bear on a request. */
export interface Grounds {
  /** Of the user or role and its groups. */
  readonly identity: readonly NamedPolicy[];
  /** Attached to the principal, document unknown: may allow or deny anything. */
  readonly unknownIdentity: readonly string[];
  /** Each must allow. */
  readonly boundaries: readonly NamedPolicy[];
  readonly unknownBoundaries: readonly string[];
  /** Null = a session without policies of its own. */
  readonly session: readonly NamedPolicy[] | null;
  /** Each level of the path from the organisation's root must allow. */
  readonly scps: readonly (readonly NamedPolicy[])[];
  readonly rcps: readonly (readonly NamedPolicy[])[];
  /** Of the resource: its policy, key policy or trust policy. */
  readonly resource: readonly NamedPolicy[];
  /** Of the resource, document unknown: may grant or deny anything. */
  readonly unknownResource: readonly string[];
}

export interface AccessRequest {
  readonly principal: RequestPrincipal;
  readonly ask: Ask;
  /** Owner of the resource; null = not known, taken for the principal's own. */
  readonly resourceAccount: string | null;
}

/** One group of policies with what it says. */
export interface Layer {
  readonly name: "identity" | "boundary" | "session" | "scp" | "rcp" | "resource";
  readonly policies: readonly NamedPolicy[];
  readonly answer: LayerAnswer;
}

export interface Authorization {
  readonly decision: "allowed" | "explicitly_denied" | "implicitly_denied" | "conditional";
  readonly layers: readonly Layer[];
  readonly resource: ResourceAnswer;
  /** Layers that say neither yes nor maybe, so the request falls to the default deny. */
  readonly silent: readonly Layer["name"][];
  readonly isCrossAccount: boolean;
}

/** What the resource's policy grants, by how directly it names the caller. */
export interface ResourceAnswer {
  readonly deny: Truth;
  readonly allow: Readonly<Record<Named, Truth>>;
  readonly cited: readonly (Cited & { readonly truth: Truth })[];
}

/** The one place where the kinds of policy are put together. */
export function authorize(request: AccessRequest, grounds: Grounds): Authorization {
  const { principal, ask } = request;
  const identity = identityLayer(principal, grounds, ask);
  const boundaries = grounds.boundaries.map((policy) => layer("boundary", [policy], ask));
  // A federated user has nothing of the user that called for it, unless session policies say what.
  const sessionPolicies = grounds.session ?? (principal.kind === "federated_user" ? [] : null);
  const session = sessionPolicies === null ? [] : [layer("session", sessionPolicies, ask)];
  // Organisation policies bind the users and roles of its accounts: not the services of AWS, nor who belongs to no account.
  const scps = principal.account === null || isServiceLinked(principal) ? [] : grounds.scps.map((level) => layer("scp", level, ask));
  const rcps = isServiceLinked(principal) ? [] : grounds.rcps.map((level) => layer("rcp", level, ask));
  const resource = resourceAnswer(request, grounds);
  const limit = grounds.unknownBoundaries.length > 0 ? "maybe" : "yes";
  const cap = [...boundaries, ...session].reduce<Truth>((truth, { answer }) => both(truth, answer.allow), limit);
  const isCrossAccount = crossesAccounts(request);
  const own = both(identity.answer.allow, cap);
  const core = coreTruth({ own, cap, resource }, request, isCrossAccount);
  const layers = [identity, ...boundaries, ...session, ...scps, ...rcps];
  const organisation = [...scps, ...rcps].reduce<Truth>((truth, { answer }) => both(truth, answer.allow), "yes");
  const deny = layers.reduce<Truth>(
    (truth, { answer }) => either(truth, answer.deny),
    either(resource.deny, limit === "maybe" ? "maybe" : "no"),
  );
  const allow = both(core, organisation);
  const decision =
    deny === "yes"
      ? "explicitly_denied"
      : allow === "no"
        ? "implicitly_denied"
        : allow === "yes" && deny === "no"
          ? "allowed"
          : "conditional";
  const silent = [
    ...layers.filter(({ answer }) => answer.allow === "no").map(({ name }) => name),
    ...(isGranting(resource) ? [] : ["resource" as const]),
  ];
  return { decision, layers, resource, silent: [...new Set(silent)], isCrossAccount };
}

const layer = (name: Layer["name"], policies: readonly NamedPolicy[], ask: Ask): Layer => ({
  name,
  policies,
  answer: layerAnswer(policies, ask),
});

/** The root user has no identity policies: it may do everything its account may. */
function identityLayer({ kind }: RequestPrincipal, { identity, unknownIdentity }: Grounds, ask: Ask): Layer {
  const found = layer("identity", identity, ask);
  if (kind === "root") return { ...found, answer: { ...found.answer, allow: "yes" } };
  if (unknownIdentity.length === 0) return found;
  return { ...found, answer: { ...found.answer, allow: either(found.answer.allow, "maybe"), deny: either(found.answer.deny, "maybe") } };
}

function coreTruth(
  { own, cap, resource: { allow } }: { own: Truth; cap: Truth; resource: ResourceAnswer },
  { principal, ask }: AccessRequest,
  isCrossAccount: boolean,
): Truth {
  const anyGrant = either(allow.direct, either(allow.identity, allow.account));
  if (principal.account === null) return anyGrant;
  if (isRootAssuming({ principal, ask })) return "no";
  if (isCrossAccount) return both(own, anyGrant);
  const byResource = either(allow.direct, both(allow.identity, cap));
  // Keys and roles are closed unless their own policy opens them; a grant to the account leaves the choice to identity policies.
  return either(byResource, isGuarded(ask) ? both(allow.account, own) : own);
}

const isGranting = ({ allow }: ResourceAnswer): boolean => Object.values(allow).some((truth) => truth !== "no");

/** Roles being assumed, and keys. */
export function isGuarded({ action, resource }: Pick<Ask, "action" | "resource">): boolean {
  if (action.startsWith("kms:")) return /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource);
  return isTrustAction(action) && /^arn:[^:]*:iam::[^:]*:role\//.test(resource);
}

/** STS refuses root users: only users and roles assume roles. */
export const isRootAssuming = ({ principal, ask }: Pick<AccessRequest, "principal" | "ask">): boolean =>
  principal.kind === "root" && ask.action === "sts:assumerole";

/** Decided by a role's trust policy. */
export const isTrustAction = (lowerAction: string): boolean =>
  lowerAction.startsWith("sts:assumerole") ||
  lowerAction === "sts:tagsession" ||
  lowerAction === "sts:setsourceidentity" ||
  lowerAction === "sts:setcontext";

function crossesAccounts({ principal, resourceAccount, ask }: AccessRequest): boolean {
  if (principal.account === null) return false;
  const owner = resourceAccount ?? accountOfArn(ask.resource) ?? (parseArn(ask.resource)?.account || null);
  // What AWS itself owns, such as its managed policies, is open to identity policies alone.
  return owner !== null && owner !== "aws" && owner !== principal.account;
}

const bucketPolicyActions = /^s3(?:express)?:(?:get|put|delete)bucketpolicy$/;

/** No bucket policy locks the root user of the bucket's owner out of the policy itself. */
const isOwnersWayBack = ({ principal, ask, resourceAccount }: AccessRequest): boolean =>
  principal.kind === "root" && bucketPolicyActions.test(ask.action) && (resourceAccount ?? principal.account) === principal.account;

function resourceAnswer({ principal, ask, resourceAccount }: AccessRequest, { resource, unknownResource }: Grounds): ResourceAnswer {
  const start: Truth = unknownResource.length > 0 ? "maybe" : "no";
  const allow: Record<Named, Truth> = { direct: start, identity: start, account: start };
  const cited: (Cited & { truth: Truth })[] = [];
  let deny: Truth = start;
  for (const { ref, policy } of resource) {
    const matching = policy.matching(ask.action);
    for (const statement of [...matching.denies, ...matching.allows]) {
      const namings = namedBy(statement, principal, ask.facts);
      const met = namings.length === 0 ? "no" : statementTruth(statement, ask, true);
      if (met === "no") continue;
      if (statement.effect === "Deny" && isOwnersWayBack({ principal, ask, resourceAccount })) continue;
      let best: Truth = "no";
      for (const { named, isCertain } of namings) {
        const truth = isCertain ? met : "maybe";
        best = either(best, truth);
        if (statement.effect === "Deny") deny = either(deny, truth);
        else allow[named] = either(allow[named], truth);
      }
      cited.push({ ref, statement, truth: best });
    }
  }
  return { deny, allow, cited };
}
