import { describe, expect, it } from "vitest";
import type { Observation } from "@rollcall/nhi-model";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { githubActionsConnector } from "./connector.ts";
import { repositoryOf } from "./repository-of.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const files = ["deploy.yml", "label.yml"].map((name) => fixtureFile(fixtures, `acme/shop/.github/workflows/${name}`));
const observed = (given: Parameters<typeof githubActionsConnector.parse>[0], hint: string | null = null): Observation[] =>
  githubActionsConnector
    .parse(given, { ...conformanceOptions, accountHint: hint })
    .flatMap((parsed) => [...parsed.observations].map(({ observation }) => observation));
const attributesOf = (all: readonly Observation[], ref: string): Record<string, unknown> => {
  const found = all.find((each) => each.ref === ref);
  if (found === undefined || !("attributes" in found)) throw new Error(`nothing called ${ref}`);
  return found.attributes;
};
const grantsOf = (all: readonly Observation[]): string[] =>
  all.flatMap((each) =>
    each.kind === "grant"
      ? [
          `${each.from.replace("github:acme/shop", "~")} ${each.grantKind} ${each.to.replace("github:acme/shop", "~")}${each.conditional === true ? "?" : ""}`,
        ]
      : [],
  );

/** Subjects of the tokens of a workflow with these triggers and job lines; `?` = not known which. */
const subjects = (on: string, job = ""): string[] => {
  const text = `on: ${on}\njobs:\n  a:\n    permissions: {id-token: write}\n    runs-on: x\n${job}`;
  const all = observed([textFile("acme/shop/.github/workflows/w.yml", text)]);
  const tokens = attributesOf(all, "github:acme/shop/workflow/w.yml")["oidcTokens"] as { claims: { sub: string }; open: string[] }[];
  return tokens.map(({ claims, open }) => `${claims.sub.replace("repo:acme/shop:", "")}${open.includes("sub") ? "?" : ""}`);
};

describe("secrets of a workflow", () => {
  const secrets = (expression: string): string[] =>
    grantsOf(
      observed([textFile("w.yml", `on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{run: "\${{ ${expression} }}"}]\n`)], "acme/shop"),
    ).filter((grant) => grant.includes("USES_SECRET"));
  it.each([
    ["secrets.A", ["~/workflow/w.yml USES_SECRET ~/secret/A"]],
    ["secrets['A']", ["~/workflow/w.yml USES_SECRET ~/secret/A"]],
    ["toJSON(secrets)", ["~/workflow/w.yml USES_SECRET ~/secret/*"]],
    ["secrets[matrix.name]", ["~/workflow/w.yml USES_SECRET ~/secret/*"]],
    ["github.token", []],
  ])("that says %s", (expression, expected) => expect(secrets(expression)).toEqual(expected));
});

describe("a workflow in one piece", () => {
  it("is read, and other things in one piece are not", () => {
    const isOurs = (text: string): boolean => githubActionsConnector.recognise(textFile("a.yml", text));
    expect(isOurs("{on: push, jobs: {a: {runs-on: x}}}")).toBe(true);
    expect(isOurs('{"jobs": [1], "on": true}')).toBe(false);
  });
});

describe("workflows of a repository", () => {
  const all = observed(files);

  it("use secrets by name, change code, deploy, and are started by who writes", () => {
    expect(grantsOf(all)).toEqual([
      "~/workflow/deploy.yml USES_SECRET ~/secret/*",
      "~/workflow/deploy.yml USES_SECRET ~/secret/REGISTRY_PASSWORD",
      "~/workflow/deploy.yml USES_SECRET ~/secret/SIGNING_KEY",
      "~/workflow/label.yml USES_SECRET ~/secret/AWS_ACCESS_KEY_ID",
      "~/workflow/label.yml USES_SECRET ~/secret/AWS_SECRET_ACCESS_KEY",
      "~/workflow/deploy.yml CAN_WRITE_CODE ~",
      "~/workflow/deploy.yml DEPLOYS_TO ~/environment/production",
      "~/workflow/label.yml CAN_WRITE_CODE ~?",
      "~ CAN_RUN_WORKFLOW ~/workflow/deploy.yml",
      "~ CAN_RUN_WORKFLOW ~/workflow/label.yml?",
    ]);
  });

  it("ask for roles and tokens, each job with its own environment or called workflow", () => {
    const attributes = attributesOf(all, "github:acme/shop/workflow/deploy.yml");
    expect(attributes).toMatchObject({
      assumesRoles: ["arn:aws:iam::222233334444:role/release"],
      selfHosted: true,
      environments: ["production"],
    });
    const tokens = attributes["oidcTokens"] as { claims: Record<string, string> }[];
    expect(new Set(tokens.map(({ claims }) => `${claims["sub"]} ${claims["job_workflow_ref"]}`))).toContain(
      "repo:acme/shop:ref:refs/heads/main acme/ci/.github/workflows/notify.yml@refs/*/v2",
    );
    expect(new Set(tokens.flatMap(({ claims }) => (claims["environment"] === "production" ? [claims["sub"]] : [])))).toEqual(
      new Set(["repo:acme/shop:environment:production"]),
    );
  });

  it("with keys of a cloud in their secrets, or open to strangers, say so", () => {
    const label = all.find((each) => each.ref === "github:acme/shop/workflow/label.yml");
    expect(label).toMatchObject({
      facts: { "pipeline.storesStaticCloudKey": true, "auth.methods": ["static_key"] },
      attributes: {
        openTo: [
          {
            who: "anyone who may open a pull request",
            how: "pull_request_target with a checkout of the proposed code",
            provided: "the repository is public",
          },
        ],
      },
    });
    expect(attributesOf(all, "github:acme/shop/workflow/label.yml")).not.toHaveProperty("oidcTokens");
  });
});

