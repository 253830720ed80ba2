import type { GraphDraft } from "../draft.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { EdgeKind, Way } from "../types.ts";
import { statementGround } from "../ways.ts";
import { lowerAction } from "./action-name.ts";
import { parseArn } from "./arn.ts";
import type { PrincipalChains } from "./chains.ts";
import { alsoNeeding } from "./escalation-edges.ts";
import { onSomething } from "./on-something.ts";
import { hasWildcard } from "./glob.ts";
import { PossibleTechniques } from "./possible-techniques.ts";
import { addSelectionEdges } from "./hubs.ts";
import type { Hubs } from "./hubs.ts";
import type { PolicySet } from "./evaluate.ts";
import type { CompiledStatement } from "./policy.ts";
import { inForcePrefix } from "./support.ts";
import { selectTargets, targetClass } from "./target-class.ts";
import type { ClassMember, Selection, TargetClass } from "./target-class.ts";
import { takeOverTechniques } from "./take-over-techniques.ts";
import type { ComputeTarget, TakeOverTechnique } from "./take-over-technique.ts";
import { PolicedCompute } from "./policed-compute.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

interface ComputeTechnique extends TakeOverTechnique {
  readonly compute: ComputeTarget;
}

const computeTechniques = takeOverTechniques.filter((technique): technique is ComputeTechnique => technique.compute !== undefined);
const possibleOnThings = new PossibleTechniques(computeTechniques);

interface Found {
  readonly technique: string;
  readonly kind: EdgeKind;
  readonly conditions: readonly string[];
  readonly selection: Selection;
  readonly targets: TargetClass;
}

/**
 * Techniques on things that already run as a role, where the inventory lists the thing: control of it leads to exactly
 * the role it runs as. Without the listing, the same techniques lead conditionally to every role it might run as.
 */
export class ComputeControlEdges {
  readonly #draft: GraphDraft;
  readonly #hubs: Hubs;
  /** By account and kind of thing. */
  readonly #classes: ReadonlyMap<string, TargetClass>;
  /** ARNs of things whose role is known. */
  readonly #withRole = new Set<string>();
  /** Things whose own policies have a say. */
  readonly #policed: PolicedCompute;
  /** By signature of the principal. */
  readonly #remembered = new Map<string, readonly Found[]>();

  constructor(context: BuildContext, world: AwsWorld, hubs: Hubs) {
    const { draft, inventory } = context;
    this.#draft = draft;
    this.#policed = new PolicedCompute(context, world, computeTechniques);
    this.#hubs = hubs;
    const members = new Map<string, ClassMember[]>();
    for (const located of inventory.allResources) {
      const arn = parseArn(located.entity.ref);
      const kind = arn === null ? undefined : computeTechniques.find(({ compute }) => isOf(compute, arn))?.compute;
      if (arn === null || kind === undefined || this.#policed.decides(located.entity.ref)) continue;
      const facts = [{ ref: located.entity.ref, detail: `belongs to account ${arn.account}` }];
      const id = classId(arn.account, kind);
      const list = members.get(id) ?? [];
      members.set(id, list);
      list.push({ arn: located.entity.ref, key: located.key, conditions: [], facts, ways: [[]] });
    }
    for (const grant of inventory.grants)
      if (grant.grantKind === "RUNS_AS" || grant.grantKind === "instance_profile") this.#withRole.add(grant.from);
    this.#classes = new Map([...members].map(([id, list]) => [id, classOf(id, list)]));
  }

  /** After the principals: whom the policies of things let in from outside. */
  addOutside(): void {
    this.#policed.addOutside(this.#draft);
  }

  add(principal: AwsPrincipal, chains: PrincipalChains): void {
    this.#policed.add(this.#draft, principal, chains);
    let found = this.#remembered.get(principal.signature);
    if (found === undefined) this.#remembered.set(principal.signature, (found = this.#find(principal)));
    for (const { technique, kind, conditions, selection, targets } of found)
      addSelectionEdges(
        this.#draft,
        { from: principal.key, kind, technique, conditions, chains },
        { selection, targets, hubs: this.#hubs },
      );
  }

  #find({ account, policies }: AwsPrincipal): Found[] {
    const found: Found[] = [];
    for (const { id, edge, compute, onAnything } of possibleOnThings.of(policies)) {
      const targets = this.#classes.get(classId(account, compute));
      if (targets === undefined) continue;
      const extra = onSomething(policies, compute.elsewhere ?? [], account);
      if (extra === null) continue;
      const onIt = onAnything.filter((action) => compute.elsewhere?.includes(action) !== true);
      const selection = selectTargets(
        policies,
        onIt.map((action) => ({ action })),
        targets,
      );
      const conditions = [...extra.conditions, ...(compute.stillNeeds === undefined ? [] : [compute.stillNeeds])];
      if (selection.everyone !== null || selection.some.length > 0)
        found.push({ technique: id, kind: edge, conditions, selection: alsoNeeding(selection, extra), targets });
    }
    return found;
  }

  /** Null when the policies name only things whose role is known: nothing else can be reached this way. */
  unsettled(policies: PolicySet, { compute, onAnything }: TakeOverTechnique): Way | null {
    if (compute === undefined) return [];
    const action = onAnything.find((each) => compute.elsewhere?.includes(each) !== true)!;
    const isSettled = ({ notResources, resources }: CompiledStatement): boolean =>
      notResources === null &&
      resources.every((pattern) => !hasWildcard(pattern) && !pattern.includes("${") && this.#withRole.has(pattern));
    // A limit that names such things alone leaves nothing else either.
    if (policies.ceilings.some(({ policy }) => policy.matching(lowerAction(action)).allows.every(isSettled))) return null;
    const open = policies.identity.flatMap(({ ref, policy }) =>
      policy
        .matching(lowerAction(action))
        .allows.filter((statement) => !isSettled(statement))
        .map((statement) => [statementGround(ref, statement.id), `${inForcePrefix}${ref}`]),
    );
    return open.length === 0 ? null : [open];
  }
}

const isOf = ({ arnService, typePrefix }: ComputeTarget, arn: { readonly service: string; readonly resource: string }): boolean =>
  arn.service === arnService && arn.resource.startsWith(typePrefix);

const classId = (account: string, { arnService, typePrefix }: ComputeTarget): string =>
  `${account} ${arnService} ${typePrefix.slice(0, -1)}`;

function classOf(id: string, members: readonly ClassMember[]): TargetClass {
  const [account, service, type] = id.split(" ") as [string, string, string];
  const partition = members[0]!.arn.split(":")[1]!;
  return targetClass(
    {
      id: `${service}-${type}`,
      account,
      label: `every ${type} of ${service} in account ${account}`,
      prefix: `arn:${partition}:${service}:`,
    },
    members,
  );
}
