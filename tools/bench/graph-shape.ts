import type { CompactGraph } from "@rollcall/access-graph";

/** Numbers that are the same on every machine and in every run. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** 0 <= x < 1. */
  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }
  below(count: number): number {
    return Math.floor(this.next() * count);
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
}

const conditional = 16;
const identity = 1;
const tierZero = 2;
const environments = ["development", "production", "staging"];

/** Edges and node attributes while a graph is made. */
class Sketch {
  readonly nodes: number;
  readonly weights: Uint8Array;
  readonly flags: Uint8Array;
  readonly environmentOf: Int32Array;
  #from = new Int32Array(1 << 16);
  #to = new Int32Array(1 << 16);
  #tags = new Uint8Array(1 << 16);
  edges = 0;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.weights = new Uint8Array(nodes);
    this.flags = new Uint8Array(nodes);
    this.environmentOf = new Int32Array(nodes).fill(-1);
  }

  add(from: number, to: number, tag: number): void {
    if (from === to) return;
    if (this.edges === this.#from.length) {
      const wider = <T extends Int32Array | Uint8Array>(array: T, larger: T): T => (larger.set(array), larger);
      this.#from = wider(this.#from, new Int32Array(this.edges * 2));
      this.#to = wider(this.#to, new Int32Array(this.edges * 2));
      this.#tags = wider(this.#tags, new Uint8Array(this.edges * 2));
    }
    this.#from[this.edges] = from;
    this.#to[this.edges] = to;
    this.#tags[this.edges++] = tag;
  }

  finish(): CompactGraph {
    const offsets = new Int32Array(this.nodes + 1);
    for (let e = 0; e < this.edges; e++) offsets[this.#from[e]! + 1]!++;
    for (let node = 0; node < this.nodes; node++) offsets[node + 1]! += offsets[node]!;
    const next = offsets.slice(0, this.nodes);
    const targets = new Int32Array(this.edges);
    const tags = new Uint8Array(this.edges);
    for (let e = 0; e < this.edges; e++) {
      const at = next[this.#from[e]!]!++;
      targets[at] = this.#to[e]!;
      tags[at] = this.#tags[e]!;
    }
    const { nodes: nodeCount, weights, flags, environmentOf } = this;
    return { nodeCount, offsets, targets, tags, weights, flags, environmentOf, environments };
  }
}

interface Account {
  readonly first: number;
  readonly hubs: number;
  readonly resources: number;
  readonly roles: number;
  readonly identities: number;
}

/**
 * An estate: accounts of power-law size, 72 % identities, 8 % roles, 20 % resources of which a twentieth are secrets that
 * unlock an identity, scope hubs, 1.2 % of roles administrators of their account, 2 % trusted across accounts, one
 * management account. `edgesPerNode` is met by direct access of identities and roles; 2 % of edges are conditional.
 */
export function estateGraph(nodes: number, edgesPerNode: number, seed = 1): CompactGraph {
  const dice = new Dice(seed);
  const sketch = new Sketch(nodes);
  const accounts: Account[] = [];
  const largest = Math.min(60_000, Math.ceil(nodes * 0.3));
  for (let first = 0; first < nodes;) {
    const drawn = Math.min(largest, Math.floor(60 / Math.max(1e-6, dice.next())));
    const size = nodes - first - drawn < 60 ? nodes - first : drawn;
    const hubs = Math.max(1, Math.round(size / 2_000));
    const [resources, roles] = [Math.floor(size * 0.2) - hubs - 1, Math.floor(size * 0.08)];
    accounts.push({ first, hubs, resources, roles, identities: size - 1 - hubs - resources - roles });
    first += size;
  }
  for (const account of accounts) addAccount(sketch, dice, account);
  for (const account of accounts) {
    for (let role = 0; role < account.roles; role++) {
      if (!dice.chance(0.02)) continue;
      const other = accounts[dice.below(accounts.length)]!;
      if (other.roles > 0) control(sketch, dice, roleOf(other, dice.below(other.roles)), roleOf(account, role));
    }
    if (account.first > 0) sketch.add(accounts[0]!.first, account.first, 0);
  }
  addDirectAccess(sketch, dice, { accounts, wanted: nodes * edgesPerNode });
  return sketch.finish();
}

const resourceOf = (account: Account, index: number): number => account.first + 1 + account.hubs + index;
const roleOf = (account: Account, index: number): number => resourceOf(account, account.resources) + index;
const identityOf = (account: Account, index: number): number => roleOf(account, account.roles) + index;

const maybe = (dice: Dice): number => (dice.chance(0.02) ? conditional : 0);
const control = (sketch: Sketch, dice: Dice, from: number, to: number): void => sketch.add(from, to, maybe(dice));
const points = [5, 5, 5, 8, 8, 10];

function access(sketch: Sketch, dice: Dice, { from, account, index }: { from: number; account: Account; index: number }): void {
  const secret = index % 20 === 0;
  sketch.add(from, resourceOf(account, index), (secret ? 0 : points[dice.below(points.length)]!) + maybe(dice));
}

function addAccount(sketch: Sketch, dice: Dice, account: Account): void {
  const { first, hubs, resources, roles, identities } = account;
  const environment = dice.below(environments.length);
  sketch.weights[first] = 100;
  sketch.flags[first] = tierZero;
  for (let index = 0; index < resources; index++) {
    const node = resourceOf(account, index);
    sketch.weights[node] = 10 + dice.below(9) * 10;
    sketch.environmentOf[node] = environment;
    sketch.add(first, node, index % 20 === 0 ? 0 : 10);
    access(sketch, dice, { from: first + 1 + (index % hubs), account, index });
    if (index % 20 === 0) control(sketch, dice, node, identityOf(account, dice.below(identities)));
  }
  for (let role = 0; role < roles; role++) {
    const node = roleOf(account, role);
    sketch.flags[node] = identity;
    sketch.add(first, node, 0);
    if (dice.chance(0.012)) control(sketch, dice, node, first);
    if (dice.chance(0.1)) control(sketch, dice, node, first + 1 + dice.below(hubs));
  }
  for (let index = 0; index < identities; index++) {
    const node = identityOf(account, index);
    sketch.flags[node] = identity;
    sketch.add(first, node, 0);
    const memberships = roles === 0 ? 0 : dice.chance(0.15) ? 0 : dice.chance(0.3) ? 2 : 1;
    for (let each = 0; each < memberships; each++) control(sketch, dice, node, roleOf(account, dice.below(roles)));
  }
}

/** Roles get a large part of it: what many share is granted through them. */
function addDirectAccess(sketch: Sketch, dice: Dice, { accounts, wanted }: { accounts: readonly Account[]; wanted: number }): void {
  const missing = wanted - sketch.edges;
  for (const account of accounts) {
    const size = 1 + account.hubs + account.resources + account.roles + account.identities;
    const mine = Math.round((missing * size) / sketch.nodes);
    for (let each = 0; each < mine && account.resources > 0; each++) {
      const byRole = account.roles > 0 && each % 4 === 0;
      const from = byRole ? roleOf(account, dice.below(account.roles)) : identityOf(account, dice.below(account.identities));
      access(sketch, dice, { from, account, index: dice.below(account.resources) });
    }
  }
}

/** Preferential attachment without cycles: every reach set is large and none is like another. The worst case for shared sets. */
export function adversarialGraph(nodes: number, edgesPerNode = 5, seed = 2): CompactGraph {
  const dice = new Dice(seed);
  const sketch = new Sketch(nodes);
  const ends: number[] = [0];
  for (let node = 0; node < nodes; node++) {
    sketch.flags[node] = identity;
    if (node % 5 === 0) sketch.weights[node] = 10 + dice.below(9) * 10;
    for (let each = 0; each < edgesPerNode && node > 0; each++) {
      const to = ends[dice.below(ends.length)]!;
      sketch.add(node, to, 0);
      ends.push(to);
    }
    // Both ends of an edge count, as in the textbook model.
    for (let each = 0; each < edgesPerNode; each++) ends.push(node);
  }
  return sketch.finish();
}
