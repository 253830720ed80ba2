import { z } from "zod";
import type { RuleView } from "../words/rule-words.ts";
import { ruleView } from "../words/rule-words.ts";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

export const rule = authed(everyone, "own")
  .input(z.strictObject({ ruleId: z.string().min(1).max(64) }))
  .query(({ input }): RuleView => found(ruleView(input.ruleId), "rule"));
