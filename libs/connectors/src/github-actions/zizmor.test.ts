import { describe, expect, it } from "vitest";
import { conformanceOptions, sharedFiles } from "../testing/index.ts";
import { githubActionsConnector } from "./connector.ts";

const published = sharedFiles("ci-workflows-zizmor")?.filter(({ name }) => /\.ya?ml$/.test(name)) ?? null;

describe.skipIf(published === null)("published workflows with known weaknesses", () => {
  const files = (published ?? []).filter((file) => githubActionsConnector.recognise(file));
  const read = (name: string): Record<string, unknown>[] =>
    files
      .filter((file) => file.name === name)
      .flatMap((file) => githubActionsConnector.parse([file], { ...conformanceOptions, accountHint: "acme/app" }))
      .flatMap((parsed) => [...parsed.observations].map(({ observation }) => observation as unknown as Record<string, unknown>));

  it("are all read", () => {
    expect(files.length).toBeGreaterThan(50);
    const rejected = githubActionsConnector
      .parse(files, { ...conformanceOptions, accountHint: "acme/app" })
      .flatMap((parsed) => parsed.rejected);
    expect(rejected.map(({ where, message }) => `${where}: ${message}`)).toEqual([]);
  });

  it("that write with everything, or inherit every secret, say so", () => {
    const writes = read("excessive-permissions/workflow-write-all.yml").filter((each) => each["grantKind"] === "CAN_WRITE_CODE");
    expect(writes.map((each) => each["conditional"] ?? false)).toEqual([false]);
    expect(
      read("secrets-inherit.yml")
        .filter((each) => each["grantKind"] === "USES_SECRET")
        .map((each) => each["to"]),
    ).toContain("github:acme/app/secret/*");
  });

  it("that strangers may start say so", () => {
    const pipelines = read("dangerous-triggers/actions-labeler.yml").filter((each) => each["kind"] === "identity");
    expect(pipelines.map((each) => (each["attributes"] as { openTo?: unknown[] }).openTo?.length)).toEqual([1]);
  });
});
