import { expect, test } from "vitest";
import { changePlace } from "./change-place.ts";

test("a change is placed by the full name of what it touches", () => {
  expect(changePlace([{ kind: "delete_identity", identity: "identity:arn:aws:iam::111122223333:role/deploy" }])).toBe(
    "arn:aws:iam::111122223333:role/deploy",
  );
  expect(changePlace([{ kind: "remove_statement", policy: "arn:aws:iam::111122223333:policy/read", statement: "s1" }])).toBe(
    "arn:aws:iam::111122223333:policy/read",
  );
  expect(changePlace([{ kind: "remove_grant", grant: "01a2043c-3775-731c-a6c1-26522bfd00eb" }])).toBe("");
});
