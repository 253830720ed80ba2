import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aCredential, anIdentity, anInput, aResource } from "../testing/inventory-builders.ts";
import type { AccessGraph } from "../types.ts";

const world = (attributes: Readonly<Record<string, unknown>>, fingerprint: string | null = "f1"): AccessGraph =>
  buildGraph(
    anInput({
      identities: [anIdentity("aws:bot"), anIdentity("git:bot")],
      credentials: [
        aCredential("aws:bot#key", "aws:bot", { fingerprint, status: "active", name: "aws:bot#key AKIAIOSFODNN7EXAMPLE" }),
        aCredential("git:bot#cert", "git:bot", { fingerprint, kind: "x509_certificate", status: "active" }),
      ],
      resources: [aResource("vault:kv/key", { kind: "secret", attributes })],
    }),
  );
const stored = (graph: AccessGraph): string[] =>
  graph.edges
    .filter((edge) => edge.kind === "STORES")
    .map((edge) => `${graph.nodes[edge.from]!.key} > ${graph.nodes[edge.to]!.key}: ${edge.why.facts[0]!.detail}`);

describe("a stored secret", () => {
  it.each([
    ["named by its source", { credentialRef: "aws:bot#key" }, ["holds aws:bot#key AKIAIOSFODNN7EXAMPLE, by its source's own reference"]],
    ["of the same fingerprint", { valueFingerprint: "f1" }, ["the same value as aws:bot#key AKIAIOSFODNN7EXAMPLE, by its fingerprint"]],
    [
      "with the id of a key beside it",
      { accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
      ["holds aws:bot#key AKIAIOSFODNN7EXAMPLE, by the id beside it"],
    ],
    ["with the id of another key", { accessKeyId: "AKIAIOSFODNN7OTHER99" }, []],
    ["of another fingerprint", { valueFingerprint: "f2" }, []],
    [
      "of several values, one of the same fingerprint",
      { valueFingerprints: ["f0", "f1"] },
      ["the same value as aws:bot#key AKIAIOSFODNN7EXAMPLE, by its fingerprint"],
    ],
    [
      "with several ids",
      { accessKeyIds: ["AKIAIOSFODNN7OTHER99", "AKIAIOSFODNN7EXAMPLE"] },
      ["holds aws:bot#key AKIAIOSFODNN7EXAMPLE, by the id beside it"],
    ],
    ["of nothing known", {}, []],
  ])("%s opens its credential", (_, attributes, details) => {
    expect(stored(world(attributes))).toEqual(details.map((detail) => `resource:vault:kv/key > credential:aws:bot#key: ${detail}`));
  });

  it("may name whose credential it is instead of which", () => {
    expect(stored(world({ credentialRefs: ["git:bot"] }))).toEqual([
      "resource:vault:kv/key > identity:git:bot: holds git:bot, by its source's own reference",
    ]);
  });

  it("that names an unknown credential leaves a gap", () => {
    expect(world({ credentialRef: "aws:gone#key" }).gaps.map(({ what }) => what)).toEqual(["unresolved_reference"]);
  });
});

describe("one value in two places", () => {
  it("opens both identities, unless it is only a certificate", () => {
    const twice = (kind: "api_key" | "x509_certificate") =>
      buildGraph(
        anInput({
          identities: [anIdentity("aws:bot"), anIdentity("git:bot")],
          credentials: [
            aCredential("aws:bot#key", "aws:bot", { fingerprint: "f1", kind }),
            aCredential("git:bot#key", "git:bot", { fingerprint: "f1", kind }),
          ],
        }),
      );
    expect(stored(twice("api_key")).map((line) => line.split(":").slice(0, 4).join(":"))).toHaveLength(2);
    expect(stored(twice("x509_certificate"))).toEqual([]);
  });
});
