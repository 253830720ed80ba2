import { knownValue } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import type { IdentityDetail } from "@rollcall/posture-pipeline";
import type { Viewer } from "../context.ts";

/** The owner names at which everything ends that a limited member sees: those of their teams, and their own address. */
export const ownersOf = ({ answersFor }: { readonly answersFor: readonly string[] }, email: string): readonly string[] => [
  ...answersFor,
  email.toLowerCase(),
];

/** Refuses members limited to their teams. */
export function assertWholeWorkspace({ limitedTo }: Viewer): void {
  if (limitedTo === undefined) return;
  throw new AppError("forbidden", "Your access is limited to your teams, and this covers the whole workspace. Ask an admin for more");
}

/** An identity is somebody's when its owner names them or a team of theirs, or when a task about it is theirs. */
export function ownsIdentity(detail: IdentityDetail, viewer: Viewer): boolean {
  if (viewer.userId !== null && detail.tasks.some((task) => task.assigneeId === viewer.userId)) return true;
  if (viewer.email === null) return false;
  const names = new Set([viewer.email.toLowerCase(), ...(viewer.answersFor ?? [])]);
  return [
    detail.owner,
    knownValue(detail.factMap["owner.label"]),
    knownValue(detail.factMap["owner.email"]),
    knownValue(detail.factMap["owner.personId"]),
  ].some((value) => typeof value === "string" && names.has(value.toLowerCase()));
}
