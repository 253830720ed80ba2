import { z } from "zod";

/** An opaque cursor of a previous page, and how many rows to give. */
export const pageInput = z.strictObject({
  cursor: z.string().max(2048).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export const idInput = z.strictObject({ id: z.uuid() });