describe("subjects", () => {
  it.each([
    ["push", ["ref:refs/heads/*", "ref:refs/tags/*"]],
    ["{push: {branches: [main]}}", ["ref:refs/heads/main"]],
    ["{push: {branches: ['rel/**', '!rel/x']}}", ["ref:refs/heads/rel/*"]],
    ["{push: {tags: ['v*']}}", ["ref:refs/tags/v*"]],
    ["{push: {tags-ignore: [v1]}}", ["ref:refs/tags/*"]],
    ["{push: {branches-ignore: [main]}}", ["ref:refs/heads/*"]],
    ["{push: {branches: [main], tags: ['v*']}}", ["ref:refs/heads/main", "ref:refs/tags/v*"]],
    ["pull_request", ["pull_request"]],
    ["[workflow_dispatch]", ["ref:refs/heads/*", "ref:refs/tags/*"]],
    ["{schedule: [{cron: '0 0 * * *'}]}", ["ref:refs/heads/*?"]],
    ["{workflow_call: {}}", ["*?"]],
    ["release", ["ref:refs/tags/*"]],
    ["create", ["ref:refs/heads/*", "ref:refs/tags/*"]],
    ["deployment", ["ref:refs/heads/*?", "ref:refs/tags/*?"]],
    ["pull_request_review", ["pull_request?", "ref:refs/pull/*/merge?"]],
    ["merge_group", ["ref:refs/heads/gh-readonly-queue/*"]],
  ])("of %s", (on, expected) => expect(subjects(on)).toEqual(expected));

  it("leave out what a filter keeps out at its end, whether it names branches or an environment takes their place", () => {
    const kept = (on: string, more = "") => {
      const text = `on: ${on}\njobs:\n  a:\n    permissions: {id-token: write}\n    runs-on: x\n${more}`;
      const all = observed([textFile("w.yml", text)], "acme/shop");
      return (attributesOf(all, "github:acme/shop/workflow/w.yml")["oidcTokens"] as { except?: unknown }[]).map(({ except }) => except);
    };
    const main = { ref: ["refs/heads/main"], sub: ["repo:acme/shop:ref:refs/heads/main"] };
    expect(kept("{push: {branches-ignore: [main]}}")).toEqual([main]);
    expect(kept("{push: {branches: ['**', '!main', '!x/**']}}")).toEqual([
      { ref: ["refs/heads/main", "refs/heads/x/*"], sub: [...main.sub, "repo:acme/shop:ref:refs/heads/x/*"] },
    ]);
    expect(kept("{push: {branches: ['!main', '**']}}")).toEqual([undefined]);
    expect(kept("{push: {branches-ignore: [main]}}", "    environment: live\n")).toEqual([{ ref: ["refs/heads/main"] }]);
  });

  it("name a workflow of another repository by its whole ref, of which a call may leave out the kind", () => {
    const holder = (ref: string): unknown => {
      const text = `on: {push: {branches: [main]}}\njobs:\n  a:\n    permissions: {id-token: write}\n    uses: acme/ci/.github/workflows/d.yml@${ref}\n`;
      const tokens = attributesOf(observed([textFile("acme/shop/.github/workflows/w.yml", text)]), "github:acme/shop/workflow/w.yml")[
        "oidcTokens"
      ] as { claims: Record<string, string>; open: string[] }[];
      return tokens.map(({ claims, open }) => [claims["job_workflow_ref"]?.split("@")[1], open]);
    };
    const commit = "0123456789abcdef0123456789abcdef01234567";
    expect(holder("v1")).toEqual([["refs/*/v1", ["job_workflow_ref"]]]);
    expect(holder("refs/tags/v1")).toEqual([["refs/tags/v1", []]]);
    expect(holder(commit)).toEqual([[commit, []]]);
  });

  it("of a workflow that calls itself end", () => {
    const text = "on: [push, workflow_call]\njobs:\n  a: {uses: ./.github/workflows/a.yml, permissions: {id-token: write}}\n";
    expect(observed([textFile("a.yml", text)], "acme/shop").length).toBeGreaterThan(0);
  });

  it("of a job with a matrix are those of each environment in it", () => {
    const matrix = (text: string) =>
      subjects("{push: {branches: [main]}}", `    strategy: {matrix: ${text}}\n    environment: 'eu-\${{ matrix.stage }}'\n`);
    expect(matrix("{stage: [test, live]}")).toEqual(["environment:eu-test", "environment:eu-live"]);
    expect(matrix("{include: [{stage: live}]}")).toEqual(["environment:eu-live"]);
    expect(matrix("{stage: '${{ fromJSON(needs.a.outputs.all) }}'}")).toEqual(["environment:eu-*?"]);
    expect(matrix("{other: [test]}")).toEqual(["environment:eu-*?"]);
  });

  it("of a workflow are also those of the jobs that it calls in its repository, as far as it lets them", () => {
    const called = (permissions: string) =>
      textFile("d.yml", `on: workflow_call\njobs:\n  b:\n    environment: live\n    runs-on: x\n${permissions}`);
    const caller = (token: string) =>
      textFile(
        "a.yml",
        `on: {push: {branches: [main]}}\njobs:\n  a:\n    uses: ./.github/workflows/d.yml\n    permissions: {id-token: ${token}}\n`,
      );
    const claims = (...files: Parameters<typeof observed>[0]) =>
      (
        (attributesOf(observed(files, "acme/shop"), "github:acme/shop/workflow/a.yml")["oidcTokens"] ?? []) as {
          claims: Record<string, string>;
        }[]
      ).map(({ claims: each }) => `${each["sub"]} ${each["job_workflow_ref"]}`);
    const file = "acme/shop/.github/workflows/d.yml@refs/heads/main";
    const live = `repo:acme/shop:environment:live ${file}`;
    expect(claims(caller("write"))).toEqual([`repo:acme/shop:ref:refs/heads/main ${file}`]);
    expect(claims(caller("write"), called(""))).toEqual([live]);
    expect(claims(caller("write"), called("    permissions: {id-token: write}\n"))).toEqual([live]);
    expect(claims(caller("write"), called("    permissions: {contents: read}\n"))).toEqual([]);
    expect(claims(caller("none"), called("    permissions: {id-token: write}\n"))).toEqual([]);
  });

  it("say where a star stops at a slash, as it does in filters and not in claims", () => {
    const filters = (on: string, more = "") => {
      const text = `on: ${on}\njobs:\n  a:\n    permissions: {id-token: write}\n    runs-on: x\n${more}`;
      const all = observed([textFile("c++.yml", text)], "acme/shop");
      return attributesOf(all, "github:acme/shop/workflow/c++.yml")["oidcTokens"] as {
        filters?: unknown;
        claims: Record<string, string>;
      }[];
    };
    const [token] = filters("{push: {branches: ['releases/*']}}");
    expect(token).toMatchObject({
      filters: ["ref", "job_workflow_ref", "sub"],
      claims: { ref: "refs/heads/releases/*", job_workflow_ref: "acme/shop/.github/workflows/c\\+\\+.yml@refs/heads/releases/*" },
    });
    expect(filters("{push: {tags: ['v[0-9]']}}", "    environment: live\n")[0]).toMatchObject({ filters: ["ref", "job_workflow_ref"] });
    expect(filters("{push: {branches-ignore: ['x/*']}}")[0]).toMatchObject({
      claims: { ref: "refs/heads/**" },
      except: { ref: ["refs/heads/x/*"] },
    });
    expect(filters("{push: {branches: ['releases/**']}}")[0]).not.toHaveProperty("filters");
  });

  it("of jobs with an environment name it, and leave an expression open", () => {
    expect(subjects("{push: {branches: [main]}}", "    environment: live\n")).toEqual(["environment:live"]);
    expect(subjects("{push: {branches: [main]}}", "    environment: 'eu:live'\n")).toEqual(["environment:eu%3Alive"]);
    expect(subjects("{push: {branches: [main]}}", "    environment: ${{ inputs.stage }}\n")).toEqual(["environment:*?"]);
  });

  it("are open altogether when the files do not say whose they are", () => {
    const text = "on: {push: {branches: [main]}}\njobs:\n  a: {permissions: {id-token: write}, runs-on: x}\n";
    const all = observed([textFile("w.yml", text)]);
    const [token] = attributesOf(all, "github:unknown/repository/workflow/w.yml")["oidcTokens"] as {
      claims: { sub: string };
      open: string[];
    }[];
    expect(token).toMatchObject({ claims: { sub: "repo:*/*:ref:refs/heads/main" }, open: ["repository", "repository_owner", "sub"] });
    expect(attributesOf(observed([textFile("w.yml", text)], "acme/shop"), "github:acme/shop/workflow/w.yml")).toHaveProperty("oidcTokens");
  });
});

describe("whose file it is", () => {
  it.each([
    ["acme/shop/.github/workflows/a.yml", null, "acme/shop"],
    ["shop/.github/workflows/a.yml", "acme", "acme/shop"],
    [".github/workflows/a.yml", "https://github.com/acme/shop", "acme/shop"],
    ["a.yml", null, "unknown/repository?"],
    ["shop-main/.github/workflows/a.yml", null, "unknown/shop-main?"],
  ])("%s with hint %s is of %s", (path, hint, expected) => {
    const { owner, name, isKnown } = repositoryOf(path, hint);
    expect(`${owner}/${name}${isKnown ? "" : "?"}`).toBe(expected);
  });
});
