import { z } from "zod";
import { AppError } from "@rollcall/platform";
import type { PullAuth } from "@rollcall/posture-pipeline";

/** Short ones are guessed, and cannot be told from other text in an answer that repeats them. */
const secret = z
  .string()
  .min(8, "must have at least 8 characters")
  .max(8_192)
  .regex(/^[\u0021-\u007e](?:[\u0020-\u007e]*[\u0021-\u007e])?$/, "must be plain text without line breaks or surrounding spaces");
const ownHeaders = new Set([
  "host",
  "accept",
  "accept-encoding",
  "connection",
  "content-length",
  "cookie",
  "te",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "expect",
  "keep-alive",
  "trailer",
]);
const headerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "is not the name of a header")
  .refine(
    (name) => !ownHeaders.has(name.toLowerCase()) && !name.toLowerCase().startsWith("proxy-"),
    "is a header that Rollcall sets itself",
  );
const userName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\u0020-\u0039\u003b-\u007e]+$/, "must be plain text without a colon");
const expiresAt = z.iso.datetime({ offset: true }).nullable().default(null);

/** How the source is shown who asks. The secret is write-only. */
export const pullAuthInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("bearer"), secret, expiresAt }),
  z.strictObject({ kind: z.literal("header"), name: headerName, secret, expiresAt }),
  z.strictObject({ kind: z.literal("basic"), name: userName, secret, expiresAt }),
]);
export type PullAuthInput = z.infer<typeof pullAuthInput>;

export const authOf = (input: PullAuthInput): PullAuth => ({ kind: input.kind, name: "name" in input ? input.name : null });

const field = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[\w@.$-]+$/, "is not the name of a field");
export const pagingInput = z.strictObject({
  itemsField: z.union([z.literal(""), field]),
  cursorField: field,
  cursorParameter: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^[\w.$-]+$/, "is not the name of a parameter"),
});

const secretParameter =
  /^(?:.*[_-])?(?:token|key|apikey|secret|password|passwd|pwd|sig|signature|auth|authorization|code|credential|jwt)$/i;

/** An address is shown to people: what proves who asks must not stand in it. */
export function refuseSecretInAddress(address: string): void {
  const url = new URL(address);
  if (url.hash !== "") throw addressError("must not carry a fragment (#...)");
  const name = [...url.searchParams.keys()].find((parameter) => secretParameter.test(parameter));
  if (name !== undefined)
    throw addressError(`must not carry a credential: "${name.slice(0, 40)}" looks like one. Enter it as the credential`);
}

const addressError = (message: string): AppError =>
  new AppError("invalid_input", `The address ${message}`, { fields: [{ pointer: "/url", message }] });
