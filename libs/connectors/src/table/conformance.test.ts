import { readFileSync } from "node:fs";
import { tableMapping } from "@rollcall/nhi-model";
import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { tableConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const bots = fixtureFile(fixtures, "bots.csv");
const table = tableMapping.parse({ ...JSON.parse(readFileSync(new URL("mapping.json", fixtures), "utf8")), complete: true });

describeConnector({
  connector: tableConnector,
  options: { table },
  cases: [
    {
      name: "a table of bots",
      files: [bots],
      canaries: ["CANARY-key-7f31c0a9e2b84d55", "CANARY-key-2b84d557f31c0a9e", "CANARY-key-9e2b84d57f31c0a5", "CANARY-note-1a2b3c4d"],
    },
  ],
  partial: [
    { name: "rows that were left out", files: [bots], datasets: ["rows"] },
    {
      name: "a file whose last line does not end",
      files: [textFile("cut.csv", new TextDecoder().decode(bytes(2)).trimEnd())],
      datasets: ["rows"],
    },
  ],
});

/** The header and so many rows. */
function bytes(rows: number): Uint8Array {
  const lines = new TextDecoder().decode(bots.bytes).split("\n");
  return new TextEncoder().encode(lines.slice(0, rows + 1).join("\n"));
}
