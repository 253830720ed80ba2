import { z } from "zod";
import type { IdentityFilter } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import { actors } from "../access-matrix.ts";
import { identityFilter } from "../schemas/filters.ts";
import { authed, type AuthedContext } from "../trpc.ts";
import { found } from "../words/found.ts";
import { assertMayState, attestAll, statedInput } from "./attest-one.ts";

/** More than this at once is a sign of a wrong filter, and would hold the request too long. */
export const attestLimit = 1000;

export const attestManyInput = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(attestLimit).optional(),
    filter: identityFilter.optional(),
    facts: statedInput,
    reason: z.string().trim().min(1).max(1000),
  })
  .refine((input) => (input.ids === undefined) !== (input.filter === undefined), { error: "Give either ids or a filter" });

export interface AttestOutcome {
  readonly done: number;
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** The same facts with one reason about many identities. Each is judged by itself: one refusal does not undo the others. */
export const attestMany = authed(actors, "own")
  .input(attestManyInput)
  .mutation(async ({ ctx, input }): Promise<AttestOutcome> => {
    const targets = new Set(input.ids ?? (await idsOfFilter(ctx, input.filter ?? {})));
    const refused: { id: string; reason: string }[] = [];
    const refusedWhen = async (id: string, check: () => void | Promise<void>): Promise<boolean> => {
      try {
        await check();
        return false;
      } catch (error) {
        if (!(error instanceof AppError) || error.code === "unavailable") throw error;
        refused.push({ id, reason: error.message });
        return true;
      }
    };
    const allowed: string[] = [];
    for (const id of targets) if (!(await refusedWhen(id, () => assertMayState(ctx, id)))) allowed.push(id);
    const done = new Set(allowed.length === 0 ? [] : await attestAll(ctx, allowed, { ...input.facts, reason: input.reason }));
    for (const id of allowed) await refusedWhen(id, () => void found(done.has(id) || null, "identity"));
    return { done: done.size, refused };
  });

/** Every identity the filter shows now, refused rather than cut when there are too many. */
async function idsOfFilter(ctx: AuthedContext, filter: IdentityFilter): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.services.read.listIdentities(ctx.workspaceId, {
      filter,
      sort: "name",
      direction: "asc",
      page: { cursor, limit: 200 },
    });
    ids.push(...page.items.map((row) => row.id));
    if (ids.length > attestLimit) throw new AppError("too_large", `The filter matches more than ${attestLimit} identities. Narrow it`);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
