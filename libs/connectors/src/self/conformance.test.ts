import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { selfConnector } from "./connector.ts";

const file = fixtureFile(new URL("./fixtures/", import.meta.url), "rollcall.json");

describeConnector({
  connector: selfConnector,
  cases: [
    {
      name: "an instance",
      files: [file],
      canaries: ["password", "secret-hash", "token-hash", "fingerprint"].map((name) => `CANARY-self-${name}`),
    },
  ],
  partial: [
    {
      name: "something else",
      files: [textFile("rollcall.json", '{"format":"rollcall-self/v1","apiKeys":[]}')],
      datasets: ["people", "machine_access", "instance"],
    },
  ],
});
