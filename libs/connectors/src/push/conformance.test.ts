import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { pushConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const lines = fixtureFile(fixtures, "runners.ndjson");
const text = new TextDecoder().decode(lines.bytes);
const canaries = ["CANARY-push-attr", "CANARY-push-note", "CANARY-push-raw-secret-in-fingerprint"];

describeConnector({
  connector: pushConnector,
  cases: [
    { name: "lines", files: [lines], canaries },
    { name: "an array", files: [fixtureFile(fixtures, "runners.json")], canaries },
  ],
  partial: [
    { name: "a bad record", files: [textFile("bad.ndjson", `${text}{"kind":"identity","ref":""}\n`)], datasets: ["runners"] },
    {
      name: "records that did not arrive",
      files: [textFile("cut.ndjson", text.split("\n").slice(0, 4).join("\n"))],
      datasets: ["runners"],
    },
    {
      name: "no word about completeness",
      files: [textFile("plain.ndjson", text.split("\n").slice(1).join("\n"))],
      datasets: ["observations"],
    },
  ],
});
