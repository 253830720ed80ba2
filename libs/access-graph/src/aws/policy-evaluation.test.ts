import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { awsInventory } from "../testing/aws-account.ts";
import { can } from "./authorize/can.ts";

interface Case {
  readonly files: { readonly gaads: readonly string[]; readonly resources?: readonly string[]; readonly scps?: readonly string[] };
  readonly inp: readonly [string, string, string, (readonly string[])?, unknown?, boolean?];
  readonly out: boolean;
}

const folder = resolve(import.meta.dirname, "../../../../../shared/data/aws-policy-evaluation");
const present = existsSync(folder);
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const cases = present ? (read("_truth.json") as Case[]) : [];

describe.skipIf(!present)("answers of ../shared/data/aws-policy-evaluation", () => {
  it("has the cases this covers", () => {
    expect(cases.length).toBe(22);
  });
  for (const [index, { files, inp, out }] of cases.entries()) {
    const [principal, action, resource, known = [], , strict = false] = inp;
    const title = [...files.gaads, ...(files.resources ?? []), ...(files.scps ?? []), principal.split("/").at(-1), action, ...known].join(
      " ",
    );
    it(`${index}: ${title}${strict ? " strictly" : ""}`, () => {
      const answer = can(awsInventory(read(files.gaads[0]!) as Parameters<typeof awsInventory>[0]), {
        principal,
        action,
        resource,
        ...(known.length === 0 ? {} : { context: Object.fromEntries(known.map((pair) => pair.split("=", 2))) }),
        ...(files.resources === undefined ? {} : { resourcePolicy: read(files.resources[0]!) }),
        ...(files.scps === undefined ? {} : { scps: read(files.scps[0]!) }),
      });
      // The questions ask "possibly allowed" unless strict.
      expect(answer.decision === "allowed" || (answer.decision === "conditional" && !strict), JSON.stringify(answer)).toBe(out);
    });
  }
});
