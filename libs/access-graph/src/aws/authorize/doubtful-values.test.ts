import { describe, expect, it } from "vitest";
import { decide } from "../evaluate.ts";
import { compilePolicy } from "../policy.ts";

/** Documents of an inventory are evaluated as they are: AWS took them. */
function decided(condition: Readonly<Record<string, unknown>>, effect: "Allow" | "Deny", isComplete = true): string {
  const statement = { Effect: effect, Action: "s3:*", Resource: "*", Condition: condition };
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const document = { Version: "2012-10-17", Statement: effect === "Deny" ? [everything, statement] : [statement] };
  const context = new Map([
    ["s3:max-keys", ["5"]],
    ["aws:sourceip", ["10.0.0.1"]],
    ["aws:referer", ["a"]],
  ]);
  const identity = [{ ref: "p", policy: compilePolicy(document) }];
  return decide(
    { identity, ceilings: [], unknownCeilings: [], variables: new Map() },
    { action: "s3:GetObject", resource: "arn:aws:s3:::b/k", context, isComplete },
  ).decision;
}

describe("a condition with values that its operator cannot read", () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["a variable for a number", { NumericNotEquals: { "s3:max-keys": "${aws:username}" } }],
    ["a variable for a range", { NotIpAddress: { "aws:SourceIp": "${aws:PrincipalTag/ip}" } }],
    ["a variable beside a range", { IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "${aws:PrincipalTag/ip}"] } }],
    ["no number", { NumericEquals: { "s3:max-keys": "few" } }],
    ["neither true nor false", { Null: { "aws:Referer": "perhaps" } }],
    ["no value at all", { StringNotEquals: { "aws:Referer": [] } }],
  ])("grants nothing and denies: %s", (_, condition) => {
    expect(decided(condition, "Allow")).toBe("implicitly_denied");
    expect(decided(condition, "Deny")).toBe("explicitly_denied");
    expect(decided(condition, "Allow", false)).toBe("conditional");
    expect(decided(condition, "Deny", false)).toBe("conditional");
  });
  it("is judged as ever where it can read them", () => {
    expect(decided({ NumericNotEquals: { "s3:max-keys": "6" } }, "Allow")).toBe("allowed");
    expect(decided({ Null: { "aws:Referer": "false" } }, "Allow")).toBe("allowed");
    expect(decided({ IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }, "Deny")).toBe("allowed");
  });
});
