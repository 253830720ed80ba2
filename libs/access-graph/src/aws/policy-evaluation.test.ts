import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { decide } from "./evaluate.ts";
import { awsInventory } from "../testing/aws-account.ts";
import { awsPolicySets } from "./aws-policy-sets.ts";

interface Case {
  readonly files: { readonly gaads: readonly string[]; readonly resources?: readonly string[]; readonly scps?: readonly string[] };
  readonly inp: readonly [string, string, string, (readonly string[])?, unknown?, boolean?];
  readonly out: boolean;
}

const folder = resolve(import.meta.dirname, "../../../../../shared/data/aws-policy-evaluation");
const present = existsSync(folder);
const cases: Case[] = present ? JSON.parse(readFileSync(join(folder, "_truth.json"), "utf8")) : [];
/** Resource policies and organisation policies are not evaluated yet: those cases are left out here, not passed by luck. */
const inScope = cases.filter((each) => each.files.resources === undefined && each.files.scps === undefined);

describe.skipIf(!present)("answers of ../shared/data/aws-policy-evaluation", () => {
  it("has the cases this covers", () => {
    expect(inScope.length).toBe(13);
  });
  for (const [
    index,
    {
      files,
      inp: [principal, action, resource, known = [], , strict = false],
      out,
    },
  ] of inScope.entries()) {
    it(`${index}: ${files.gaads.join()} ${principal.slice(principal.lastIndexOf("/") + 1)} ${action} ${strict ? "strictly" : ""} ${known.join()}`, () => {
      const input = awsInventory(JSON.parse(readFileSync(join(folder, files.gaads[0]!), "utf8")));
      const policies = awsPolicySets(input).get(principal);
      const context = new Map(known.map((pair) => [pair.split("=")[0]!.toLowerCase(), [pair.split("=")[1]!]] as const));
      const crossAccount = resource.split(":")[4] !== "" && resource.split(":")[4] !== principal.split(":")[4];
      const verdict = policies === undefined ? "implicitly_denied" : decide(policies, { action, resource, context }).decision;
      // The questions ask "possibly allowed" unless strict; another account's resource needs that account's consent.
      expect(!crossAccount && (verdict === "allowed" || (verdict === "conditional" && !strict))).toBe(out);
    });
  }
});
