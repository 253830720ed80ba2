import { expect, it } from "vitest";
import { danglingRules } from "@rollcall/framework-mapping";
import { rules } from "@rollcall/risk-scoring";

/** Neither library knows the other: here both are seen. */
it("every catalogue links only to rules that exist", () => {
  const ids = rules.map(({ id }) => id);
  expect(danglingRules(ids)).toEqual([]);
  expect(danglingRules(ids.filter((id) => id !== "ROT-001")).length).toBeGreaterThan(0);
});
