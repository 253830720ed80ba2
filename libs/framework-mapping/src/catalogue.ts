import { z } from "zod";

/**
 * A control of a framework with the rules that answer it. `assessable` says by what means it can be judged; `extent`
 * "partial" marks a control of which the rules answer only a part, with the rest named in `reason`.
 */
export const control = z.strictObject({
  id: z.string().min(1),
  label: z.string().min(1).max(160),
  parent: z.string().optional(),
  /** Other spellings, and ids of superseded versions that overlap with this control. */
  aliases: z.array(z.string()).optional(),
  url: z.url().optional(),
  assessable: z.enum(["rules", "manual", "not_assessable"]),
  extent: z.literal("partial").optional(),
  reason: z.string().optional(),
  rules: z.array(z.string()),
});
export type Control = z.infer<typeof control>;

export const catalogue = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  publisher: z.string(),
  url: z.url(),
  licence: z.string(),
  attribution: z.string().optional(),
  controls: z.array(control).min(1),
});
export type Catalogue = z.infer<typeof catalogue>;
