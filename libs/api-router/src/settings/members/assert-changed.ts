import type { MemberChange } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";

export function assertChanged(outcome: MemberChange): void {
  if (outcome === "not_found") throw new AppError("not_found", "There is no such member");
  if (outcome === "last_admin") throw new AppError("conflict", "A workspace needs at least one admin. Make somebody else admin first");
}
