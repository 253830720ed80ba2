import { z } from "zod";
import { usageError } from "./exit.ts";

/** `2026-05-07` or RFC 3339; a day means its last second, because an export of that day knows the whole day. */
export function instantOption(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (z.iso.date().safeParse(text).success) return `${text}T23:59:59.000Z`;
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return new Date(text).toISOString();
  throw usageError(`--${name} ${text} is not a date (2026-11-21 or 2026-11-21T10:00:00Z).`);
}
