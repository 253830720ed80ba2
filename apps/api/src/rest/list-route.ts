import { z } from "zod";
import { commonProblems } from "./schemas/problem.ts";

/** Answer of a list: JSON pages, or the whole filter as CSV. */
export const listResponse = <T extends z.ZodType>(row: T, what: string) => ({
  200: {
    description: `A page of ${what}; with \`Accept: text/csv\` all of them. \`Link: <...>; rel="next"\` names the next page.`,
    content: {
      "application/json": { schema: z.object({ items: z.array(row), nextCursor: z.string().nullable() }) },
      "text/csv": { schema: z.string() },
    },
  },
  ...commonProblems,
});
