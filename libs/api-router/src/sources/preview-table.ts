import { z } from "zod";
import { tableMapping, type TableSeen } from "@rollcall/nhi-model";
import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

const mostCharacters = 65_536;

/** What would come of a table. Nothing is stored; a mutation only because the text does not fit into an address. */
export const previewTable = authed(stewards)
  .input(
    z.strictObject({
      name: z.string().min(1).max(255),
      head: z.string().min(1).max(mostCharacters),
      mapping: tableMapping.nullable(),
    }),
  )
  .mutation(async ({ ctx, input: { name, head, mapping } }): Promise<TableSeen & { readonly saved: boolean }> => {
    const first = ctx.services.previewTable({ name, text: head }, mapping);
    if (mapping !== null) return { ...first, saved: false };
    // A table that came before under this name is read as it was then, as long as its columns are still there.
    const saved = await ctx.services.read.tableMapping(ctx.workspaceId, first.mapping?.source ?? name);
    const isThere = saved !== null && saved.columns.every(({ column }) => first.columns.some((one) => one.name === column));
    return isThere ? { ...ctx.services.previewTable({ name, text: head }, saved), saved: true } : { ...first, saved: false };
  });
