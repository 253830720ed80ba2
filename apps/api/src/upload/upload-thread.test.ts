import { afterEach, expect, test } from "vitest";
import { createLogger } from "@rollcall/platform";
import type { ImportFile, ParsedImport } from "@rollcall/posture-pipeline";
import { batching } from "./read-messages.ts";
import { UploadLost, UploadThread, type UploadThreadOptions } from "./upload-thread.ts";

const rootKey = "11".repeat(32);
const logger = createLogger("test", { level: "silent" });
let thread: UploadThread | null = null;
afterEach(() => thread?.close());
const start = (change: Partial<UploadThreadOptions> = {}): UploadThread =>
  (thread = new UploadThread({ data: { rootKey }, logger, heapMegabytes: 512, timeLimitMillis: 60_000, ...change }));

const request = (...files: readonly ImportFile[]) => ({
  files,
  asOf: null,
  accountHint: null,
  receivedAt: "2026-11-21T12:00:00.000Z",
  workspaceId: "018f0000-0000-7000-8000-000000000001",
});
const file = (name: string, value: unknown): ImportFile => ({
  name,
  bytes: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)),
  modifiedAt: null,
});
const account = (users: number): ImportFile =>
  file("account.json", {
    UserDetailList: Array.from({ length: users }, (_, index) => ({
      Arn: `arn:aws:iam::123456789012:user/u${index}`,
      UserName: `u${index}`,
      UserId: `AIDA${index}`,
      UserPolicyList: [
        {
          PolicyName: "own",
          PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] },
        },
      ],
    })),
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
const identities = (imports: readonly ParsedImport[]): number =>
  imports.flatMap(({ observations }) => [...observations]).filter(({ observation }) => observation.kind === "identity").length;

test("reads while everything else goes on", async () => {
  let isReading = true;
  let turns = 0;
  const reading = start()
    .read(request(account(20_000)))
    .finally(() => (isReading = false));
  while (isReading) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  const imports = await reading;
  expect(identities(imports)).toBe(20_000);
  expect(imports[0]?.totals).toMatchObject({ users: 20_000 });
  // Parsing here would let this loop run a handful of times: before it, after it and between batches.
  const batches = [...imports[0]!.observations].length / batching.observationsPerBatch;
  expect(turns).toBeGreaterThan(10 * batches);
}, 60_000);

test("one thread reads one upload after the other", async () => {
  const reader = start();
  const answers = await Promise.all([1, 2, 3].map((users) => reader.read(request(account(users)))));
  expect(answers.map(identities)).toEqual([1, 2, 3]);
});

test("what is wrong with a file comes back as it was said, and the next upload is read", async () => {
  const reader = start();
  await expect(reader.read(request(file("a.txt", "hello")))).rejects.toMatchObject({ code: "unsupported", status: 415 });
  await expect(reader.read(request(file("a.txt", "hello")))).rejects.not.toBeInstanceOf(UploadLost);
  expect(identities(await reader.read(request(account(1))))).toBe(1);
});

test("an upload that needs too much memory ends the thread, not the process", async () => {
  const reader = start({ heapMegabytes: 48 });
  const error = await reader.read(request(account(60_000))).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UploadLost);
  expect(error).toMatchObject({ code: "too_large", message: expect.stringContaining("more memory") });
  expect(identities(await reader.read(request(account(1))))).toBe(1);
}, 60_000);

test("a withdrawn upload is not read to its end", async () => {
  const reader = start();
  const abort = new AbortController();
  const reading = reader.read(request(account(20_000)), abort.signal);
  const next = reader.read(request(account(2)));
  setTimeout(() => abort.abort(), 20);
  await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  expect(identities(await next)).toBe(2);
});

test("an upload that takes too long is given up, with the reason", async () => {
  await expect(start({ timeLimitMillis: 1 }).read(request(account(20_000)))).rejects.toMatchObject({
    code: "too_large",
    message: expect.stringContaining("took longer"),
  });
});

test("closing ends what is under way", async () => {
  const reader = start();
  const reading = reader.read(request(account(20_000)));
  const refused = expect(reading).rejects.toMatchObject({ code: "unavailable" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await reader.close();
  await refused;
  await expect(reader.read(request(account(1)))).rejects.toMatchObject({ code: "unavailable" });
});
