import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyseHere } from "./testing.ts";

let folder = "";
let runs = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-across-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The report on files of several systems; a list of records is one file of lines. */
async function analysed(files: Readonly<Record<string, string | readonly object[]>>) {
  const place = join(folder, `run-${(runs += 1)}`);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), typeof content === "string" ? content : content.map((each) => JSON.stringify(each)).join("\n"));
  }
  const { report } = await analyseHere(place);
  return report;
}

const serviceAccount = (name: string, annotation: string): string =>
  `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: media, annotations: {${annotation}}}\n`;

describe("a service account and an identity of a cloud that no file lists", () => {
  it.each([
    ["Google Cloud", 'iam.gke.io/gcp-service-account: "up@acme.iam.gserviceaccount.com"', "gcp:up@acme.iam.gserviceaccount.com"],
    ["Azure", 'azure.workload.identity/client-id: "11111111-2222-3333-4444-555555555555"', "azure:11111111-2222-3333-4444-555555555555"],
    ["AWS", 'eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/media"', "arn:aws:iam::111122223333:role/media"],
  ])("%s: the way there is shown, and what lies behind it is not taken for nothing", async (_, annotation, target) => {
    const report = await analysed({ "prod.yaml": serviceAccount("up", annotation) + serviceAccount("plain", "a: b") });
    expect(report.takeOvers).toMatchObject([{ from: "k8s:prod/media/ServiceAccount/up", to: target, toKind: "external", certain: false }]);
    expect(report.identities.map(({ ref, blastRadius }) => `${ref.split("/").at(-1)} ${blastRadius.atLeast}`)).toEqual([
      "plain false",
      "up true",
    ]);
    expect(report.unknown.gaps).toMatchObject([{ ref: target, what: "unresolved_reference" }]);
  });
});
