import { importsOf } from "./code-text.ts";
import type { SourceFile, Violation } from "./violation.ts";

/** Packages that one place alone may import, so that the rest of the house does not know they exist. */
const owned: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^(@prisma\/.+|prisma|pg|pg-copy-streams)$/, /^libs\/persistence\//, "libs/persistence"],
  [/^(bullmq|ioredis)(\/.*)?$/, /^libs\/jobs\//, "libs/jobs"],
  [/^(fastify|@fastify\/.+|fastify-type-provider-zod)$/, /^apps\/api\//, "apps/api"],
  [/^(next|react|react-dom|@base-ui\/.+|@tanstack\/.+)(\/.*)?$/, /^apps\/dashboard\//, "apps/dashboard"],
];

export function checkOwners(files: readonly SourceFile[]): Violation[] {
  const house = files.filter(({ path }) => /^(apps|libs)\//.test(path));
  return house.flatMap((file) => [...checkOwned(file), ...checkDashboard(file)]);
}

function checkOwned({ path, text }: SourceFile): Violation[] {
  return importsOf(text).flatMap(({ from, line }) =>
    owned
      .filter(([name, home]) => name.test(from) && !home.test(path))
      .map(([, , home]) => ({ path, line, message: `only ${home} may import ${from}` })),
  );
}

/** The dashboard knows the API by its types; importing a value would pull the server into the browser. */
function checkDashboard({ path, text }: SourceFile): Violation[] {
  if (!path.startsWith("apps/dashboard/")) return [];
  return importsOf(text)
    .filter(({ from, typeOnly }) => from === "@rollcall/api-router" && !typeOnly)
    .map(({ line }) => ({ path, line, message: "the dashboard imports @rollcall/api-router with import type only" }));
}
