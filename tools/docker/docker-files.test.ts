import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { expect, test } from "vitest";

const root = dirname(dirname(import.meta.dirname));
const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      { build?: { target: string }; volumes?: string[]; depends_on?: Record<string, unknown>; environment?: Record<string, string> }
    >
  >;
  readonly volumes: Readonly<Record<string, unknown>>;
}

test("every project's manifest is copied before the install", () => {
  const projects = ["apps", "libs"].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`));
  const missing = projects.filter(
    (project) => existsSync(join(root, project, "package.json")) && !dockerfile.includes(`COPY ${project}/package.json ${project}/`),
  );
  expect(missing).toEqual([]);
});

test("compose names targets, services, volumes and files that exist", () => {
  const compose = parse(readFileSync(join(root, "docker-compose.yml"), "utf8"), { merge: true }) as Compose;
  const targets = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((match) => match[1]);
  for (const [name, service] of Object.entries(compose.services)) {
    if (service.build !== undefined) expect(targets, name).toContain(service.build.target);
    for (const other of Object.keys(service.depends_on ?? {})) expect(compose.services, name).toHaveProperty(other);
    for (const volume of service.volumes ?? []) {
      const source = volume.split(":")[0]!;
      if (source.startsWith("./")) expect(existsSync(join(root, source)), source).toBe(true);
      else expect(compose.volumes, name).toHaveProperty(source);
    }
  }
  // The dashboard speaks to the API only.
  expect(Object.keys(compose.services["dashboard"]?.environment ?? {})).toEqual(["API_ORIGIN"]);
});

test("what the images start is there", () => {
  const scripts = [...dockerfile.matchAll(/"((?:apps|libs)\/[^"]+\.ts)"/g)].map((match) => match[1]!);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((script) => !existsSync(join(root, script)))).toEqual([]);
});

test("the image is built from the source alone", () => {
  const left = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  for (const name of [".git", ".data", ".env"]) expect(left).toContain(name);
});

test("the owner of the database is known to the migration and to PostgreSQL, and to nothing that goes on running besides", () => {
  const { services } = parse(readFileSync(join(root, "docker-compose.yml"), "utf8"), { merge: true }) as Compose;
  const knows = Object.entries(services).filter(([, { environment }]) => JSON.stringify(environment ?? {}).includes("OWNER_PASSWORD"));
  expect(knows.map(([name]) => name)).toEqual(["postgres", "migrate"]);
});

test("what the images run is set up for production", () => {
  const stages = Object.fromEntries(dockerfile.split(/^FROM /m).map((stage) => [/ AS (\S+)/.exec(stage)?.[1] ?? "", stage]));
  const started = Object.values(stages).filter((stage) => /^CMD /m.test(stage));
  expect(started).toHaveLength(3);
  for (const stage of started) {
    const from = stages[stage.split(" ")[0]!] ?? "";
    expect(stage + from).toMatch(/^ENV NODE_ENV=production/m);
    expect(stage).toMatch(/^USER node$/m.test(from) ? /^CMD/m : /^USER node$/m);
  }
});
