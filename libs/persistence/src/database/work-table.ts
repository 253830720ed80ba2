/**
 * A temporary table that a connection makes once and that is empty again after every transaction. Making one anew each time writes
 * dozens of catalogue rows, which for a small import is most of its cost. To be filled once per transaction.
 */
export function workTable(name: string, columns: readonly (readonly [name: string, type: string])[]): string {
  return `create temp table if not exists ${name} (${columns.map((column) => column.join(" ")).join(", ")}) on commit delete rows`;
}
