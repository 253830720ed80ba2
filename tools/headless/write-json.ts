import type { Output } from "./output.ts";
import type { Report } from "./report.ts";

/** One document, one row a line: readable as a whole by any JSON parser and line by line by people and diffs. */
export async function writeJson({ head, routes, identities, findings }: Report, { write }: Output): Promise<void> {
  await write("{\n");
  for (const [name, value] of Object.entries(head)) await write(`${JSON.stringify(name)}: ${JSON.stringify(value)},\n`);
  const lists: readonly (readonly [string, Iterable<unknown>])[] = [
    ["administrators", routes.administrators],
    ["escalationPaths", routes.escalationPaths],
    ["takeOvers", routes.takeOvers],
    ["reaches", routes.reaches()],
    ["identities", identities()],
    ["findings", findings()],
  ];
  for (const [position, [name, rows]] of lists.entries()) {
    await write(`${JSON.stringify(name)}: [`);
    let separator = "\n";
    for (const row of rows) {
      await write(`${separator}${JSON.stringify(row)}`);
      separator = ",\n";
    }
    await write(`${separator === "\n" ? "" : "\n"}]${position === lists.length - 1 ? "" : ","}\n`);
  }
  await write("}\n");
}
