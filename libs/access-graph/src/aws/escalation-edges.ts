import type { GraphDraft } from "../draft.ts";
import type { Way } from "../types.ts";
import { allWays } from "../ways.ts";
import type { PrincipalChains } from "./chains.ts";
import type { PolicySet } from "./evaluate.ts";
import { addSelectionEdges } from "./hubs.ts";
import type { Hubs } from "./hubs.ts";
import { onSomething } from "./on-something.ts";
import { PossibleTechniques } from "./possible-techniques.ts";
import type { PrincipalClasses } from "./principal-classes.ts";
import { selectTargets } from "./target-class.ts";
import type { Selected, Selection, TargetClass } from "./target-class.ts";
import { takeOverTechniques } from "./take-over-techniques.ts";
import type { TakeOverTechnique } from "./take-over-technique.ts";
import type { AwsPrincipal } from "./world.ts";

const possibleTakeOvers = new PossibleTechniques(takeOverTechniques);

interface Found {
  readonly technique: TakeOverTechnique;
  readonly targets: TargetClass;
  readonly selection: Selection;
  readonly extra: Selected;
}

export interface TakeOverTargets {
  readonly classes: PrincipalClasses;
  readonly hubs: Hubs;
  /** What speaks of more than the things listed with their role; null when nothing does, so that nothing is left to guess. */
  readonly compute: { readonly unsettled: (policies: PolicySet, technique: TakeOverTechnique) => Way | null };
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

  add(principal: AwsPrincipal, chains: PrincipalChains): void {
    let found = this.#remembered.get(principal.signature);
    if (found === undefined)
      this.#remembered.set(
        principal.signature,
        (found = possibleTakeOvers.of(principal.policies).flatMap((technique) => this.#find(principal, technique))),
      );
    for (const { technique, targets, selection, extra } of found) {
      const conditions = [...extra.conditions, ...(technique.needs === undefined ? [] : [technique.needs])];
      addSelectionEdges(
        this.#draft,
        { from: principal.key, kind: technique.edge, technique: technique.id, conditions, chains },
        {
          selection,
          targets,
          hubs: this.#hubs,
        },
      );
    }
  }

  #find({ policies, account }: AwsPrincipal, technique: TakeOverTechnique): Found[] {
    const unsettled = this.#compute.unsettled(policies, technique);
    const something = unsettled === null ? null : onSomething(policies, technique.onAnything, account);
    if (unsettled === null || something === null) return [];
    const extra = { ...something, ways: allWays(something.ways, [unsettled]) };
    const targets = this.#classes.of(account, technique.target);
    const selection =
      technique.onTarget.length === 0
        ? { everyone: targets.members.length === 0 ? null : { facts: [], conditions: [], ways: [[]] }, some: [] }
        : selectTargets(
            policies,
            technique.onTarget.map((action) => ({ action, context: passContext(technique, account) })),
            targets,
          );
    if (selection.everyone === null && selection.some.length === 0) return [];
    return [{ technique, targets, selection: alsoNeeding(selection, extra), extra }];
  }
}

function passContext({ target, passedTo }: TakeOverTechnique, account: string): ReadonlyMap<string, readonly string[]> {
  const service = passedTo ?? (target.startsWith("service:") ? target.slice("service:".length) : null);
  return new Map([...(service === null ? [] : [["iam:passedtoservice", [service]] as const]), ["aws:principalaccount", [account]]]);
}

/** The extra's open conditions are the edge's own and stay out. */
export const alsoNeeding = (selection: Selection, extra: Selected): Selection => {
  const also = (selected: Selected): Selected => ({
    ...selected,
    facts: [...selected.facts, ...extra.facts],
    ways: allWays(selected.ways, extra.ways),
  });
  return {
    everyone: selection.everyone === null ? null : also(selection.everyone),
    some: selection.some.map(({ member, selected }) => ({ member, selected: also(selected) })),
  };
};
