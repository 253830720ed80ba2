import { expect, test } from "vitest";
import { buildGraph } from "@rollcall/access-graph";
import { aCredential, aGrant, anIdentity, anInput, aResource } from "@rollcall/access-graph/testing";
import type { SourceReading } from "../ports/read-store.ts";
import { aSnapshot } from "../testing/a-snapshot.ts";
import { answerChokePoints } from "./answer-choke-points.ts";
import { answerExposure } from "./answer-exposure.ts";
import { answerNotModelled } from "./answer-not-modelled.ts";
import { answerRadius } from "./answer-radius.ts";
import { answerRoutes } from "./answer-routes.ts";
import { answerWhatIf } from "./answer-what-if.ts";
import { storedWorld } from "./plan-world.ts";
import { lagsOf } from "./source-lags.ts";
import type { ReadGraph } from "./source-lags.ts";

const now = new Date("2026-06-10T00:00:00.000Z");
const reading = (id: string, change: Partial<SourceReading> = {}): SourceReading => ({
  id,
  connector: "push",
  name: `Source ${id}`,
  account: null,
  asOf: "2026-06-09T00:00:00.000Z",
  lastSuccessAt: "2026-06-09T00:00:00.000Z",
  expectedIntervalHours: 48,
  status: "ok",
  syncId: `sync-${id}`,
  inPart: [],
  ...change,
});

/** key and bot (a) -> robot (b), who may write store (c); clerk (a) may read store. */
const input = anInput({
  identities: [anIdentity("x:bot", { sourceId: "a" }), anIdentity("x:robot", { sourceId: "b" }), anIdentity("x:clerk", { sourceId: "a" })],
  credentials: [aCredential("x:key", "x:bot", { sourceId: "a", status: "active" })],
  resources: [aResource("x:store", { sourceId: "c", sensitivity: 50 })],
  grants: [
    aGrant("CAN_IMPERSONATE", "x:bot", "x:robot", { sourceId: "a" }),
    aGrant("ACCESSES", "x:robot", "x:store", { sourceId: "b", level: "write" }),
    aGrant("ACCESSES", "x:clerk", "x:store", { sourceId: "a", level: "read", id: "clerk reads" }),
  ],
});
const graph = buildGraph(input);
const read = (...readings: readonly SourceReading[]): ReadGraph => ({ graph, readings, lags: lagsOf(readings, now) });
const closed = { open: [], show: [] };
const radius = (world: ReadGraph, node: string) => {
  const { atLeast, lags, oldest, blast } = answerRadius(world, node, closed);
  return { atLeast, lags: lags.map(({ id, reason }) => `${id} ${reason}`), oldest: oldest?.asOf ?? null, min: blast.min };
};

test("a source lags when it cannot be read, was not read within its interval, or listed something in part", () => {
  const old = { lastSuccessAt: "2026-06-01T00:00:00.000Z" };
  const lags = lagsOf(
    [
      reading("fresh"),
      reading("failing", { status: "failing", ...old }),
      reading("old", old),
      reading("never", { lastSuccessAt: null }),
      reading("no interval", { ...old, expectedIntervalHours: null }),
      reading("part", { status: "degraded", inPart: ["Buckets"] }),
      reading("part that does not matter", { status: "degraded" }),
    ],
    now,
  );
  expect(lags.map(({ id, reason, datasets }) => [id, reason, ...datasets])).toEqual([
    ["failing", "failing"],
    ["old", "stale"],
    ["never", "stale"],
    ["part", "partial", "Buckets"],
  ]);
});

test("what an identity reaches is at least, when a source of what it controls lags; who controls nothing of it has the exact figure", () => {
  const world = read(reading("a"), reading("b", { inPart: ["Roles"] }), reading("c"));
  expect(radius(world, "identity:x:bot")).toMatchObject({ atLeast: true, lags: ["b partial"], min: 400 });
  expect(radius(world, "credential:x:key")).toMatchObject({ atLeast: true, lags: ["b partial"] });
  expect(radius(world, "identity:x:clerk")).toMatchObject({ atLeast: false, lags: [], min: 250 });
});

test("a source that only says what a thing is, which is read or written, hides no grant of whoever reads it", () => {
  expect(radius(read(reading("a"), reading("b"), reading("c", { status: "failing" })), "identity:x:bot")).toMatchObject({ atLeast: false });
});

test("an answer is as old as the oldest source it rests on", () => {
  const world = read(reading("a"), reading("b", { asOf: "2026-05-01T00:00:00.000Z" }), reading("c", { asOf: "2020-01-01T00:00:00.000Z" }));
  expect(radius(world, "identity:x:bot").oldest).toBe("2026-05-01T00:00:00.000Z");
  expect(radius(world, "identity:x:clerk").oldest).toBe("2026-06-09T00:00:00.000Z");
});

test("exposure, choke points, plans and what is not modelled say so as well", () => {
  const world = read(reading("a"), reading("b", { inPart: ["Roles"] }), reading("c"));
  const exact = read(reading("a"), reading("b"), reading("c"));
  expect(answerExposure(world, "resource:x:store", closed)).toMatchObject({ atLeast: true, lags: [{ id: "b" }] });
  expect(answerExposure(exact, "resource:x:store", closed)).toMatchObject({ atLeast: false, lags: [] });
  expect(answerNotModelled(world).lags).toMatchObject([{ id: "b", reason: "partial", datasets: ["Roles"] }]);
  expect(answerNotModelled(world).techniques.map(({ id }) => id)).toEqual(expect.arrayContaining(["identity-center", "gcp-iam"]));
  const snapshot = aSnapshot(input);
  expect(answerChokePoints(storedWorld(world, snapshot)).atLeast).toBe(true);
  expect(answerChokePoints(storedWorld(exact, snapshot)).atLeast).toBe(false);
  const plan = (of: ReadGraph, focus: string | null) =>
    answerWhatIf(storedWorld(of, snapshot), { ...closed, focus, changes: [{ kind: "remove_grant", grant: "clerk reads" }] }).atLeast;
  expect([plan(world, null), plan(world, "identity:x:bot"), plan(world, "identity:x:clerk")]).toEqual([true, true, false]);
  expect(plan(exact, null)).toBe(false);
});

test("a hop names the runs that both of its ends were read in", () => {
  const world = read(reading("a"), reading("b", { asOf: null }), reading("c"));
  const [route] = answerRoutes(world, { from: "identity:x:bot", to: "resource:x:store", snapshot: null }).routes;
  expect(route?.hops.map((hop) => hop.readings.map(({ source, asOf, syncId }) => [source, asOf, syncId]))).toEqual([
    [
      ["Source a", "2026-06-09T00:00:00.000Z", "sync-a"],
      ["Source b", null, "sync-b"],
    ],
    [
      ["Source b", null, "sync-b"],
      ["Source c", "2026-06-09T00:00:00.000Z", "sync-c"],
    ],
  ]);
});

test("a thing that two sources tell of rests on both", () => {
  const shared = "arn:aws:iam::111122223333:role/shared";
  const twice = buildGraph(
    anInput({
      identities: [anIdentity(shared, { id: "1", sourceId: "b" }), anIdentity(shared, { id: "2", sourceId: "a" })],
    }),
  );
  expect(twice.nodes.find(({ key }) => key === `identity:${shared}`)?.sourceIds).toEqual(["a", "b"]);
});
