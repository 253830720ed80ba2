import { evidence } from "../edge-builder.ts";
import type { GraphDraft } from "../draft.ts";
import { lowerAction } from "./action-name.ts";
import { hasEverything } from "./account-edges.ts";
import { decide } from "./evaluate.ts";
import type { PolicySet } from "./evaluate.ts";
import { witnessOf } from "./glob.ts";
import { addSelectionEdges } from "./hubs.ts";
import type { Hubs } from "./hubs.ts";
import type { PrincipalClasses } from "./principal-classes.ts";
import { factOf, mayAllow, onResource, permits, selectTargets } from "./target-class.ts";
import type { Selected, Selection, TargetClass } from "./target-class.ts";
import { takeOverTechniques } from "./take-over-techniques.ts";
import type { TakeOverTechnique } from "./take-over-techniques.ts";
import type { AwsPrincipal } from "./world.ts";
import { expandVariables } from "./variables.ts";

interface Found {
  readonly technique: TakeOverTechnique;
  readonly targets: TargetClass;
  readonly selection: Selection;
  readonly extra: Selected;
}

export interface TakeOverTargets {
  readonly classes: PrincipalClasses;
  readonly hubs: Hubs;
  /** Answers whether everything a technique could be used on is listed with its role. */
  readonly compute: { readonly settles: (policies: PolicySet, technique: TakeOverTechnique) => boolean };
}

/** Edges of the techniques that make a principal another one: new keys, rewritten trust, a passed role that runs code. */
export class TakeOverEdges {
  readonly #draft: GraphDraft;
  readonly #classes: PrincipalClasses;
  readonly #hubs: Hubs;
  readonly #compute: TakeOverTargets["compute"];
  readonly #remembered = new Map<string, readonly Found[]>();

  constructor(draft: GraphDraft, { classes, hubs, compute }: TakeOverTargets) {
    this.#draft = draft;
    this.#classes = classes;
    this.#hubs = hubs;
    this.#compute = compute;
  }

  add(principal: AwsPrincipal): void {
    let found = this.#remembered.get(principal.signature);
    if (found === undefined)
      this.#remembered.set(principal.signature, (found = takeOverTechniques.flatMap((technique) => this.#find(principal, technique))));
    for (const { technique, targets, selection, extra } of found) {
      const conditions = [...extra.conditions, ...(technique.needs === undefined ? [] : [technique.needs])];
      addSelectionEdges(
        this.#draft,
        { from: principal.key, kind: technique.edge, technique: technique.id, conditions },
        {
          selection: withFacts(selection, extra.facts),
          targets,
          hubs: this.#hubs,
        },
      );
    }
  }

  #find({ policies, account }: AwsPrincipal, technique: TakeOverTechnique): Found[] {
    if (![...technique.onTarget, ...technique.onAnything].every((action) => mayAllow(policies, action))) return [];
    if (this.#compute.settles(policies, technique)) return [];
    const extra = onSomething(policies, technique.onAnything, account);
    if (extra === null) return [];
    const targets = this.#classes.of(account, technique.target);
    const selection =
      technique.onTarget.length === 0
        ? { everyone: targets.members.length === 0 ? null : { facts: [], conditions: [] }, some: [] }
        : selectTargets(
            policies,
            technique.onTarget.map((action) => ({ action, context: passContext(technique, account) })),
            targets,
          );
    return selection.everyone === null && selection.some.length === 0 ? [] : [{ technique, targets, selection, extra }];
  }
}

const passContext = (technique: TakeOverTechnique, account: string): ReadonlyMap<string, readonly string[]> =>
  technique.target.startsWith("service:")
    ? new Map([
        ["iam:passedtoservice", [technique.target.slice("service:".length)]],
        ["aws:principalaccount", [account]],
      ])
    : new Map([["aws:principalaccount", [account]]]);

const withFacts = (selection: Selection, facts: Selected["facts"]): Selection => ({
  everyone: selection.everyone === null ? null : { ...selection.everyone, facts: [...selection.everyone.facts, ...facts] },
  some: selection.some.map(({ member, selected }) => ({ member, selected: { ...selected, facts: [...selected.facts, ...facts] } })),
});

/** Can each action be done on some resource? A witness made from an allow's own pattern proves it. */
export function onSomething(policies: PolicySet, actions: readonly string[], account: string): Selected | null {
  const facts: Selected["facts"][number][] = [];
  const conditions: string[] = [];
  for (const action of actions) {
    const selected = someWitness(policies, action, account);
    if (selected === null) return null;
    facts.push(...selected.facts);
    conditions.push(...selected.conditions);
  }
  return { facts, conditions };
}

function someWitness(policies: PolicySet, action: string, account: string): Selected | null {
  const service = action.slice(0, action.indexOf(":"));
  const anywhere = `arn:aws:${service}:any-region:${account}:any/any`;
  let best: Selected | null = null;
  for (const { policy } of policies.identity) {
    for (const statement of policy.matching(lowerAction(action)).allows) {
      const witnesses =
        statement.notResources !== null
          ? [anywhere]
          : statement.resources.map((pattern) => (pattern === "*" ? anywhere : witnessOf(expandVariables(pattern, policies.variables))));
      for (const resource of witnesses) {
        const verdict = decide(policies, { action, resource });
        if (!permits(verdict)) continue;
        if (verdict.decision === "allowed") return { facts: [factOf(verdict, action)], conditions: [] };
        best ??= { facts: [factOf(verdict, action)], conditions: verdict.conditions };
      }
    }
  }
  return best;
}

/** What still limits a principal after it gave itself every permission. */
export function remainingLimits(principal: AwsPrincipal): string[] {
  const { policies, type, arn } = principal;
  const limits = [
    ...policies.ceilings.filter((ceiling) => !hasEverything([ceiling])).map((ceiling) => ceiling.ref),
    ...policies.unknownCeilings,
  ];
  if (limits.length === 0) return [];
  const remove = onResource(
    policies,
    [{ action: type === "user" ? "iam:DeleteUserPermissionsBoundary" : "iam:DeleteRolePermissionsBoundary" }],
    arn,
  );
  if (remove !== null && remove.conditions.length === 0) return [];
  return limits.map((ref) => `the permission boundary ${ref} does not limit it`);
}

export const toAccount = (
  draft: GraphDraft,
  edge: { readonly from: string; readonly account: string; readonly technique: string },
  selected: Selected,
): void => {
  draft.addEdge({
    from: edge.from,
    to: edge.account,
    kind: "CAN_ESCALATE_SELF",
    conditional: selected.conditions.length > 0,
    level: null,
    why: evidence(selected.facts, edge.technique, selected.conditions),
  });
};
