import { z } from "zod";
import { criticality, environment } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import type { AuthedContext } from "../trpc.ts";
import { attestedFacts } from "../words/attested-facts.ts";
import { found } from "../words/found.ts";
import { ownsIdentity } from "../words/ownership.ts";

export const statedInput = z
  .strictObject({
    ownerLabel: z.string().trim().min(1).max(200).optional(),
    ownerEmail: z.email().max(320).optional(),
    purpose: z.string().trim().min(1).max(2000).optional(),
    environment: environment.optional(),
    criticality: criticality.optional(),
    reviewedNow: z.literal(true).optional(),
    retirementTrigger: z.string().trim().min(1).max(1000).optional(),
  })
  .refine((facts) => Object.values(facts).some((value) => value !== undefined), { error: "State at least one fact" });

export type Stated = z.infer<typeof statedInput> & { readonly reason?: string | undefined };

/** States facts about one identity; owners only about their own. */
export async function attestOne(ctx: AuthedContext, id: string, { reason, ...stated }: Stated): Promise<void> {
  if (ctx.role === "owner") await assertOwns(ctx, id);
  const facts = attestedFacts(
    { ...stated, ...(reason === undefined ? {} : { reason }) },
    ctx.viewer,
    ctx.services.clock.now().toISOString(),
  );
  found((await ctx.services.triage.attest(ctx.workspaceId, id, facts, ctx.viewer.userId ?? "api-key")) || null, "identity");
}

async function assertOwns(ctx: AuthedContext, id: string): Promise<void> {
  const detail = found(await ctx.services.read.identity(ctx.workspaceId, id), "identity");
  if (ownsIdentity(detail, ctx.viewer)) return;
  throw new AppError("forbidden", "You can state facts only about identities you own or have a task for");
}

/** Owner, environment and review count in the score: what was stated has to be judged. */
export async function askForAnalysis(ctx: AuthedContext): Promise<void> {
  await ctx.services.ingestions.addToOutbox(ctx.workspaceId, {
    name: "analyse-workspace",
    payload: { workspaceId: ctx.workspaceId, syncId: null },
  });
}
