import { GraphDraft } from "../../draft.ts";
import { Inventory } from "../../inventory.ts";
import { isRecord } from "../../is-record.ts";
import type { GraphInput } from "../../types.ts";
import { accountOfArn } from "../arn.ts";
import { globMatches } from "../glob.ts";
import { roleKeyOf } from "../session-arn.ts";
import { awsWorld } from "../world.ts";
import type { AwsPrincipal, AwsWorld } from "../world.ts";
import { answerOf } from "./answer-of.ts";
import { isResourceName, readAction, readResourcePolicy, requestOf } from "./answer-question.ts";
import { authorize, isGuarded, isTrustAction } from "./authorize.ts";
import type { AccessRequest, Grounds } from "./authorize.ts";
import type { PolicyAnswer } from "./policy-answer.ts";
import { readContext } from "./read-context.ts";
import { InvalidQuestion, readDocuments, readLevels } from "./read-documents.ts";
import { levelsOfTree } from "./organisation-tree.ts";
import { readPrincipal } from "./request-principal.ts";
import type { RequestPrincipal } from "./request-principal.ts";
import { policyHolders } from "./resource-policies.ts";

export interface CanQuestion {
  /** ARN of a user, role or assumed-role session whose policies the inventory holds; also a service, an account, `*` for anyone. */
  readonly principal: string;
  /** `service:Action`. */
  readonly action: string;
  /** ARN, or `*` for actions that name no resource. */
  readonly resource: string;
  /** Owner of the resource when its ARN does not say; otherwise the inventory is asked, then the principal's own account is assumed. */
  readonly resourceAccount?: string;
  /** Condition keys of the request. Given = complete: what is not in it is absent, and the answer is never `conditional`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * Organisation policies besides those of the inventory: levels from the root down, each a list of documents. Also the tree of an
   * organisation, `{Arn, Policies: [{Content}], Children}`, of which the path to the account counts.
   */
  readonly scps?: unknown;
  readonly rcps?: unknown;
  readonly sessionPolicies?: unknown;
  /** Document of the resource; replaces the one of the inventory. Also an array of `{Resource, Policy, Account}`, of which the matching entry counts. */
  readonly resourcePolicy?: unknown;
}

/** May this principal of the inventory do this? Never throws: what cannot be read answers `invalid`. */
export function can(input: GraphInput, question: CanQuestion): PolicyAnswer {
  try {
    return answer(worldOf(input), question);
  } catch (error) {
    if (!(error instanceof InvalidQuestion)) throw error;
    return { id: null, decision: "invalid", statements: [], reason: error.message };
  }
}

interface KnownWorld extends AwsWorld {
  /** Owners of resources by ARN. */
  readonly owners: ReadonlyMap<string, string>;
}

const worlds = new WeakMap<GraphInput, KnownWorld>();

/** Read once per inventory, however many questions follow. */
function worldOf(input: GraphInput): KnownWorld {
  let world = worlds.get(input);
  if (world !== undefined) return world;
  const inventory = new Inventory(input);
  const grants = inventory.grants.filter((grant) => grant.dialect === "aws_iam");
  const owners = new Map(input.resources.flatMap(({ ref, account }) => (account === null ? [] : [[ref, account] as const])));
  world = { ...awsWorld({ inventory, grants, draft: new GraphDraft(), asOf: input.asOf }), owners };
  worlds.set(input, world);
  return world;
}

function answer(world: KnownWorld, question: CanQuestion): PolicyAnswer {
  const principal = readPrincipal(question.principal);
  if (typeof principal === "string") throw new InvalidQuestion(principal);
  const resource = question.resource;
  if (!isResourceName(resource)) throw new InvalidQuestion('the resource is neither "*" nor an ARN');
  const given = resourcePolicyFor(resource, question.resourcePolicy);
  const holders = policyHolders(resource);
  const owner = question.resourceAccount ?? given.account ?? holders.flatMap((arn) => world.owners.get(arn) ?? [])[0] ?? null;
  const identity = identityOf(world, principal);
  const request = withTags(
    requestOf({ principal, action: readAction(question.action), resource, account: owner, context: readContext(question.context) }),
    identity === "unknown" ? null : identity,
  );
  if (identity === "unknown") return { id: null, decision: "unknown", statements: [], reason: `${principal.name} is not in the inventory` };
  const grounds = groundsOf(world, { request, identity, question });
  const whole = {
    ...grounds,
    ...(given.document === undefined
      ? knownPolicies(world, request, holders)
      : { resource: readResourcePolicy(given.document, request.ask, true), unknownResource: [] }),
  };
  return answerOf(null, request, authorize(request, whole), whole);
}

