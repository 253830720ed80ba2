import { openNeed } from "../ways.ts";
import { trustNeed } from "./admitted.ts";
import { targetClass } from "./target-class.ts";
import type { ClassMember, TargetClass } from "./target-class.ts";
import type { TargetFacts } from "./target-facts.ts";
import type { TechniqueTarget } from "./take-over-technique.ts";
import { entriesOf } from "./role-entries.ts";
import type { TrustEntry } from "./trust.ts";
import { openedTo, serviceFor } from "./trust-opening.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";
import { isProtectedRole } from "./world.ts";

/** The target classes of one account, made on first use. */
export class PrincipalClasses {
  readonly #made = new Map<string, TargetClass>();
  readonly #facts: TargetFacts;
  readonly #world: AwsWorld;
  readonly #byAccount = new Map<string, AwsPrincipal[]>();

  constructor(world: AwsWorld, facts: TargetFacts) {
    this.#facts = facts;
    this.#world = world;
    for (const principal of world.principals) {
      const list = this.#byAccount.get(principal.account);
      if (list === undefined) this.#byAccount.set(principal.account, [principal]);
      else list.push(principal);
    }
  }

  of(account: string, target: TechniqueTarget): TargetClass {
    const id = `${account} ${target}`;
    let made = this.#made.get(id);
    if (made === undefined) this.#made.set(id, (made = this.#make(account, target)));
    return made;
  }

  #make(account: string, target: TechniqueTarget): TargetClass {
    const type = target.startsWith("users") ? "user" : "role";
    const principals = (this.#byAccount.get(account) ?? []).filter((principal) => principal.type === type);
    const partition = principals[0]?.arn.split(":")[1] ?? "aws";
    const prefix = `arn:${partition}:iam::${account}:${type}/`;
    const members = principals.flatMap((principal) => membership(principal, target, { known: this.#facts, world: this.#world }));
    return targetClass({ id: target.replace(":", "-"), account, label: labelOf(account, target), prefix }, members);
  }
}

function labelOf(account: string, target: TechniqueTarget): string {
  if (target === "users") return `all users of account ${account}`;
  if (target === "usersWithKeyRoom") return `users of account ${account} who may get another key`;
  if (target === "usersWithPassword") return `users of account ${account} with a password`;
  if (target === "usersWithoutPassword") return `users of account ${account} without a password`;
  if (target === "roles") return `all roles of account ${account}`;
  return `roles of account ${account} that ${runnerOf(target)} may run as`;
}

/** What a role must trust to be of the class. */
const runnerOf = (target: TechniqueTarget): string => target.slice(target.indexOf(":") + 1);

function membership(
  principal: AwsPrincipal,
  target: TechniqueTarget,
  { known, world }: { known: TargetFacts; world: AwsWorld },
): ClassMember[] {
  if (target === "users") return [memberOf(principal)];
  if (target === "usersWithKeyRoom") return known.withoutKeyRoom.has(principal.arn) ? [] : [memberOf(principal)];
  if (target === "roles") return isProtectedRole(principal.arn) ? [] : [memberOf(principal)];
  if (target === "usersWithPassword" || target === "usersWithoutPassword") {
    if (principal.hasPassword === null)
      return [
        { ...memberOf(principal), conditions: [`it has ${target === "usersWithPassword" ? "a" : "no"} password`], ways: [[openNeed]] },
      ];
    return principal.hasPassword === (target === "usersWithPassword") ? [memberOf(principal)] : [];
  }
  // AWS itself hands service-linked roles out; nobody can pass them.
  if (isProtectedRole(principal.arn)) return [];
  const service = runnerOf(target);
  const entries: TrustEntry[] = [];
  for (const entry of entriesOf(world, principal)) {
    const opened = trusts(entry, target, service) ? openedTo(entry, serviceFor(service, principal.account, world.moment)) : null;
    if (opened !== null) entries.push(opened);
  }
  if (entries.length === 0) return [];
  const best = entries.toSorted((a, b) => a.conditions.length - b.conditions.length)[0]!;
  const { id } = best.statement;
  const conditions = [
    ...best.conditions,
    ...(service === "ec2.amazonaws.com" && known.withoutInstanceProfile.has(principal.arn) ? ["an instance profile holds it"] : []),
  ];
  return [
    {
      arn: principal.arn,
      key: principal.key,
      conditions,
      facts: [{ ref: principal.arn, detail: `trust policy ${id} lets ${service} run as it` }],
      ways: [[trustNeed(principal, entries), ...conditions.slice(best.conditions.length).map(() => openNeed)]],
    },
  ];
}

const memberOf = (principal: AwsPrincipal): ClassMember => ({
  arn: principal.arn,
  key: principal.key,
  conditions: [],
  facts: [{ ref: principal.arn, detail: `a ${principal.type} of account ${principal.account}` }],
  ways: [[]],
});

const trusts = ({ party }: TrustEntry, target: TechniqueTarget, runner: string): boolean =>
  target.startsWith("federated:") ? party.kind === "oidc" && party.issuer === runner : party.kind === "service" && party.service === runner;
