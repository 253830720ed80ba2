import type { PlanChange } from "@/api/views.ts";

/** The full name at the source of what a change touches: tells apart changes that are called the same in several accounts. */
export function changePlace(changes: readonly PlanChange[]): string {
  return [...new Set(changes.map((change) => withoutKind(touched(change))))].filter((name) => name !== "").join(", ");
}

function touched(change: PlanChange): string {
  switch (change.kind) {
    case "revoke_credential":
    case "rotate_credential":
      return change.credential;
    case "delete_identity":
      return change.identity;
    case "remove_grant":
      // A grant has no name at its source.
      return "";
    case "remove_statement":
    case "narrow_statement":
    case "narrow_policy":
      return change.policy;
  }
}

/** `identity:arn:...` -> `arn:...` */
const withoutKind = (key: string): string => key.replace(/^(?:identity|credential|resource|role|policy):/, "");
