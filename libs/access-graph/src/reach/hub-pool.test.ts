import fc from "fast-check";
import { expect, it } from "vitest";
import { HubPool } from "./hub-pool.ts";
import type { ReachItems } from "./reach-items.ts";

const count = 9000;
/** Items worth their number, in three chunks. */
const items: ReachItems = {
  count,
  firstIdentity: count,
  firstItem: new Int32Array(0),
  itemsAt: new Uint8Array(0),
  identityItem: new Int32Array(0),
  recordOf: Int32Array.from({ length: count }, (_, item) => item),
  records: Float64Array.from({ length: count }, (_, item) => item + 1),
  laneCount: 1,
};

const step = fc.record({
  what: fc.constantFrom("edit", "edit", "edit", "unite", "extend", "share"),
  a: fc.nat(),
  b: fc.nat(),
  // Few items, so that some are met again.
  item: fc.nat(40).map((each) => (each * 1009) % count),
});

it("keeps every hub as it was made, whatever is made of it", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const pool = new HubPool(items);
      const sets = new Map([[pool.withItems(-1, Int32Array.of(1, 5000), 2), new Set([1, 5000])]]);
      pool.share();
      for (const { what, a, b, item } of steps) {
        const hubs = [...sets.keys()];
        const [hub, other] = [hubs[a % hubs.length]!, hubs[b % hubs.length]!];
        const set = sets.get(hub)!;
        if (what === "edit") {
          const adding = !set.has(item);
          const edited = pool.edited(hub, item, adding);
          if (edited !== hub) sets.set(edited, new Set(set));
          if (adding) sets.get(edited)!.add(item);
          else sets.get(edited)!.delete(item);
          continue;
        }
        // As after any full computation: hubs made so far may be in several sets.
        if (what === "unite") sets.set(pool.union(hub, other), new Set([...set, ...sets.get(other)!]));
        else if (what === "extend" && !set.has(item)) sets.set(pool.withItems(hub, Int32Array.of(item), 1), new Set([...set, item]));
        pool.share();
      }
      for (const [hub, set] of sets) {
        expect([...Array(count).keys()].filter((item) => pool.has(hub, item))).toEqual([...set].sort((x, y) => x - y));
        expect(pool.lanes[hub]).toEqual(Float64Array.of([...set].reduce((sum, item) => sum + item + 1, 0)));
      }
    }),
    { numRuns: 100 },
  );
});
