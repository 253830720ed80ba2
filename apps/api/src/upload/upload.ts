import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@rollcall/platform";
import type { TableMapping } from "@rollcall/nhi-model";
import type { ImportFile } from "@rollcall/posture-pipeline";

/** What somebody handed over, whatever the transport. Bytes stay in memory: they may contain secrets. */
export interface Upload {
  readonly files: readonly ImportFile[];
  readonly asOf: string | null;
  readonly account: string | null;
  /** Which column of a table is what, when the sender says so. */
  readonly table: TableMapping | null;
}

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();

/** `2019-05-07` or RFC 3339; a day means its last second, because an export of that day knows the whole day. */
export function instantOf(text: string, name: string): string {
  if (day.safeParse(text).success) return `${text}T23:59:59Z`;
  const parsed = instant.safeParse(text);
  if (parsed.success) return new Date(parsed.data).toISOString();
  throw new AppError("invalid_input", `${name} must be a date such as 2026-05-07 or 2026-05-07T09:30:00Z`, {
    fields: [{ pointer: `/${name}`, message: "is not a date" }],
  });
}

/** Keeps the last step of a path, without control characters. Names are shown, never used as paths. */
export function cleanFileName(name: string | undefined): string {
  // eslint-disable-next-line no-control-regex
  const last = (name ?? "")
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "")
    .split(/[\\/]/)
    .pop()
    ?.trim()
    .slice(0, 255);
  return last === undefined || last === "" ? "upload" : last;
}

/** Same upload, same hash, whatever the multipart boundary: a retry with the same Idempotency-Key must be recognised. */
export function uploadHash(upload: Upload): string {
  const hash = createHash("sha256").update(JSON.stringify([upload.asOf, upload.account, upload.table]));
  for (const file of upload.files) hash.update(JSON.stringify([file.name, file.modifiedAt, file.bytes.length])).update(file.bytes);
  return hash.digest("hex");
}
