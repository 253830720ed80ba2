import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { githubActionsConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const deploy = fixtureFile(fixtures, "acme/shop/.github/workflows/deploy.yml");
const label = fixtureFile(fixtures, "acme/shop/.github/workflows/label.yml");
const datasets = ["repository", "workflows", "secrets"];

describeConnector({
  connector: githubActionsConnector,
  cases: [
    { name: "one workflow", files: [label], canaries: [] },
    { name: "workflows of a repository", files: [deploy, label], canaries: ["CANARY-gha-inline-value", "CANARY-gha-argument"] },
  ],
  partial: [
    { name: "any number of files", files: [deploy, label], datasets },
    { name: "a file that is no YAML", files: [textFile("a/b/.github/workflows/x.yml", "on: push\njobs:\n  a: {b: [}\n")], datasets },
  ],
});