/** Tags that the inventory knows follow from who asks and whom it is about, and so does the path of a session's role. */
function withTags(request: AccessRequest, identity: AwsPrincipal | null): AccessRequest {
  if (identity === null) return request;
  const { facts, action, resource } = request.ask;
  const about = action === "iam:passrole" ? undefined : identity.policies.tagged?.get(resource);
  const known = [...identity.policies.variables].filter(([key]) => !facts.principal.has(key) || key === "aws:principalarn");
  return { ...request, ask: { ...request.ask, facts: { ...facts, principal: new Map([...facts.principal, ...known, ...(about ?? [])]) } } };
}

/** Null = a principal that carries no policies of its own. */
function identityOf(world: AwsWorld, principal: RequestPrincipal): AwsPrincipal | null | "unknown" {
  if (principal.kind === "user" || principal.kind === "role") return world.byArn.get(principal.name) ?? "unknown";
  if (principal.kind === "session") return world.roles.get(roleKeyOf(principal.name)!) ?? "unknown";
  return principal.kind === "federated_user" ? "unknown" : null;
}

function groundsOf(
  { organisation }: AwsWorld,
  { request, identity, question }: { request: AccessRequest; identity: AwsPrincipal | null; question: CanQuestion },
): Omit<Grounds, keyof OfResource> {
  const scps = request.principal.account === null ? undefined : organisation.scps.get(request.principal.account);
  const owner = request.resourceAccount ?? request.principal.account;
  const rcps = owner === null ? undefined : organisation.rcps.get(owner);
  const session = readDocuments(question.sessionPolicies, "session", { kind: "session" });
  const policies = identity?.policies;
  return {
    identity: policies?.identity ?? [],
    unknownIdentity: policies?.unknownIdentity ?? [],
    boundaries: policies?.ceilings.filter((ceiling) => !(scps?.ceilings.includes(ceiling) ?? false)) ?? [],
    unknownBoundaries: [
      ...(policies?.unknownCeilings ?? []),
      ...(policies === undefined ? (scps?.missing ?? []) : []),
      ...(rcps?.missing ?? []),
    ],
    session: session.length === 0 ? null : session,
    scps: [...(scps?.levels ?? []), ...readLevels(levelsOfTree(question.scps, request.principal.account), "scp")],
    rcps: [...(rcps?.levels ?? []), ...readLevels(levelsOfTree(question.rcps, owner), "rcp")],
  };
}

type OfResource = Pick<Grounds, "resource" | "unknownResource">;
const noPolicy: OfResource = { resource: [], unknownResource: [] };
const unknownPolicy = (words: string): OfResource => ({ resource: [], unknownResource: [words] });

/** A role of an account that is not in the inventory: it may well exist. */
function isElsewhere({ accounts }: AwsWorld, { resource }: AccessRequest["ask"]): boolean {
  const account = accountOfArn(resource);
  return account !== null && !accounts.includes(account) && isGuarded({ action: "sts:assumerole", resource });
}

/** What the inventory holds: the trust policy of a role being assumed, else the policy of the resource or of what it lies in. */
function knownPolicies(world: AwsWorld, { ask }: AccessRequest, holders: readonly string[]): OfResource {
  if (isTrustAction(ask.action)) {
    const role = world.byArn.get(ask.resource);
    if (role?.type !== "role") return isElsewhere(world, ask) ? unknownPolicy(`the trust policy of ${ask.resource}`) : noPolicy;
    const isRead = role.trust !== null && role.trust.policy.problems.length === 0;
    return { resource: role.trust === null ? [] : [role.trust], unknownResource: isRead ? [] : [`the trust policy of ${role.arn}`] };
  }
  const holder = holders.find((arn) => world.resourcePolicies.has(arn) || world.unreadResourcePolicies.has(arn));
  // Every key has a policy: one that is not in the inventory is not known, rather than absent.
  if (holder === undefined) return isGuarded(ask) ? unknownPolicy(`the policy of ${ask.resource}`) : noPolicy;
  const policy = world.resourcePolicies.get(holder);
  return {
    resource: policy === undefined ? [] : [policy],
    unknownResource: world.unreadResourcePolicies.has(holder) ? [`the policy of ${holder}`] : [],
  };
}

/** One document, or a listing `[{Resource, Policy, Account}]`. */
function resourcePolicyFor(resource: string, given: unknown): { readonly document: unknown; readonly account: string | null } {
  if (!Array.isArray(given) || !given.every((entry) => isRecord(entry) && entry["Policy"] !== undefined)) {
    return { document: given ?? undefined, account: null };
  }
  const holders = policyHolders(resource);
  const entry = (given as readonly Readonly<Record<string, unknown>>[]).find(({ Resource: listed }) =>
    typeof listed === "string" ? holders.some((arn) => arn === listed || globMatches(listed, arn)) : false,
  );
  if (entry === undefined) return { document: undefined, account: null };
  return { document: entry["Policy"], account: typeof entry["Account"] === "string" ? entry["Account"] : null };
}
