import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRootKey } from "@rollcall/persistence/testing";
import { fingerprinter, sealCredential, uuidV7 } from "@rollcall/platform";
import { credentialContext, type PullAuth, type PullSourceRow } from "@rollcall/posture-pipeline";
import { checkConnectorKeys } from "./keys/check-connector-keys.ts";
import { ConnectorKeys } from "./keys/connector-keys.ts";
import { fileKeySource } from "./keys/file-key-source.ts";
import { announcePulls } from "./pull-schedule.ts";
import { WorkerUnderTest } from "./testing/worker-under-test.ts";

const canary = "CANARY-credential-0123456789-abcdef";
type Reply = (response: ServerResponse, request: IncomingMessage) => void;

describe("a source that Rollcall reads by itself", () => {
  let rig: WorkerUnderTest;
  let server: Server;
  let base: string;
  let folder: string;
  let keyFile: string;
  let asked: IncomingMessage[] = [];
  let reply: Reply = (response) => void response.writeHead(500).end();
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request);
      reply(response, request);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = mkdtempSync(join(tmpdir(), "rollcall-pull-"));
    keyFile = join(folder, "keys", "connector.keys");
    rig = await WorkerUnderTest.start({ privateHosts: [new URL(base).host], connectorKeyFile: keyFile });
    await checkKeys(rig.worker.connectorKeys);
  });
  afterAll(async () => {
    await rig?.stop();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    asked = [];
  });

  const checkKeys = (connectorKeys: ConnectorKeys): Promise<boolean> =>
    checkConnectorKeys({ connectorKeys, pullSources: rig.worker.pullSources, rootKey: testRootKey, logger: rig.worker.logger });
  /** As the API does it. */
  const connect = async (name: string, auth: PullAuth = { kind: "none", name: null }, secret = canary): Promise<PullSourceRow> => {
    const source = { id: uuidV7(), url: `${base}/${name}.json`, auth };
    const key = (await rig.worker.pullSources.connectorKey())!;
    const sealed = sealCredential(key, credentialContext(rig.workspaceId, source), secret);
    const fingerprint = fingerprinter(testRootKey, rig.workspaceId)(secret);
    return rig.worker.pullSources.create(rig.workspaceId, {
      ...source,
      name,
      account: null,
      paging: null,
      intervalHours: 24,
      createdBy: null,
      credential: auth.kind === "none" ? null : { sealed, keyId: key.keyId, fingerprint, setBy: null, expiresAt: null },
    });
  };
  const now = async (id: string): Promise<PullSourceRow> => (await rig.worker.pullSources.get(rig.workspaceId, id))!;
  const runEnds = async (id: string, earlier: string | null = null): Promise<PullSourceRow> => {
    await expect
      .poll(async () => ((row) => row.run === null && (row.last?.at ?? null) !== earlier)(await now(id)), { timeout: 30_000, interval: 50 })
      .toBe(true);
    return now(id);
  };
  const again = async (row: PullSourceRow): Promise<PullSourceRow> => {
    expect(await rig.worker.pullSources.requestRun(rig.workspaceId, row.id)).toBe(true);
    return runEnds(row.id, row.last!.at);
  };
  const bot = (ref: string) => ({ kind: "identity", ref, identityKind: "bot", name: ref, provider: "x", dataset: "bots" });
  const bots = (source: string, refs: readonly string[], next: string | null = null): Reply => {
    const rows = [{ source, scopes: [{ dataset: "bots", outcome: "complete" }] }, ...refs.map(bot)];
    return (response) =>
      void response
        .writeHead(200, { "content-type": "application/json", ...(next === null ? {} : { link: `<${next}>; rel="next"` }) })
        .end(JSON.stringify(rows));
  };
  const present = async (source: string): Promise<unknown[]> =>
    (
      await rig.database.query(
        "select i.ref from identity i join source s on s.workspace_id = i.workspace_id and s.id = i.source_id where s.account = $1 and i.missing_since is null order by 1",
        [source],
      )
    ).map((row) => row["ref"]);

  it("is read at once, with its credential, and goes the way of an upload", async () => {
    reply = bots("farm", ["a", "b"]);
    const row = await runEnds((await connect("farm", { kind: "bearer", name: null })).id);
    expect(row.last).toMatchObject({ outcome: "complete", note: null, pages: 1 });
    expect(asked[0]!.headers.authorization).toBe(`Bearer ${canary}`);
    expect(row.credential).toMatchObject({ problem: null, fingerprint: expect.stringMatching(/^fp1:/) });
    expect(Date.parse(row.credential!.lastUsedAt!)).toBeGreaterThan(Date.now() - 60_000);
    const view = await rig.ended(row.lastIngestionId!);
    expect(view).toMatchObject({ status: "completed", files: ["farm"] });
    expect(await present("farm")).toEqual(["a", "b"]);
  });

  it("is shown the other ways of credentials too", async () => {
    reply = bots("ways", ["a"]);
    await runEnds((await connect("basic", { kind: "basic", name: "ada" })).id);
    expect(asked[0]!.headers.authorization).toBe(`Basic ${Buffer.from(`ada:${canary}`).toString("base64")}`);
    await runEnds((await connect("header", { kind: "header", name: "X-Api-Token" })).id);
    expect(asked[1]!.headers["x-api-token"]).toBe(canary);
    await runEnds((await connect("open")).id);
    expect(asked[2]!.headers.authorization).toBeUndefined();
  });

  it("counts absences only when it was read to the end", async () => {
    reply = bots("part", ["a", "b", "c"]);
    const whole = await runEnds((await connect("part")).id);
    await rig.ended(whole.lastIngestionId!);
    reply = (response, request) =>
      request.url === "/part.json" ? bots("part", ["a", "d"], "/page-2")(response, request) : void response.writeHead(403).end();
    const part = await again(whole);
    expect(part.last).toMatchObject({ outcome: "partial", pages: 1, note: expect.stringContaining("403") });
    await rig.ended(part.lastIngestionId!);
    expect(await present("part")).toEqual(["a", "b", "c", "d"]);
    reply = bots("part", ["a", "d"]);
    await rig.ended((await again(part)).lastIngestionId!);
    expect(await present("part")).toEqual(["a", "d"]);
  });

  it("says how far it is, and can be stopped", async () => {
    reply = (response, request) => {
      if (request.url === "/slow.json") bots("slow", ["a"], "/page-2")(response, request);
    };
    const { id } = await connect("slow");
    await expect.poll(async () => (await now(id)).run, { timeout: 10_000 }).toMatchObject({ state: "reading", pages: 1 });
    expect(await rig.worker.pullSources.cancelRun(rig.workspaceId, id)).toBe(true);
    expect((await runEnds(id)).last).toMatchObject({ outcome: "cancelled" });
    expect(await present("slow")).toEqual([]);
  });

  it("is read when it is due, once, and taken up again when nobody works on it any more", async () => {
    reply = bots("due", ["a"]);
    const first = await runEnds((await connect("due")).id);
    expect(Date.parse(first.nextRunAt) - Date.parse(first.last!.at)).toBe(24 * 3_600_000);
    const mine = "update pull_source set next_run_at = now() - interval '1 minute' where id = $1";
    await rig.database.query(mine, [first.id]);
    await Promise.all([announcePulls(rig.worker), announcePulls(rig.worker)]);
    const second = await runEnds(first.id, first.last!.at);
    expect(asked).toHaveLength(2);
    // Its worker died, and the queue was emptied.
    await rig.database.query(
      "update pull_source set run_state = 'reading', run_epoch = run_epoch + 1, run_beat_at = now() - interval '5 minutes' where id = $1",
      [first.id],
    );
    await announcePulls(rig.worker);
    await runEnds(first.id, second.last!.at);
    expect(asked).toHaveLength(3);
  });

  it("does not listen to a worker that was overtaken", async () => {
    reply = bots("fence", ["a"]);
    const { id } = await runEnds((await connect("fence")).id);
    const { pullSources } = rig.worker;
    await rig.database.query("update pull_source set run_state = 'waiting' where id = $1", [id]);
    const stale = (await pullSources.claim(rig.workspaceId, id))!;
    const fresh = (await pullSources.claim(rig.workspaceId, id))!;
    const end = {
      at: new Date().toISOString(),
      outcome: "failed",
      note: "stale",
      missingPermission: null,
      pages: 9,
      ingestionId: null,
    } as const;
    const more = { nextRunAt: end.at, credentialUsed: false };
    expect(await pullSources.beat(stale, { pages: 9, bytes: 9, note: "stale" })).toBe("taken");
    expect(await pullSources.finish(stale, { ...end, ...more })).toBe(false);
    expect(await pullSources.beat(fresh, { pages: 1, bytes: 1, note: null })).toBe("go_on");
    expect(await pullSources.finish(fresh, { ...end, ...more, outcome: "complete", note: null })).toBe(true);
    expect((await now(id)).last).toMatchObject({ outcome: "complete", note: null });
  });

  it("cannot be turned to another address: the credential does not open there", async () => {
    reply = bots("moved", ["a"]);
    const row = await runEnds((await connect("moved", { kind: "bearer", name: null })).id);
    await rig.database.query("update pull_source set url = replace(url, '127.0.0.1', 'localhost') where id = $1", [row.id]);
    const after = await again(row);
    expect(after.last).toMatchObject({ outcome: "failed", note: expect.stringContaining("belongs elsewhere") });
    expect(after.credential!.problem).toContain("Set it again");
    expect(asked).toHaveLength(1);
  });

  it("waits for its credential to be entered again when the key is another one, and loses nothing", async () => {
    reply = bots("keys", ["a"]);
    const row = await runEnds((await connect("keys", { kind: "bearer", name: null })).id);
    const stranger = new ConnectorKeys(fileKeySource(join(folder, "other", "connector.keys")));
    await checkKeys(stranger);
    expect((await now(row.id)).credential!.problem).toContain("Enter the credential again");
    const { keyId } = rig.worker.connectorKeys.current!;
    const lines = rig.logLines.filter(
      (line) => line.includes(`connector keys: `) && line.includes(`${keyId}, which is not in ${stranger.where}`),
    );
    expect(lines).toHaveLength(1);
    const damaged = join(folder, "damaged.keys");
    writeFileSync(damaged, "not a key\n");
    await checkKeys(new ConnectorKeys(fileKeySource(damaged)));
    expect(rig.logLines.some((line) => line.includes("damaged.keys is damaged"))).toBe(true);
    // The file is back: nothing was lost.
    await checkKeys(rig.worker.connectorKeys);
    expect((await now(row.id)).credential!.problem).toBeNull();
    expect((await again(row)).last).toMatchObject({ outcome: "complete" });
  });

  it("leaves its credential nowhere: not in the database, the queue, the log or what a source sends back", async () => {
    const echo: Reply = (response, request) => {
      const sent = String(request.headers.authorization);
      if (request.url !== "/echo.json") void response.writeHead(403, { "x-accepted-oauth-scopes": sent }).end(sent);
      else
        bots("echo", [`bot of ${sent}`, encodeURIComponent(canary), Buffer.from(canary).toString("base64")], "/page-2")(response, request);
    };
    reply = echo;
    const row = await runEnds((await connect("echo", { kind: "bearer", name: null })).id);
    expect(row.last).toMatchObject({ outcome: "partial" });
    await rig.ended(row.lastIngestionId!);
    expect(await present("echo")).toContain("bot of Bearer [removed]");
    reply = (response, request) => void response.writeHead(500, { "retry-after": "600" }).end(String(request.headers.authorization));
    expect((await again(row)).last).toMatchObject({ outcome: "failed" });
    const everything = `${await rig.everythingStored()}\n${rig.logLines.join("\n")}\n${JSON.stringify(await rig.worker.pullSources.list(rig.workspaceId))}`;
    expect(everything).toContain("pull_source.created");
    for (const spelled of [
      canary,
      encodeURIComponent(canary),
      Buffer.from(canary).toString("base64").slice(0, -2),
      Buffer.from(canary).toString("hex"),
    ])
      expect(everything.includes(spelled), spelled.slice(0, 8)).toBe(false);
  });
});
