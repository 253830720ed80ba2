import { GraphDraft } from "../draft.ts";
import { Inventory } from "../inventory.ts";
import type { GraphInput } from "../types.ts";
import type { PolicySet } from "./evaluate.ts";
import { awsWorld } from "./world.ts";

/** The policies in force on every AWS user and role of the inventory, by ARN: what `decide` answers questions with. */
export function awsPolicySets(input: GraphInput): ReadonlyMap<string, PolicySet> {
  const inventory = new Inventory(input);
  const grants = inventory.grants.filter((grant) => grant.dialect === "aws_iam");
  const { principals } = awsWorld({ inventory, grants, draft: new GraphDraft(), asOf: input.asOf });
  return new Map(principals.map((principal) => [principal.arn, principal.policies]));
}
