import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { edgeKinds, edgePhrase } from "./edge-kinds.ts";

const page = readFileSync(new URL("../../../docs/blast-radius.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gm)].map(([, kind, phrase]) => [kind!, phrase!.trim()] as const);

it("the page about blast radius has every kind of edge, in the words that the product uses", () => {
  expect(rows).toEqual(edgeKinds.map((kind) => [kind, edgePhrase(kind)]));
});
