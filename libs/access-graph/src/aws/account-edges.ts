import type { BuildContext } from "../edge-builder.ts";
import { evidence } from "../edge-builder.ts";
import type { Alternative } from "../types.ts";
import { openGround, statementGround } from "../ways.ts";
import { accountOfArn } from "./arn.ts";
import { coversPrefix } from "./glob.ts";
import { derivedNode } from "../derived-node.ts";
import { decide } from "./evaluate.ts";
import type { NamedPolicy } from "./evaluate.ts";
import type { CompiledStatement } from "./policy.ts";
import { inForcePrefix, without } from "./support.ts";
import { onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** Making somebody unlimited and becoming it: whoever may do one of each list of a row may take the account over, whatever else is denied. */
const takeOvers: readonly (readonly (readonly string[])[])[] = [
  [["iam:AttachRolePolicy", "iam:PutRolePolicy"], ["iam:UpdateAssumeRolePolicy"]],
  [["iam:CreateRole"], ["iam:AttachRolePolicy", "iam:PutRolePolicy"]],
  [["iam:CreateUser"], ["iam:AttachUserPolicy", "iam:PutUserPolicy"], ["iam:CreateAccessKey", "iam:CreateLoginProfile"]],
];

/** Nodes of the accounts: from the inventory, or derived for accounts that only appear in ARNs. */
export function accountKeys({ inventory, draft }: BuildContext, world: AwsWorld): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const located of inventory.resourcesOfKind("account")) {
    const account = located.entity.account ?? /(\d{12})/.exec(located.entity.ref)?.[1];
    if (account !== undefined && /^\d{12}$/.test(account) && located.entity.provider === "aws") keys.set(account, located.key);
  }
  for (const account of world.accounts) {
    if (keys.has(account)) continue;
    keys.set(
      account,
      draft.addNode(
        derivedNode(`resource:aws:account:${account}`, `AWS account ${account}`, {
          subkind: "account",
          account,
          weight: 100,
          weightReason: "control of the account is control of everything in it",
          tierZero: true,
        }),
      ),
    );
  }
  return keys;
}

/** Control of an account is control of its principals, groups and machines: CONTAINS, from the one account node. */
export function containmentEdges({ inventory, draft }: BuildContext, world: AwsWorld, accounts: ReadonlyMap<string, string>): void {
  const contain = (account: string | null, key: string, ref: string): void => {
    const from = account === null ? undefined : accounts.get(account);
    if (from !== undefined)
      draft.addEdge({
        from,
        to: key,
        kind: "CONTAINS",
        conditional: false,
        level: null,
        why: evidence([{ ref, detail: `belongs to account ${account}` }]),
      });
  };
  for (const principal of world.principals) contain(principal.account, principal.key, principal.arn);
  for (const located of inventory.allResources) {
    if (located.entity.provider !== "aws") continue;
    if (["compute", "function", "workload", "node", "workflow"].includes(located.entity.kind)) {
      contain(located.entity.account ?? accountOfArn(located.entity.ref), located.key, located.entity.ref);
    }
  }
}

/**
 * Administrator-equivalent: everything on everything by itself, and nothing keeps it from making somebody unlimited. Organisation policies
 * bind whoever controls the account too, so that they only count where they leave no way to do that.
 */
export function adminOf(principal: AwsPrincipal): Selected | null {
  const { policies, boundaries } = principal;
  if (!hasEverything(policies.identity) || !boundaries.every((boundary) => hasEverything([boundary]))) return null;
  const selected = takingOver(principal);
  if (selected === null) return null;
  const everything = ownEverything(principal);
  if (everything.alternatives.length === 0) return null;
  const needs = [everything.alternatives, ...boundaries.map(everythingNeed)];
  return {
    facts: [...everything.facts.slice(0, 1), ...selected.facts.slice(0, 1)],
    conditions: [...new Set([...selected.conditions, ...everything.conditions])],
    ways: selected.ways.map((way) => [...needs, ...way]),
  };
}

/** The statements that allow everything, each as surely as its own conditions hold; what else allows what they do does not count. */
function ownEverything({ policies, account }: AwsPrincipal): {
  readonly alternatives: readonly Alternative[];
  readonly conditions: readonly string[];
  readonly facts: Selected["facts"];
} {
  const request = { action: "iam:CreateUser", resource: `arn:aws:iam::${account}:user/any` };
  const certain: Counted[] = [];
  const conditional: Counted[] = [];
  const conditions: string[] = [];
  for (const { ref, statement, policy } of everythingStatements(policies.identity)) {
    const alone = { ref, policy: policy.alone(statement) };
    const verdict = decide({ ...policies, identity: [alone], ceilings: [], unknownCeilings: [] }, request);
    const way = [statementGround(ref, statement.id), `${inForcePrefix}${ref}`];
    const fact = { ref, detail: `${statement.id} allows every action on every resource` };
    if (verdict.decision === "allowed") certain.push({ way, fact });
    else if (verdict.decision === "conditional") {
      conditional.push({ way: [openGround, ...way], fact });
      conditions.push(...verdict.conditions);
    }
  }
  const counted = [...certain, ...conditional];
  return {
    alternatives: counted.map(({ way }) => way),
    facts: counted.map(({ fact }) => fact),
    conditions: certain.length > 0 ? [] : conditions,
  };
}

interface Counted {
  readonly way: Alternative;
  readonly fact: Selected["facts"][number];
}

/** Every combination is a way of its own: without a statement another one may be what is left. */
function takingOver({ policies, account }: AwsPrincipal): Selected | null {
  const found = takeOvers.flatMap(combinations).flatMap((actions) => {
    const requests = actions.map((action) => ({ action }));
    return onResource(policies, requests, `arn:aws:iam::${account}:any/any`) ?? [];
  });
  const best = found.find(({ conditions }) => conditions.length === 0) ?? found[0];
  return best === undefined ? null : { ...best, ways: found.flatMap(({ ways }) => ways) };
}

const combinations = (row: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  row.reduce<readonly (readonly string[])[]>((made, choices) => made.flatMap((some) => choices.map((each) => [...some, each])), [[]]);

const isEverything = (statement: CompiledStatement): boolean =>
  statement.notActions === null &&
  statement.actions.some((action) => /^\*(?::\*)?$/.test(action)) &&
  statement.resources.some((pattern) => coversPrefix(pattern, "arn:aws:"));

const everythingStatements = (layer: readonly NamedPolicy[]) =>
  layer.flatMap(({ ref, policy }) => policy.allows.filter(isEverything).map((statement) => ({ ref, statement, policy })));

export const hasEverything = (layer: readonly NamedPolicy[]): boolean => layer.some(({ policy }) => policy.allows.some(isEverything));

/** The boundary's statements that leave it without effect. */
export const everythingNeed = (ceiling: NamedPolicy): readonly Alternative[] =>
  everythingStatements([ceiling]).map(({ ref, statement }) => [statementGround(ref, statement.id)]);

/** What a principal could still do without the statements that make it administrator: shown beside its control of the account. */
export const besidesEverything = (principal: AwsPrincipal): AwsPrincipal => ({
  ...principal,
  signature: `${principal.signature}\nwithout everything`,
  policies: without(principal.policies, isEverything),
});
