import { expect, test } from "vitest";
import { kindSentence } from "./kind-sentence.ts";

test("kinds are counted in words, most first as given", () => {
  const kinds = [
    { subkind: "secret", count: 20 },
    { subkind: "policy", count: 2 },
    { subkind: "ci_pipeline", count: 1 },
    { subkind: "account", count: 1 },
  ];
  expect(kindSentence(kinds)).toBe("20 secrets, 2 policies, 1 CI pipeline, the account itself");
});

test("beyond five kinds the others are one number", () => {
  const kinds = ["a", "b", "c", "d", "e", "f", "g"].map((subkind) => ({ subkind, count: 2 }));
  expect(kindSentence(kinds)).toBe("2 as, 2 bs, 2 cs, 2 ds, 2 es and 4 others");
});
