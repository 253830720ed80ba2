import { z } from "zod";
import type { FederationRow } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { sourceLimit } from "../api-keys/limits.ts";
import { claimCondition, missingPin } from "./claim-conditions.ts";

/** As the `iss` claim states it: compared character by character. */
const issuer = z
  .url({ protocol: /^https?$/, error: "is not the address of an issuer" })
  .max(512)
  .refine((text) => !/[?#]/.test(text), { error: "must not carry a query" });

/** Whose tokens are taken. There is no admin scope: what comes in without a person does not administer. */
export const create = authed(admins)
  .input(
    z.strictObject({
      serviceUserId: z.uuid(),
      name: z.string().trim().min(1).max(120),
      issuer,
      audience: z.string().trim().min(1).max(256),
      conditions: z.array(claimCondition).min(1).max(10),
      scopes: z
        .array(z.enum(["ingest", "read", "triage"]))
        .min(1)
        .max(3),
      sources: z.array(sourceLimit).max(50).default([]),
      tokenMinutes: z.int().min(1).max(60).default(15),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<FederationRow> => {
    const missing = missingPin(input.issuer, input.conditions);
    if (missing !== null) throw new AppError("invalid_input", missing, { fields: [{ pointer: "/conditions", message: missing }] });
    return ctx.services.machines.createFederation(ctx.workspaceId, {
      ...input,
      scopes: [...new Set(input.scopes)],
      sources: [...new Set(input.sources)],
      createdBy: ctx.viewer.userId,
    });
  });
