import { knownValue } from "@rollcall/nhi-model";
import type { IdentityDetail } from "@rollcall/posture-pipeline";
import type { Viewer } from "../context.ts";

/** An identity is somebody's when its owner names them (e-mail, or the person a source states), or when a task about it is theirs. */
export function ownsIdentity(detail: IdentityDetail, viewer: Viewer): boolean {
  if (viewer.userId !== null && detail.tasks.some((task) => task.assigneeId === viewer.userId)) return true;
  if (viewer.email === null) return false;
  const email = viewer.email.toLowerCase();
  return [detail.owner, knownValue(detail.factMap["owner.email"]), knownValue(detail.factMap["owner.personId"])].some(
    (value) => typeof value === "string" && value.toLowerCase() === email,
  );
}
