import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { secretScanningConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const file = (name: string) => fixtureFile(fixtures, name);
const all = ["gitleaks.json", "trufflehog.jsonl", "scanner.sarif", "github-alerts.json"].map(file);

describeConnector({
  connector: secretScanningConnector,
  cases: [
    {
      name: "reports of four scanners",
      files: all,
      canaries: [
        "CANARY-slack-7f31c0a9e2",
        "CANARY-pw",
        "CANARY-message",
        "CANARY-stripe-0a1b2c3d4e5f",
        "CANARY-npm-9d8c7b6a5f4e",
        "CANARY-redacted",
      ],
    },
  ],
  partial: [
    { name: "every report", files: all, datasets: ["leaks"] },
    { name: "a cut one", files: [textFile("cut.json", '[{"RuleID":"a","StartLine":1,"File":"x"')], datasets: ["leaks"] },
  ],
});
