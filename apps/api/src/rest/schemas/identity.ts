import { z } from "zod";
import { playbook } from "@rollcall/nhi-model";
import type { IdentityView } from "@rollcall/posture-pipeline";
import { credentialRow, evidence, findingRow, identityRow, taskRow } from "./rows.ts";

const text = z.string();
const maybe = z.string().nullable();

export const scoreTerm = z
  .object({
    id: text,
    label: text,
    min: z.number(),
    max: z.number(),
    cap: z.number(),
    why: text,
    evidence,
  })
  .meta({ id: "ScoreTerm" });

/** A value with where it comes from, or the reason why it is not known and what would make it known. */
export const factView = z
  .union([
    z.object({ path: text, label: text, value: text, source: text, observedAt: text }),
    z.object({ path: text, label: text, unknown: text, howToKnow: text }),
  ])
  .meta({ id: "Fact" });

export const identityView = identityRow
  .extend({
    ref: text,
    nativeId: text,
    asOf: text,
    firstSeenAt: text,
    missingSince: maybe,
    goneAt: maybe,
    terms: z.array(scoreTerm).readonly(),
    actions: z.array(z.object({ playbook, label: text, min: z.number(), max: z.number() })).readonly(),
    facts: z.array(factView).readonly(),
    credentials: z.array(credentialRow).readonly(),
    ownerClaims: z.array(z.object({ label: text, signal: text, weight: z.number(), status: text })).readonly(),
    usage: z.array(z.object({ service: maybe, lastUsedAt: maybe, observedDays: z.number().nullable() })).readonly(),
    findings: z.array(findingRow).readonly(),
    tasks: z.array(taskRow).readonly(),
    unknownRules: z.array(z.object({ ruleId: text, title: text, fields: z.array(text).readonly() })).readonly(),
    grants: z.array(z.object({ ref: text, kind: text, to: text, toLabel: text })).readonly(),
  })
  .meta({ id: "Identity" }) satisfies z.ZodType<IdentityView>;
