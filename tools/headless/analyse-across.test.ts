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

const source = (name: string): object => ({
  source: name,
  asOf: "2026-11-20T05:00:00Z",
  scopes: [{ dataset: "all", outcome: "complete" }],
});
const identity = (ref: string, identityKind: string): object => ({
  kind: "identity",
  ref,
  identityKind,
  name: ref,
  provider: ref.split(":")[0],
  facts: { status: "active" },
});
const credential = (ref: string, identityRef: string, more: object = {}): object => ({
  kind: "credential",
  ref,
  identityRef,
  credentialKind: "token",
  facts: { status: "active" },
  ...more,
});
const resource = (ref: string, resourceKind: string, more: object = {}): object => ({
  kind: "resource",
  ref,
  resourceKind,
  name: ref,
  provider: ref.split(":")[0],
  ...more,
});
const grant = (from: string, grantKind: string, to: string, more: object = {}): object => ({
  kind: "grant",
  ref: `${from}|${grantKind}|${to}`,
  dialect: "direct",
  grantKind,
  from,
  to,
  ...more,
});
const print = "2c26b46b68ffc68ff99b453c1d304134";
const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const keyId = "AKIAIOSFODNN7EXAMPLE";

/** Grants, secrets and keys of several systems, each in a file of its own form. */
const estates: readonly (readonly [string, Readonly<Record<string, string | readonly object[]>>, string])[] = [
  [
    "an OAuth application and an API",
    {
      "idp.ndjson": [
        source("idp"),
        identity("idp:app/sync", "oauth_client"),
        resource("mail:api/messages", "api"),
        grant("idp:app/sync", "ACCESSES", "mail:api/messages", { attributes: { level: "write", scopes: ["Mail.ReadWrite"] } }),
      ],
    },
    "idp:app/sync mail:api/messages write ACCESSES",
  ],
  [
    "a secret in a vault and the database user of the same value",
    {
      "vault.ndjson": [
        source("vault"),
        identity("vault:role/app", "service_account"),
        resource("vault:kv/db", "secret", { attributes: { valueFingerprint: print } }),
        grant("vault:role/app", "CAN_READ_SECRET", "vault:kv/db"),
      ],
      "databases.ndjson": [
        source("pg"),
        identity("pg:user/app", "database_user"),
        credential("pg:user/app#password", "pg:user/app", { fingerprint: print }),
        resource("pg:orders", "data_store"),
        grant("pg:user/app", "ACCESSES", "pg:orders", { level: "admin" }),
      ],
    },
    "vault:role/app pg:orders admin CAN_READ_SECRET STORES AUTHENTICATES_AS ACCESSES",
  ],
  [
    "a vault, the key of a GitHub application and its repositories",
    {
      "estate.ndjson": [
        source("vault"),
        identity("vault:role/ci", "service_account"),
        resource("vault:kv/app-key", "secret", { attributes: { credentialRef: "github:acme/app/bot#key" } }),
        grant("vault:role/ci", "CAN_READ_SECRET", "vault:kv/app-key"),
        source("github"),
        identity("github:acme/app/bot", "oauth_client"),
        credential("github:acme/app/bot#key", "github:acme/app/bot", { credentialKind: "signing_key" }),
        resource("github:acme/billing", "repository"),
        grant("github:acme/app/bot", "CAN_WRITE_CODE", "github:acme/billing"),
      ],
    },
    "vault:role/ci github:acme/billing control CAN_READ_SECRET STORES AUTHENTICATES_AS CAN_WRITE_CODE",
  ],
  [
    "an agent, its tool server, the token in its configuration and an API",
    {
      "laptop-7/.cursor/mcp.json": JSON.stringify({
        mcpServers: {
          crm: { command: "npx", args: ["-y", "crm-mcp"], env: { CRM_API_TOKEN: "crm-live-8f14e45fceea167a5a36dedd4bea2543" } },
        },
      }),
      "crm.ndjson": [
        source("crm"),
        identity("crm:user/agent", "service_account"),
        credential("crm:user/agent#token", "crm:user/agent", { fingerprint: "crm-live-8f14e45fceea167a5a36dedd4bea2543" }),
        resource("crm:customers", "saas_object"),
        grant("crm:user/agent", "ACCESSES", "crm:customers", { level: "write" }),
      ],
    },
    "mcp:laptop-7/agent/Cursor crm:customers write CAN_CALL_TOOL USES_SECRET STORES AUTHENTICATES_AS ACCESSES",
  ],
  [
    "a workflow, its secret and the key of an account elsewhere",
    {
      "acme/shop/.github/workflows/nightly.yml":
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: a\n        env: {KEY: '${{ secrets.REPORTS_KEY }}'}\n",
      "key.ndjson": [
        source("github-secrets"),
        resource("github:acme/shop/secret/REPORTS_KEY", "secret", {
          attributes: { credentialRef: "arn:aws:iam::555566667777:user/reports#key" },
        }),
        source("aws-elsewhere"),
        identity("arn:aws:iam::555566667777:user/reports", "service_account"),
        credential("arn:aws:iam::555566667777:user/reports#key", "arn:aws:iam::555566667777:user/reports"),
        resource("arn:aws:s3:::finance", "data_store"),
        grant("arn:aws:iam::555566667777:user/reports", "ACCESSES", "arn:aws:s3:::finance", { level: "read" }),
      ],
    },
    "github:acme/shop/workflow/nightly.yml arn:aws:s3:::finance read USES_SECRET STORES AUTHENTICATES_AS ACCESSES",
  ],
  [
    "a service account, a Kubernetes Secret and the AWS key in it",
    {
      "prod.yaml": `apiVersion: v1
kind: Secret
metadata: {name: s3, namespace: shop}
stringData: {AWS_ACCESS_KEY_ID: ${keyId}, AWS_SECRET_ACCESS_KEY: ${secretKey}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: secrets, namespace: shop}
rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: secrets, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: secrets}
subjects: [{kind: ServiceAccount, name: reader, namespace: shop}]
`,
      "aws.ndjson": [
        source("aws"),
        identity("arn:aws:iam::111122223333:user/s3", "service_account"),
        credential("arn:aws:iam::111122223333:user/s3#key", "arn:aws:iam::111122223333:user/s3", {
          credentialKind: "access_key",
          name: keyId,
        }),
        resource("arn:aws:s3:::orders", "data_store"),
        grant("arn:aws:iam::111122223333:user/s3", "ACCESSES", "arn:aws:s3:::orders", { level: "write" }),
      ],
    },
    "k8s:prod/shop/ServiceAccount/reader arn:aws:s3:::orders write HAS_ROLE CAN_READ_SECRET CAN_READ_SECRET STORES AUTHENTICATES_AS ACCESSES",
  ],
];

describe("what principals reach across systems", () => {
  it.each(estates)("%s", async (_, files, expected) => {
    const { reaches } = await analysed(files);
    const certain = reaches.filter((row) => row.certain);
    expect(certain.map(({ from, to, level, via }) => [from, to, level, ...via].join(" "))).toContain(expected);
  });
});
