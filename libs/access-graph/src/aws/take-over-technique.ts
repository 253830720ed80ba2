import type { EdgeKind } from "../types.ts";

/** Which principals a technique is aimed at. `service:<principal>` = roles that trust the service, `federated:<issuer>` its tokens. */
export type TechniqueTarget =
  "users" | "usersWithKeyRoom" | "usersWithPassword" | "usersWithoutPassword" | "roles" | `service:${string}` | `federated:${string}`;

/** The thing that an `existing` technique takes over, when the inventory lists it: by the ARN it has. */
export interface ComputeTarget {
  readonly arnService: string;
  /** Resource part of its ARNs up to the name. */
  readonly typePrefix: string;
  /** Actions of the technique that are not performed on it but on something the caller makes. */
  readonly elsewhere?: readonly string[];
  /** What no inventory says even when the thing itself is known. */
  readonly stillNeeds?: string;
}

/** A way to become another principal: the actions needed on it, and those needed on anything at all. */
export interface TakeOverTechnique {
  /** Id in the pathfinding.cloud catalogue, or of its lab scenarios where the catalogue has none yet. */
  readonly id: string;
  readonly edge: EdgeKind;
  readonly target: TechniqueTarget;
  readonly onTarget: readonly string[];
  /** Needed on some resource of the caller's choosing. */
  readonly onAnything: readonly string[];
  /** What must exist already for it to work, in words: makes the edge conditional. */
  readonly needs?: string;
  readonly compute?: ComputeTarget;
  /** What `iam:PassedToService` says when it is not the service that the role trusts. */
  readonly passedTo?: string;
}

export const mint = (id: string, target: TechniqueTarget, ...onTarget: string[]): TakeOverTechnique => ({
  id,
  edge: "CAN_MINT_CREDENTIAL",
  target,
  onTarget,
  onAnything: [],
});
export const passRole = (id: string, service: string, ...onAnything: string[]): TakeOverTechnique => ({
  id,
  edge: "CAN_PASS_AND_RUN",
  target: `service:${service}`,
  onTarget: ["iam:PassRole"],
  onAnything,
});
export const existing = (
  id: string,
  service: string,
  needs: readonly [string, ComputeTarget],
  ...onAnything: string[]
): TakeOverTechnique => ({
  id,
  edge: "CAN_CONTROL_COMPUTE",
  target: `service:${service}`,
  onTarget: [],
  onAnything,
  needs: needs[0],
  compute: needs[1],
});

export const at = (arnService: string, typePrefix: string, rest: Omit<ComputeTarget, "arnService" | "typePrefix"> = {}): ComputeTarget => ({
  arnService,
  typePrefix,
  ...rest,
});
