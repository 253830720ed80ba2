import { z } from "zod";
import { accessLevel } from "@rollcall/nhi-model";
import type { ChokePointsView, GraphNodeView, RadiusView, WhatIfView } from "@rollcall/posture-pipeline";
import { band, interval } from "./rows.ts";

const text = z.string();
const maybe = z.string().nullable();
const count = z.number().int();

export const graphNode = z
  .object({
    key: text,
    entityId: maybe,
    kind: text,
    subkind: text,
    label: text,
    provider: text,
    account: maybe,
    environment: maybe,
    weight: count,
    weightReason: maybe,
    tierZero: z.boolean(),
  })
  .meta({ id: "GraphNode" }) satisfies z.ZodType<GraphNodeView>;

const sourceLag = z.object({
  id: text,
  name: text,
  asOf: maybe,
  reason: z.enum(["failing", "not_connected", "stale", "partial"]),
  datasets: z.array(text).readonly(),
});
const gap = z.object({ what: text, ref: text, who: text, detail: text });
export const beforeAfter = z.object({ before: interval, after: interval });

/** One step of a plan. Statement ids are those of the document as it is now. */
export const planChange = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("revoke_credential"), credential: text }),
    z.object({ kind: z.literal("rotate_credential"), credential: text }),
    z.object({ kind: z.literal("delete_identity"), identity: text }),
    z.object({ kind: z.literal("remove_grant"), grant: text }),
    z.object({ kind: z.literal("remove_statement"), policy: text, statement: text }),
    z.object({ kind: z.literal("narrow_policy"), policy: text, document: z.unknown() }),
    z.object({
      kind: z.literal("narrow_statement"),
      policy: text,
      statement: text,
      removeActions: z.array(text).readonly(),
      removeResources: z.array(text).readonly(),
      addConditions: z.array(z.object({ operator: text, key: text, values: z.array(text).readonly() })).readonly(),
    }),
  ])
  .meta({ id: "PlanChange" });

export const blastRadius = z
  .object({
    version: text,
    node: graphNode,
    blast: z.object({
      min: z.number(),
      max: z.number(),
      pctMin: z.number(),
      pctMax: z.number(),
      severity: band,
      tierZero: z.enum(["yes", "conditional", "no"]),
      assets: interval,
      identities: interval,
      sensitive: count,
      environments: z.array(text).readonly(),
      escalations: z.array(text).readonly(),
    }),
    atLeast: z.boolean(),
    gaps: z.array(gap).readonly(),
    gapsTotal: count,
    lags: z.array(sourceLag).readonly(),
    oldest: z.object({ id: text, name: text, asOf: text }).nullable(),
  })
  .meta({ id: "BlastRadius" }) satisfies z.ZodType<Omit<RadiusView, "picture"> & { readonly node: GraphNodeView }>;

export const whatIfAnswer = z
  .object({
    version: text,
    planId: z.uuid(),
    steps: z.array(z.object({ change: planChange, title: text })).readonly(),
    inexact: z.array(text).readonly(),
    atLeast: z.boolean(),
    risk: beforeAfter,
    riskCutPct: z.number(),
    focus: z
      .object({
        node: graphNode,
        remains: z.boolean(),
        radius: beforeAfter,
        pct: beforeAfter,
        score: beforeAfter.nullable(),
        lost: z
          .array(z.object({ node: graphNode, before: accessLevel, after: accessLevel.nullable(), nowConditional: z.boolean() }))
          .readonly(),
        lostTotal: count,
        outOfReach: count,
        remaining: z.array(graphNode).readonly(),
        remainingTotal: count,
      })
      .nullable(),
    broken: z.array(z.object({ node: graphNode, edges: count, used: z.enum(["used", "unused", "unknown"]), lastUsedAt: maybe })).readonly(),
    brokenTotal: count,
    consumersToUpdate: z.array(graphNode).readonly(),
  })
  .meta({ id: "WhatIf" }) satisfies z.ZodType<
  Omit<WhatIfView, "focus" | "steps"> & { readonly focus: Omit<NonNullable<WhatIfView["focus"]>, "picture"> | null }
>;

const chokePoint = z.object({
  planId: z.uuid(),
  changes: z.array(planChange).readonly(),
  title: text,
  cut: interval,
  cutPct: z.number(),
  affected: count,
  used90d: count.nullable(),
  focus: graphNode.nullable(),
});
const fixPair = z.object({ title: text, changes: z.array(planChange).readonly(), cut: interval, cutPct: z.number() });

const ranking = z.object({
  state: z.literal("ready"),
  version: text,
  risk: interval,
  entries: count,
  ranked: z.array(chokePoint).readonly(),
  redundant: z
    .array(z.object({ title: text, changes: z.array(planChange).readonly(), alsoVia: z.array(text).readonly(), pair: fixPair.nullable() }))
    .readonly(),
  work: z.object({ candidates: count, evaluated: count, pruned: count }),
  atLeast: z.boolean(),
});
/** The ranking names at compile time every field the view has. */
type Named = keyof z.infer<typeof ranking>;
export const chokePointsAnswer = z
  .discriminatedUnion("state", [ranking, z.object({ state: z.literal("computing"), since: text })])
  .meta({ id: "ChokePoints" });
export type NamedInRanking = keyof ChokePointsView extends Named ? true : never;
