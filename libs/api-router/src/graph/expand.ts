import { z } from "zod";
import type { ReachedPage } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { assertOwnNode } from "../words/own-node.ts";
import { nodeReference } from "./picture-input.ts";

/** What stands behind one mark of a picture, or behind all of it, a page at a time. */
export const expand = authed(everyone, "own")
  .input(
    z.strictObject({
      node: nodeReference,
      view: z.enum(["out", "in"]).default("out"),
      group: z.string().min(1).max(512).nullable().default(null),
      search: z.string().trim().max(200).default(""),
      cursor: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
  )
  .query(async ({ ctx, input: { cursor, view, ...rest }, signal }): Promise<ReachedPage> => {
    await assertOwnNode(ctx, rest.node);
    const input = { ...rest, direction: view, offset: Number(cursor ?? "0") };
    return ctx.services.graphs.ask(ctx.workspaceId, { name: "members", input }, { signal });
  });
