import { readdirSync, readFileSync } from "node:fs";
import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { workspaceRole, type WorkspaceRole } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import type { Context } from "./context.ts";
import { appRouter } from "./router.ts";
import type { Services } from "./services.ts";
import { createCallerFactory } from "./trpc.ts";

/** Who may call what, written by hand: the code has to agree with it. a admin, n analyst, o owner, r auditor; + also when limited to teams. */
const allowed: Readonly<Record<string, string>> = {
  "session.me": "anor+",
  "session.list": "anor+",
  "session.end": "anor+",
  "session.endOthers": "anor+",
  "posture.get": "anor",
  "identities.list": "anor+",
  "identities.facets": "anor+",
  "identities.get": "anor+",
  "identities.history": "anor+",
  "identities.attest": "ano+",
  "identities.attestMany": "ano+",
  "credentials.list": "anor+",
  "findings.groups": "anor+",
  "findings.list": "anor+",
  "findings.rule": "anor+",
  "reports.list": "anor+",
  "graph.radius": "anor+",
  "graph.exposure": "anor+",
  "graph.expand": "anor+",
  "graph.routes": "anor+",
  "graph.notModelled": "anor",
  "graph.changes": "an",
  "graph.whatIf": "an",
  "graph.policy": "an",
  "graph.narrowing": "an",
  "graph.chokePoints": "anor",
  "graph.controlPlanes": "anor",
  "tasks.list": "anor+",
  "tasks.get": "anor+",
  "tasks.act": "ano+",
  "tasks.bulk": "ano+",
  "tasks.comment": "ano+",
  "tasks.openPlan": "an",
  "tasks.withdrawPlan": "an",
  "frameworks.list": "anor",
  "frameworks.get": "anor",
  "sources.list": "anor",
  "sources.connectors": "anor",
  "sources.previewTable": "an",
  "sources.remove": "a",
  "sources.pulls.list": "anor",
  "sources.pulls.create": "a",
  "sources.pulls.setCredential": "a",
  "sources.pulls.run": "a",
  "sources.pulls.cancel": "a",
  "sources.pulls.remove": "a",
  "ingestions.list": "anor",
  "ingestions.get": "anor",
  "ingestions.rejected": "anor",
  "ingestions.cancel": "an",
  "ingestions.approveRemovals": "an",
  "demo.load": "an",
  "demo.remove": "a",
  "audit.list": "ar",
  "audit.actions": "ar",
  "audit.records": "ar",
  "audit.segments": "ar",
  "settings.members.list": "anr",
  "settings.members.setRole": "a",
  "settings.members.remove": "a",
  "settings.members.setLimited": "a",
  "settings.teams.list": "anr",
  "settings.teams.save": "a",
  "settings.teams.remove": "a",
  "settings.invitations.create": "a",
  "settings.apiKeys.list": "a",
  "settings.apiKeys.create": "a",
  "settings.apiKeys.rotate": "a",
  "settings.apiKeys.revoke": "a",
  "settings.serviceUsers.list": "a",
  "settings.serviceUsers.create": "a",
  "settings.serviceUsers.update": "a",
  "settings.serviceUsers.disable": "a",
  "settings.federations.list": "a",
  "settings.federations.create": "a",
  "settings.federations.revoke": "a",
  "settings.workspace.rename": "a",
};
const letterOf: Readonly<Record<WorkspaceRole, string>> = { admin: "a", analyst: "n", owner: "o", auditor: "r" };

const reached = new AppError("internal", "the services were asked");
/** Any use of a port ends the call: getting that far means that the guard let it through. */
const services = new Proxy(
  {},
  {
    get() {
      throw reached;
    },
  },
) as Services;
const workspace = { id: "0190b0a0-0000-7000-8000-000000000001", name: "Test" };
const stranger: Context = { viewer: null, workspace: null, role: null, memberships: [], requestId: "r", services };
const member = (role: WorkspaceRole): Context => ({
  ...stranger,
  viewer: {
    userId: "u",
    name: "U",
    email: "u@example.org",
    session: { id: "s", signedInAt: new Date(0), hasPassword: () => Promise.reject(reached), isPassword: () => Promise.reject(reached) },
  },
  workspace,
  role,
  memberships: [{ ...workspace, role, teams: [], answersFor: [], limited: false }],
});

const createCaller = createCallerFactory(appRouter);
const paths = Object.keys(appRouter._def.procedures);

async function codeOf(path: string, context: Context): Promise<string> {
  const call = path.split(".").reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], createCaller(context)) as (
    input?: unknown,
  ) => Promise<unknown>;
  try {
    await call();
    return "OK";
  } catch (error) {
    return error instanceof TRPCError ? error.code : "THROWN";
  }
}

test("every procedure has a row, and every row a procedure", () => {
  expect([...paths].sort()).toEqual(Object.keys(allowed).sort());
});

test("every file that makes a procedure has its line in the router", () => {
  const source = new URL("./", import.meta.url);
  const router = readFileSync(new URL("router.ts", source), "utf8");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.includes("/") && name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .filter((name) => /\bauthed\(/.test(readFileSync(new URL(name, source), "utf8")));
  expect(files.filter((name) => !router.includes(`"./${name}"`))).toEqual([]);
  expect(files.length).toBeGreaterThan(50);
});

describe.each(workspaceRole.options)("as %s", (role) => {
  test.each(paths)("%s", async (path) => {
    const code = await codeOf(path, member(role));
    if (allowed[path]?.includes(letterOf[role])) expect(["OK", "BAD_REQUEST", "INTERNAL_SERVER_ERROR"]).toContain(code);
    else expect(code).toBe("FORBIDDEN");
  });
});

test.each(paths)("a member limited to their teams and %s", async (path) => {
  const analyst = member("analyst");
  const code = await codeOf(path, { ...analyst, viewer: { ...analyst.viewer!, limitedTo: ["payments"] } });
  const may = allowed[path]?.includes("n") === true && allowed[path].endsWith("+");
  if (may) expect(["OK", "BAD_REQUEST", "INTERNAL_SERVER_ERROR"]).toContain(code);
  else expect(code).toBe("FORBIDDEN");
});

test.each(paths)("a stranger cannot call %s", async (path) => {
  expect(await codeOf(path, stranger)).toBe("UNAUTHORIZED");
});

test.each(paths)("somebody without a workspace cannot call %s", async (path) => {
  expect(await codeOf(path, { ...member("admin"), workspace: null, role: null })).toBe("FORBIDDEN");
});

test("a key makes no sign-in link, which would count as the operator's", async () => {
  const key: Context = { ...member("admin"), viewer: { userId: null, name: "API key", email: null } };
  await expect(createCaller(key).settings.invitations.create({ role: "admin" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
