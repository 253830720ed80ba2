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

/** States facts about one identity; owners only about their own. The store announces the analysis that judges them. */
export async function attestOne(ctx: AuthedContext, id: string, stated: Stated): Promise<void> {
  await assertMayState(ctx, id);
  found((await attestAll(ctx, [id], stated))[0], "identity");
}

/** The same facts about many at once; returns the ids of those that exist. Whether this person may is asked before. */
export async function attestAll(ctx: AuthedContext, ids: readonly string[], { reason, ...stated }: Stated): Promise<readonly string[]> {
  const facts = attestedFacts(
    { ...stated, ...(reason === undefined ? {} : { reason }) },
    ctx.viewer,
    ctx.services.clock.now().toISOString(),
  );
  return ctx.services.triage.attestMany(ctx.workspaceId, ids, facts, ctx.viewer.userId ?? "api-key");
}

export async function assertMayState(ctx: AuthedContext, id: string): Promise<void> {
  if (ctx.role !== "owner") return;
  const detail = found(await ctx.services.read.identity(ctx.workspaceId, id), "identity");
  if (ownsIdentity(detail, ctx.viewer)) return;
  throw new AppError("forbidden", "You can state facts only about identities you own or have a task for");
}
