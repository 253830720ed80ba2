import { z } from "zod";
import { errorCodes, type Problem } from "@rollcall/platform";

/** RFC 9457. `code` is stable, `detail` is written for a person. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(errorCodes),
    requestId: z.string(),
    errors: z
      .array(z.object({ pointer: z.string(), message: z.string() }))
      .readonly()
      .optional(),
  })
  .meta({ id: "Problem" }) satisfies z.ZodType<Problem>;

const described = (description: string) => ({ description, content: { "application/problem+json": { schema: problem } } });

/** Answers every route can give. */
export const commonProblems = {
  400: described("The request is not valid"),
  401: described("Not signed in, or the API key is not valid"),
  403: described("The role or the scope of the key does not allow this"),
  404: described("Not found"),
  429: described("Too many requests; see Retry-After"),
  503: described("Temporarily unavailable; see Retry-After"),
} as const;
export const describedProblem = described;
