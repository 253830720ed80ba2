import { expect, test } from "vitest";
import { deceptionIn, spelledOut } from "./deceptive-text.ts";

test.each([
  ["svc-billing", null],
  ["Zoë Müller", null],
  ["Ναυτιλία", null],
  ["служба-доставки", null],
  ["أمن الشبكة", null],
  ["支払いボット", null],
  ["deploy 👩‍🚀", null],
  ["5 μs-timer", null],
  ["key\u202egpj", "direction"],
  ["admin\u2066x\u2069", "direction"],
  ["svc\u200b-billing", "hidden"],
  ["svc-billing\ufeff", "hidden"],
  ["svc-\u{e0061}a", "hidden"],
  ["svc-\u0430dmin", "look_alike"],
  ["\u0440\u0430\u0443", "look_alike"],
  ["\u0391dmin", "look_alike"],
  ["\uff41dmin", "look_alike"],
  ["\u{1d41a}dmin", "look_alike"],
])("%s: %s", (name, deception) => {
  expect(deceptionIn(name)).toBe(deception);
});

test("spelled out, names that look the same differ", () => {
  expect(spelledOut("svc-\u0430dmin \u{1f680}")).toBe("svc-\\u{430}dmin \\u{1f680}");
});
