import { expect, it } from "vitest";
import { lifecycleStateOf } from "./lifecycle-state.ts";
import type { LifecycleInput } from "./lifecycle-state.ts";

const base: LifecycleInput = { status: "active", registered: true, dormant: false, decommissioned: false, missingSince: null, goneAt: null };

it.each<[Partial<LifecycleInput>, string]>([
  [{}, "active"], [{ registered: false }, "discovered"], [{ status: null }, "registered"], [{ dormant: true }, "dormant"],
  [{ status: "disabled", dormant: true }, "disabled"], [{ decommissioned: true }, "decommissioned"],
  [{ missingSince: "2026-01-01T00:00:00Z", dormant: true }, "missing"], [{ goneAt: "2026-01-01T00:00:00Z", missingSince: "2026-01-01T00:00:00Z" }, "gone"],
])("%o is %s", (change, state) => {
  expect(lifecycleStateOf({ ...base, ...change })).toBe(state);
});
