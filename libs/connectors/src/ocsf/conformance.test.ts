import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { ocsfConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const all = ["prowler.ocsf.json", "analyzer.ocsf.jsonl"].map((name) => fixtureFile(fixtures, name));

describeConnector({
  connector: ocsfConnector,
  cases: [
    {
      name: "findings of two tools",
      files: all,
      canaries: [
        "CANARY-desc-7f31c0a9e2",
        "CANARY-raw-0a1b2c3d4e5f",
        "CANARY-unmapped-9d8c7b6a5f4e",
        "CANARY-data-1f2e3d4c5b6a",
        "CANARY-advice-1a2b3c4d",
      ],
    },
  ],
  partial: [
    { name: "every list", files: all, datasets: ["reports"] },
    { name: "a cut one", files: [textFile("cut.json", '[{"class_uid":2004,"metadata":{"product":{"name":"x"')], datasets: ["reports"] },
  ],
});
