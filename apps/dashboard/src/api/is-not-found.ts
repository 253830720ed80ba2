import { TRPCClientError } from "@trpc/client";

/** What the API does not know, or what cannot be the id of anything. */
const CODES = new Set(["NOT_FOUND", "BAD_REQUEST"]);

export function isNotFound(error: unknown): boolean {
  return error instanceof TRPCClientError && CODES.has((error.data as { code?: string } | null)?.code ?? "");
}
