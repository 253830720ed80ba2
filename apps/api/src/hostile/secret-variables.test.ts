import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// A secret that comes by the environment is one more credential of ours: it is listed before it is read.

const root = new URL("../../../../", import.meta.url).pathname;
const { variables } = JSON.parse(readFileSync(`${root}docs/security/secrets.json`, "utf8")) as {
  variables: readonly { readonly name: string; readonly what: string }[];
};
const secretName = String.raw`[A-Z][A-Z0-9_]*(?:_KEYS?|_SECRET|_TOKEN|PASSWORD)`;
/** `process.env.X`, `env["X"]`, `{ X } = process.env`, `${X:?}` of compose files and shells, and the keys of schemas that read an environment. */
const readings = [
  new RegExp(String.raw`\benv(?:\??\.|\[["'])(${secretName})\b`, "g"),
  new RegExp(String.raw`\$\{(${secretName})\b`, "g"),
  new RegExp(String.raw`^\s*(${secretName}): (?:z\.|secret|[a-zA-Z]+\()`, "gm"),
];
const files = globSync(["{apps,libs}/*/src/**/*.{ts,tsx,mjs}", "{tools,e2e}/**/*.{ts,mjs,sh}", "docker-compose.yml", "**/Dockerfile*"], {
  cwd: root,
  exclude: (name) => name === "node_modules",
}).filter((path) => !/\.test\.(?:ts|mjs)$|\/generated\/|\/fixtures\/|\/synthetic\/|\/testing\/|node_modules/.test(path));

const read = new Map<string, string>();
for (const path of files)
  for (const reading of readings) for (const [, name] of readFileSync(root + path, "utf8").matchAll(reading)) read.set(name!, path);

test("every secret that is read from the environment is registered, with what it is for", () => {
  const registered = new Set(variables.map(({ name }) => name));
  expect([...read].filter(([name]) => !registered.has(name))).toEqual([]);
  expect(variables.every(({ what }) => what.length > 20)).toBe(true);
});

test("nothing is registered that nobody reads", () => {
  expect(variables.map(({ name }) => name).filter((name) => !read.has(name))).toEqual([]);
});
