import { z } from "zod";

export const taskEvent = z.enum([
  "claim",
  "unclaim",
  "start",
  "submit",
  "snooze",
  "unsnooze",
  "except",
  "false_positive",
  "reopen",
  "assign",
]);
export type TaskEvent = z.infer<typeof taskEvent>;

const text = z.string().trim().min(1).max(4000);

/** What an event may carry; lifecycle's transition decides which of it the event needs. */
export const taskActionDetail = {
  event: taskEvent,
  until: z.iso.datetime({ offset: true }).optional(),
  assigneeId: z.string().min(1).max(128).nullable().optional(),
  reason: text.optional(),
  compensatingControl: text.optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
};
export const taskActionInput = z.strictObject({ id: z.uuid(), version: z.int().min(0), ...taskActionDetail });
export type TaskAction = Omit<z.infer<typeof taskActionInput>, "id" | "version">;
