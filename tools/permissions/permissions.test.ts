import { readFileSync } from "node:fs";
import { connectors } from "@rollcall/connectors";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { permissionsBeyondPolicy, permissionsDocument } from "./document.ts";

const manifests = connectors.map(({ manifest }) => manifest);
const manifestOf = (id: string) => manifests.find((manifest) => manifest.id === id)!;
const commandsOf = (id: string): string =>
  manifestOf(id)
    .howToExport.map(({ command }) => command)
    .join("\n");

test("the published page is the one the connectors give; write it with `npm run docs:permissions`", async () => {
  const published = readFileSync(new URL("../../docs/connector-permissions.md", import.meta.url), "utf8");
  expect(published).toBe(await format(permissionsDocument(manifests), { parser: "markdown" }));
});

test("every connector has its section, every dataset and every policy is in it", () => {
  const text = permissionsDocument(manifests);
  for (const { id, datasets, leastPrivilegePolicy } of manifests) {
    expect(text).toContain(`(\`${id}\`)`);
    for (const { title } of datasets) expect(text).toContain(`| ${title} |`);
    if (leastPrivilegePolicy !== null) expect(text).toContain(leastPrivilegePolicy.trimEnd());
  }
});

describe("Amazon Web Services", () => {
  interface Statement {
    readonly Effect: string;
    readonly Action: readonly string[];
  }
  const { Statement: statements } = JSON.parse(manifestOf("aws").leastPrivilegePolicy!) as { Statement: readonly Statement[] };
  const allowed = statements.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);

  /** Commands and actions share their words, except where AWS itself does not. */
  const elsewhere: Readonly<Record<string, string>> = { "s3:ListBuckets": "s3:ListAllMyBuckets" };
  const actions = [...commandsOf("aws").matchAll(/\baws ([a-z0-9]+) ([a-z-]+)/g)].map(([, service, command]) => {
    const verb = command!
      .split("-")
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join("");
    const action = `${service === "s3api" ? "s3" : service}:${verb}`;
    return elsewhere[action] ?? action;
  });

  test("what the commands call is granted", () => {
    expect(actions.length).toBeGreaterThan(8);
    expect(actions.filter((action) => !allowed.includes(action))).toEqual([]);
  });

  test("what is granted is needed by a dataset, and every need is granted", () => {
    const needed = manifestOf("aws").datasets.flatMap(({ permissions }) => permissions);
    expect([...new Set(needed)].toSorted()).toEqual([...allowed].toSorted());
    expect(permissionsBeyondPolicy(manifestOf("aws"))).toEqual([]);
  });

  test("reading what is protected is refused in so many words", () => {
    const denied = statements.filter(({ Effect }) => Effect === "Deny").flatMap(({ Action }) => Action);
    expect(denied).toEqual(expect.arrayContaining(["secretsmanager:GetSecretValue", "ssm:GetParameter*", "kms:Decrypt", "s3:GetObject*"]));
  });
});

describe("Kubernetes", () => {
  interface ClusterRole {
    readonly kind: string;
    readonly rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
  }
  const role = parse(manifestOf("kubernetes").leastPrivilegePolicy!) as ClusterRole;
  const granted = role.rules.flatMap(({ resources }) => resources);

  test("nothing but reading, and no Secrets", () => {
    expect(role.kind).toBe("ClusterRole");
    expect(new Set(role.rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list"]));
    expect(granted.filter((resource) => /secret|\*/.test(resource))).toEqual([]);
  });

  test("what the first command lists is granted; what is not granted is named as such", () => {
    const [first] = manifestOf("kubernetes").howToExport;
    const listed = /kubectl get ([\w,]+)/.exec(first!.command)![1]!.split(",");
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.filter((resource) => !granted.includes(resource))).toEqual([]);
    expect(permissionsBeyondPolicy(manifestOf("kubernetes"))).toContain("list secrets");
    expect(permissionsDocument(manifests)).toContain("`list secrets`");
  });
});
