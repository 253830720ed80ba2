import { derivedNode } from "../derived-node.ts";
import type { GraphDraft } from "../draft.ts";
import type { BuildContext } from "../edge-builder.ts";
import { evidence, resting } from "../edge-builder.ts";
import { allWays, openNeed } from "../ways.ts";
import { accountOfArn, parseArn } from "./arn.ts";
import type { PrincipalChains } from "./chains.ts";
import { PolicedIndex } from "./policed-index.ts";
import { outsideAction, outsideParties, policedAction, policedIn } from "./resource-policy-edges.ts";
import type { Policed } from "./resource-policy-edges.ts";
import type { ComputeTarget, TakeOverTechnique } from "./take-over-technique.ts";
import type { Selected } from "./target-class.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

interface ComputeTechnique extends TakeOverTechnique {
  readonly compute: ComputeTarget;
}

interface Thing extends Policed {
  readonly key: string;
  readonly techniques: readonly ComputeTechnique[];
}

/** Control of things that carry a policy naming somebody, or forbidding something: their policy may give, deny, or ask for both sides. */
export class PolicedCompute {
  readonly #world: AwsWorld;
  readonly #things: ReadonlyMap<string, Thing>;
  readonly #index: PolicedIndex<Thing>;

  constructor(context: BuildContext, world: AwsWorld, techniques: readonly ComputeTechnique[]) {
    this.#world = world;
    const things = policedIn(context, world).flatMap((policed): Thing[] => {
      const ofIt = techniques.filter(
        ({ compute, onAnything }) => isOn(compute, policed.arn) && onAnything.every((action) => !compute.elsewhere?.includes(action)),
      );
      return ofIt.length > 0 && concernsPrincipals(policed) ? [{ ...policed, techniques: ofIt }] : [];
    });
    this.#things = new Map(things.map((thing) => [thing.arn, thing]));
    const actions = things.flatMap((thing) => thing.techniques.flatMap(({ onAnything }) => onAnything));
    this.#index = new PolicedIndex({ actions, resourceOf: () => null, isOnlyByPolicy: onlyGives }, [...this.#things.values()]);
  }

  /** Whether its policy decides what the permissions of its account come to. */
  decides(arn: string): boolean {
    const thing = this.#things.get(arn);
    return thing !== undefined && !onlyGives(thing);
  }

  add(draft: GraphDraft, principal: AwsPrincipal, chains: PrincipalChains): void {
    if (this.#things.size === 0) return;
    // Elsewhere an administrator is one principal among others.
    const elsewhere = (principal.key.startsWith("identity:") ? this.#world.byArn.get(principal.arn) : undefined) ?? principal;
    for (const thing of this.#index.concerning(principal, elsewhere)) {
      const whole = principal.account === thing.owner ? principal : elsewhere;
      for (const technique of thing.techniques) {
        const found = allOf(technique, (action) => policedAction(this.#world, whole, thing, { action, arn: thing.arn }));
        if (found !== null) addEdge(draft, { from: principal.key, thing, technique }, { ...found, ways: found.ways.map(chains.localise) });
      }
    }
  }

  addOutside(draft: GraphDraft): void {
    for (const thing of this.#things.values())
      for (const [name, key] of outsideParties(this.#world, thing))
        for (const technique of thing.techniques) {
          const found = allOf(technique, (action) => outsideAction(this.#world, name, thing, { action, arn: thing.arn }));
          if (found === null) continue;
          const node = derivedNode(key, name === "*" ? "anyone" : name, { account: accountOfArn(name) });
          draft.addNode({ ...node, kind: "external", subkind: "external" });
          addEdge(draft, { from: key, thing, technique }, found);
        }
  }
}

const isOn = ({ arnService, typePrefix }: ComputeTarget, ref: string): boolean => {
  const arn = parseArn(ref);
  return arn !== null && arn.service === arnService && arn.resource.startsWith(typePrefix);
};

/** Within its account such a policy adds to what permissions give, to whom it names. */
const onlyGives = ({ policy, isUnread }: Policed): boolean => policy !== null && !isUnread && policy.policy.denies.length === 0;

/** Most policies of functions only let a service call them, which changes nothing for principals. */
const concernsPrincipals = ({ policy, isUnread }: Policed): boolean =>
  isUnread ||
  policy === null ||
  policy.policy.denies.length > 0 ||
  policy.policy.allows.some(({ principals }) => principals === null || principals.some(({ kind }) => kind === "AWS"));

/** Every action of the technique; null when one is not allowed. */
function allOf({ onAnything }: ComputeTechnique, on: (action: string) => readonly Selected[]): Selected | null {
  const parts = onAnything.map((action) => on(action)[0]);
  if (!parts.every((part) => part !== undefined)) return null;
  return {
    facts: parts.flatMap(({ facts }) => facts),
    conditions: [...new Set(parts.flatMap(({ conditions }) => conditions))],
    ways: allWays(...parts.map(({ ways }) => ways)),
  };
}

function addEdge(
  draft: GraphDraft,
  { from, thing, technique }: { from: string; thing: Thing; technique: ComputeTechnique },
  { facts, conditions, ways }: Selected,
): void {
  const { stillNeeds } = technique.compute;
  const open = [...conditions, ...(stillNeeds === undefined ? [] : [stillNeeds])];
  draft.addEdge({
    from,
    to: thing.key,
    kind: technique.edge,
    conditional: open.length > 0,
    level: null,
    why: resting(evidence(facts, technique.id, open), stillNeeds === undefined ? ways : allWays(ways, [[openNeed]])),
  });
}
