import type { WorkspaceRole } from "@rollcall/nhi-model";
import type { InstanceTrouble, WorkspaceMembership } from "@rollcall/posture-pipeline";
import type { DiskRoom } from "@rollcall/platform";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

export interface SessionView {
  readonly user: { readonly id: string | null; readonly name: string; readonly email: string | null; readonly secondFactor: boolean };
  readonly workspace: { readonly id: string; readonly name: string };
  readonly role: WorkspaceRole;
  /** Names of the teams this access ends at; null = the whole workspace. */
  readonly limitedTo: readonly string[] | null;
  /** How much room the disk of this instance has left. */
  readonly disk: DiskRoom;
  /** What a process of this instance cannot do; empty when all is well. */
  readonly troubles: readonly InstanceTrouble[];
  readonly hasData: boolean;
  readonly demo: boolean;
  readonly workspaces: readonly WorkspaceMembership[];
}

export const me = authed(everyone, "own").query(async ({ ctx }): Promise<SessionView> => {
  const { read, diskRoom, troubles } = ctx.services;
  const [sources, disk, troubled] = await Promise.all([read.listSources(ctx.workspaceId), diskRoom(), troubles()]);
  return {
    user: { id: ctx.viewer.userId, name: ctx.viewer.name, email: ctx.viewer.email, secondFactor: ctx.viewer.secondFactor ?? false },
    workspace: ctx.workspace,
    role: ctx.role,
    limitedTo: ctx.viewer.limitedTo === undefined ? null : (ctx.memberships.find(({ id }) => id === ctx.workspaceId)?.teams ?? []),
    disk,
    troubles: troubled,
    hasData: sources.some((source) => source.origin !== "self"),
    demo: sources.some((source) => source.origin === "demo"),
    workspaces: ctx.memberships,
  };
});
