import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WorkerUnderTest } from "./testing/worker-under-test.ts";

const root = join(import.meta.dirname, "../../..");
const workshop = join(root, "libs/posture-pipeline/worlds/aws-workshop/raw");
const details = join(workshop, "account-authorization-details.json");
const report = join(workshop, "credential-report.csv");
const secrets = join(root, "libs/connectors/src/kubernetes/fixtures/secrets.yaml");
const shared = join(root, "../shared/data");

const sumOf = (syncs: readonly { readonly counts: object | null }[], key: string): number =>
  syncs.reduce((sum, sync) => sum + ((sync.counts as Record<string, number> | null)?.[key] ?? 0), 0);

describe("the main job, from a file to tasks", () => {
  let rig: WorkerUnderTest;
  let scratch: string;
  beforeAll(async () => {
    rig = await WorkerUnderTest.start();
    scratch = mkdtempSync(join(tmpdir(), "rollcall-main-job-"));
  });
  afterAll(async () => {
    rmSync(scratch, { recursive: true, force: true });
    await rig?.stop();
  });
  const count = async (table: string, where = "true"): Promise<number> =>
    Number((await rig.database.query(`select count(*)::int as n from ${table} where ${where}`))[0]!["n"]);

  it("turns an AWS account into inventory, scores, findings, tasks and posture", async () => {
    const view = await rig.import([details, report]);
    expect(view.status).toBe("completed");
    const stated = JSON.parse(readFileSync(details, "utf8")) as { UserDetailList: unknown[]; RoleDetailList: unknown[] };
    expect(await count("identity", "kind = 'role'")).toBe(stated.RoleDetailList.length);
    expect(view.syncs[0]?.totals).toMatchObject({ users: stated.UserDetailList.length, roles: stated.RoleDetailList.length });
    expect(await count("identity")).toBe(await count("identity_score"));
    const findings = await rig.worker.stores.read.listFindings(rig.workspaceId, { filter: { state: "open" }, page: { limit: 200 } });
    expect(findings.items.filter((finding) => finding.taskId === null)).toEqual([]);
    expect(findings.items.length).toBe(await count("finding", "resolved_at is null"));
    expect(await count("graph_edge")).toBeGreaterThan(0);
    const posture = await rig.worker.stores.read.posture(rig.workspaceId);
    expect(posture).toMatchObject({ state: "ready", identities: await count("identity") });
    expect(Object.values(posture.openFindings).reduce((a, b) => a + b, 0)).toBe(await count("finding", "resolved_at is null"));
  });

  it("changes nothing when the same files come again", async () => {
    const state = async () => ({
      changes: await count("change"),
      findings: await count("finding"),
      events: await count("task_event"),
      rows: await rig.worker.stores.read.listIdentities(rig.workspaceId, {
        filter: {},
        sort: "name",
        direction: "asc",
        page: { limit: 200 },
      }),
    });
    const before = await state();
    const again = await rig.import([report, details]);
    expect(again.status).toBe("completed");
    expect({ added: sumOf(again.syncs, "added"), changed: sumOf(again.syncs, "changed"), removed: sumOf(again.syncs, "removed") }).toEqual({
      added: 0,
      changed: 0,
      removed: 0,
    });
    expect(await state()).toEqual(before);
  });

  it("holds a listing that lost too much, and lets it go once a person approved", async () => {
    const thin = JSON.parse(readFileSync(details, "utf8")) as { RoleDetailList: unknown[] };
    const roles = thin.RoleDetailList.length;
    thin.RoleDetailList = [];
    const path = join(scratch, "details-without-roles.json");
    writeFileSync(path, JSON.stringify(thin));
    const view = await rig.import([path], "2027-01-01T00:00:00.000Z");
    expect(view.status).toBe("held");
    expect(await count("identity", "kind = 'role' and missing_since is null")).toBe(roles);
    expect(await rig.worker.stores.ingestions.approveRemovals(rig.workspaceId, view.syncs[0]!.id, "a person")).toBe(true);
    // One row, with the count that is the ceiling of what may go; asking again approves nothing.
    expect(await rig.worker.stores.ingestions.approveRemovals(rig.workspaceId, view.syncs[0]!.id, "a person")).toBe(false);
    const approvals = await rig.worker.stores.audit.list(rig.workspaceId, { filter: { action: "removals.approved" }, limit: 10 });
    expect(approvals.items.map(({ objectId, detail }) => [objectId, detail])).toEqual([
      [view.syncs[0]!.id, { atMost: expect.any(Number) }],
    ]);
    await expect.poll(() => count("identity", "kind = 'role' and missing_since is not null"), { timeout: 20_000 }).toBe(roles);
    expect(await count("identity", "gone_at is not null")).toBe(0);
  });

  it("analyses once for a burst of listings, not once for each", async () => {
    const analysed = () => rig.logLines.filter((line) => line.includes("workspace analysed")).length;
    // What was asked for before is over: the analysis is logged before its syncs are completed.
    await expect.poll(() => count("sync", "status not in ('completed', 'failed', 'cancelled')"), { timeout: 20_000 }).toBe(0);
    const before = analysed();
    const accounts = Array.from({ length: 8 }, (_, index) => String(200_000_000_000 + index));
    const paths = accounts.map((account) => {
      const path = join(scratch, `details-${account}.json`);
      writeFileSync(path, readFileSync(details, "utf8").replaceAll(/(arn:aws:[a-z]+::)\d{12}/g, `$1${account}`));
      return path;
    });
    const view = await rig.import(paths);
    expect(view).toMatchObject({ status: "completed", syncs: accounts.map(() => ({ status: "completed" })) });
    // How few depends on how fast they come one after the other; when-settled.test.ts has the law.
    expect(analysed() - before).toBeLessThan(accounts.length);
  });

  it("keeps no secret value: not in the database, the queue or the log", async () => {
    const text = readFileSync(secrets, "utf8");
    const planted = [...text.matchAll(/[A-Za-z0-9+/=]{16,}/g)]
      .map(([value]) => value)
      .filter((value) => Buffer.from(value, "base64").toString("latin1").includes("CANARY"));
    const canaries = [...planted, ...planted.map((value) => Buffer.from(value, "base64").toString("utf8")), "CANARY"];
    expect(planted.length).toBeGreaterThanOrEqual(3);
    expect((await rig.import([secrets])).status).toBe("completed");
    const stored = `${await rig.everythingStored()}\n${rig.logLines.join("\n")}`;
    expect(stored).toContain("shop");
    for (const canary of canaries) expect(stored.includes(canary), `found ${canary.slice(0, 12)}...`).toBe(false);
  });

  it.skipIf(!existsSync(shared))("brings real exports in without an error, with the files' own totals (needs ../shared/data)", async () => {
    const gaad = join(shared, "aws-account-small/cloudsplaining/example-authz-details.json");
    const stated = JSON.parse(readFileSync(gaad, "utf8")) as Record<string, unknown[]>;
    const aws = await rig.import([gaad], "2020-02-01T00:00:00.000Z");
    expect(aws.status).toBe("completed");
    expect(aws.syncs[0]!.totals).toMatchObject({
      users: stated["UserDetailList"]!.length,
      groups: stated["GroupDetailList"]!.length,
      roles: stated["RoleDetailList"]!.length,
      policies: stated["Policies"]!.length,
    });
    const inAccount = "account = '012345678901' and gone_at is null";
    expect(await count("identity", `${inAccount} and kind = 'role'`)).toBe(stated["RoleDetailList"]!.length);
    expect(await count("identity", `${inAccount} and kind = 'service_account'`)).toBe(stated["UserDetailList"]!.length);
    for (const name of ["argo-cd", "argo-cd-ha", "kube-prometheus", "kubernetes-goat"]) {
      const path = join(shared, `k8s-manifests/${name}.json`);
      const items = (JSON.parse(readFileSync(path, "utf8")) as { items: { kind: string }[] }).items;
      const view = await rig.import([path]);
      expect(view.status, name).toBe("completed");
      for (const [kind, rows] of Map.groupBy(items, (item) => item.kind))
        expect(view.syncs[0]!.totals[kind], `${name} ${kind}`).toBe(rows.length);
    }
  });
});
