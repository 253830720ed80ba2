import { beforeAll, expect, it } from "vitest";
import { generateEstate } from "@rollcall/connectors";
import type { Grant, Identity, Resource } from "@rollcall/nhi-model";
import { AnalysisMemory, analyseSnapshot, snapshotOfImports } from "@rollcall/posture-pipeline";
import type { AnalysisResult, WorkspaceSnapshot } from "@rollcall/posture-pipeline";

const asOf = "2026-06-01T00:00:00.000Z";
const later = "2026-07-01T00:00:00.000Z";
const edits = 500;
const comparedEvery = 3;

function draw(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Pick = ReturnType<typeof draw>;

const without = <T>(rows: readonly T[], at: number): readonly T[] => rows.filter((_, index) => index !== at);
const replaced = <T>(rows: readonly T[], at: number, row: T): readonly T[] => rows.map((each, index) => (index === at ? row : each));

/** Statements of a policy document come and go, or turn into their opposite. */
function otherDocument(resource: Resource, pick: Pick): Resource {
  const document = resource.attributes["document"] as { Statement?: readonly Record<string, unknown>[] } | undefined;
  const statements = document?.Statement ?? [];
  if (document === undefined || statements.length === 0) return resource;
  const at = pick(statements.length);
  const statement = statements[at]!;
  const now =
    pick(2) === 0
      ? replaced(statements, at, { ...statement, Effect: statement["Effect"] === "Deny" ? "Allow" : "Deny" })
      : [...statements, { Effect: "Allow", Action: ["s3:*", "secretsmanager:GetSecretValue", "sts:AssumeRole"][pick(3)], Resource: "*" }];
  return { ...resource, attributes: { ...resource.attributes, document: { ...document, Statement: now } } };
}

const otherGrant = (grant: Grant, pick: Pick, identities: readonly Identity[]): Grant =>
  pick(2) === 0
    ? { ...grant, conditional: !grant.conditional }
    : { ...grant, id: `${grant.id}-${pick(1_000_000)}`, from: identities[pick(identities.length)]!.ref };

/** One change such as a sync brings: of a policy, a binding, an identity, a date, an owner. */
function edited(snapshot: WorkspaceSnapshot, pick: Pick): WorkspaceSnapshot {
  const { identities, grants, resources, credentials, sources, ownerClaims } = snapshot;
  const policies = resources.flatMap((resource, index) => (resource.attributes["document"] === undefined ? [] : [index]));
  const grant = pick(grants.length);
  switch (pick(10)) {
    case 0:
    case 1:
    case 2: {
      const at = policies[pick(policies.length)]!;
      return { ...snapshot, resources: replaced(resources, at, otherDocument(resources[at]!, pick)) };
    }
    case 3:
      return { ...snapshot, grants: without(grants, grant) };
    case 4:
    case 5:
      return { ...snapshot, grants: [...grants, otherGrant(grants[grant]!, pick, identities)] };
    case 6:
      return { ...snapshot, credentials: without(credentials, pick(credentials.length)) };
    case 7:
      return pick(3) === 0 ? { ...snapshot, identities: without(identities, pick(identities.length)) } : snapshot;
    case 8: {
      const at = pick(sources.length);
      return { ...snapshot, sources: replaced(sources, at, { ...sources[at]!, asOf: sources[at]!.asOf === later ? asOf : later }) };
    }
    default:
      return pick(2) === 0 || ownerClaims.length === 0
        ? { ...snapshot, attested: new Map([...snapshot.attested, [identities[pick(identities.length)]!.id, environmentOf(pick)]]) }
        : { ...snapshot, humans: without(snapshot.humans, pick(Math.max(1, snapshot.humans.length))) };
  }
}

const environmentOf = (pick: Pick) => ({ environment: { known: ["prod", "dev"][pick(2)]!, source: "person", observedAt: asOf } });

const stated = ({ identities, findings, posture, graph, dataDate }: AnalysisResult): unknown => ({
  identities,
  findings,
  posture,
  dataDate,
  edges: graph.edges.length,
});

/** Every sixth identity with what belongs to it: the smallest estate is more than five hundred comparisons need. */
function part(whole: WorkspaceSnapshot): WorkspaceSnapshot {
  const identities = whole.identities.filter((_, index) => index % 6 === 0);
  const left = new Set(identities.map(({ id }) => id));
  const dropped = new Set(whole.identities.filter(({ id }) => !left.has(id)).map(({ ref }) => ref));
  const grants = whole.grants.filter(({ from, to }) => !dropped.has(from) && !dropped.has(to));
  const named = new Set(grants.flatMap(({ from, to }) => [from, to]));
  const ofThose = <T extends { readonly identityId: string }>(rows: readonly T[]): readonly T[] =>
    rows.filter((row) => left.has(row.identityId));
  return {
    ...whole,
    identities,
    credentials: ofThose(whole.credentials),
    usage: ofThose(whole.usage),
    ownerClaims: ofThose(whole.ownerClaims),
    resources: whole.resources.filter(({ ref }, index) => named.has(ref) || index % 6 === 0),
    grants,
  };
}

let start: WorkspaceSnapshot;
beforeAll(() => {
  start = part(snapshotOfImports(generateEstate({ identities: 300, seed: 7, asOf }).imports));
});

it("an analysis that remembers the last one equals a full pass, all along 500 random edits", { timeout: 600_000 }, async () => {
  const pick = draw(17);
  const memory = new AnalysisMemory({ maxIdentities: 10_000 });
  let snapshot = start;
  let [judged, stale] = [0, 0];
  let round = 0;
  for (let done = 0; done < edits; round += 1) {
    // A sync brings several at once.
    for (let batch = Math.min(1 + pick(4), edits - done); batch > 0; batch -= 1, done += 1) snapshot = edited(snapshot, pick);
    // Now and then another worker did the analysis in between, so that what is stored is not what is remembered.
    const stored = pick(20) === 0 ? "another" : `run-${round}`;
    const analysis = memory.begin("workspace", { runId: stored, identities: snapshot.identities.length })!;
    const result = await analyseSnapshot(snapshot, { now: later, memory: analysis });
    memory.keep("workspace", analysis, `run-${round + 1}`);
    // What is wrong once stays wrong, so a look now and then sees it too.
    if (round % comparedEvery === 0 || done === edits) {
      const full = await analyseSnapshot(snapshot, { now: later });
      // Texts compare many times faster than trees; the trees say what differs.
      const [found, expected] = [stated(result), stated(full)];
      if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found).toEqual(expected);
    }
    expect(result.since === null).toBe(round === 0 || stored === "another");
    judged += analysis.judgedAgain;
    stale += result.since?.identityIds.size ?? 0;
  }
  // Most must have been remembered, or nothing was tested; and something must have been judged again.
  expect(judged).toBeLessThan(0.7 * round * start.identities.length);
  expect(stale).toBeGreaterThan(edits);
});

it("forgets the workspace analysed longest ago when there are too many identities, and one that is too large at once", async () => {
  const memory = new AnalysisMemory({ maxIdentities: start.identities.length + 10 });
  const run = async (workspace: string): Promise<number> => {
    const analysis = memory.begin(workspace, { runId: "run", identities: start.identities.length })!;
    await analyseSnapshot(start, { now: later, memory: analysis });
    memory.keep(workspace, analysis, "run");
    return analysis.judgedAgain;
  };
  expect(await run("one")).toBe(start.identities.length);
  expect(await run("one")).toBe(0);
  expect(await run("two")).toBe(start.identities.length);
  expect(await run("one")).toBe(start.identities.length);
  const none = new AnalysisMemory({ maxIdentities: 10 });
  expect(none.begin("one", { runId: "run", identities: 11 })).toBeNull();
});
