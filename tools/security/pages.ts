import { globSync } from "node:fs";
import { join, sep } from "node:path";
import type { Operation } from "./operations.ts";
import { samplesOf, type KnownValues } from "./sample-values.ts";

/** Addresses of the dashboard, by the folders of its routes. */
export function pagePaths(root: string, knownOf: (path: string) => KnownValues): readonly string[] {
  const app = join(root, "apps", "dashboard", "src", "app");
  return (
    globSync("**/page.tsx", { cwd: app })
      .map((file) => file.split(sep).slice(0, -1))
      .map((folders) => `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join("/")}`)
      // What answers any other address says that nothing is there: no scanner takes it for a page.
      .filter((path) => !path.includes("[..."))
      .map((path) => path.replace(/\[(\w+)\]/g, (_, name: string) => pageValue(path, name, knownOf)))
      .toSorted()
  );
}

/** Pages and REST lists share their nouns. */
function pageValue(path: string, name: string, knownOf: (path: string) => KnownValues): string {
  const noun = path.startsWith("/sources/imports") ? "ingestions" : path.split("/")[1];
  const known = knownOf(`/api/v1/${noun}`);
  return encodeURIComponent(String(name === "ruleId" ? known["rule"] : known["id"]));
}

/** What can be read by an address alone: each with everything that its query takes. */
export function readAddresses(operations: readonly Operation[], knownOf: (path: string) => KnownValues): readonly string[] {
  return operations
    .filter(({ method }) => method === "GET")
    .map(({ path, parameters }) => {
      const known = knownOf(path);
      const query = new URLSearchParams();
      for (const { name, place, schema } of parameters) {
        // A list by a foreign cursor is refused, and as CSV it is no page.
        if (place !== "query" || name === "cursor" || name === "format" || name === "after") continue;
        const [value] = samplesOf(name, schema, known);
        query.set(name, String(Array.isArray(value) ? value[0] : value));
      }
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(known[name] ?? "a")));
      return query.size === 0 ? filled : `${filled}?${query.toString()}`;
    });
}
