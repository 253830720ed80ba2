import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { awsConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const fixture = (name: string) => fixtureFile(fixtures, name);
const details = fixture("authorization-details.json");
const truncated = textFile(
  "page-1.json",
  JSON.stringify({ ...JSON.parse(new TextDecoder().decode(details.bytes)), IsTruncated: true, Marker: "m" }),
);
const filtered = textFile(
  "filtered.json",
  JSON.stringify({ UserDetailList: [{ Arn: "arn:aws:iam::123456789012:user/x", UserName: "x", UserId: "AIDAX" }] }),
);
const rootless = textFile(
  "rootless.csv",
  new TextDecoder()
    .decode(fixture("credential-report.csv").bytes)
    .split("\n")
    .filter((line) => !line.startsWith("<root"))
    .join("\n"),
);

describeConnector({
  connector: awsConnector,
  cases: [
    { name: "authorization details", files: [details], canaries: ["CANARY-tag-1f8a", "CANARY-tag-2c9b", "CANARY-desc-77aa"] },
    { name: "credential report, CSV", files: [fixture("credential-report.csv")], canaries: [] },
    { name: "credential report, JSON", files: [fixture("credential-report.json")], canaries: [] },
    {
      name: "everything at once",
      canaries: ["CANARY-tag-1f8a", "CANARY-tag-2c9b", "CANARY-desc-77aa", "CANARY-lambda-5d1e", "CANARY-lambda-plain"],
      files: [
        details,
        fixture("credential-report.csv"),
        fixture("last-accessed-job-release.json"),
        fixture("11112222-3333-4444-5555-666677778888.json"),
        fixture("functions.json"),
        fixture("secrets.json"),
        fixture("buckets.json"),
      ],
    },
    {
      name: "policies around the principals",
      files: [details, ...["bucket-policy.json", "queue-attributes.json", "organisation.json", "access-keys.json"].map(fixture)],
      canaries: ["CANARY-tag-1f8a"],
    },
  ],
  partial: [
    { name: "one page of several", files: [truncated], datasets: ["users", "roles", "groups", "policies"] },
    { name: "two exports of one account", files: [details, truncated], datasets: ["users", "roles", "groups", "policies"] },
    { name: "a filtered export", files: [filtered], datasets: ["roles", "groups", "policies"] },
    { name: "a report without the root user", files: [rootless], datasets: ["credential_report"] },
    {
      name: "last-accessed data of one role of many",
      files: [details, fixture("last-accessed-job-release.json"), fixture("11112222-3333-4444-5555-666677778888.json")],
      datasets: ["last_accessed"],
    },
    { name: "regional listings", files: [fixture("functions.json"), fixture("secrets.json")], datasets: ["functions", "secrets"] },
  ],
});
