import type { EntityDraft, MergeObservations } from "@rollcall/posture-pipeline";
import { copyIn, type CopyValue } from "../../database/copy-in.ts";
import type { Sql } from "../../database/database.ts";
import { workTable } from "../../database/work-table.ts";
import type { Groups } from "./read-groups.ts";

/** The columns of a kind's temporary table, with how a draft fills them. Every table also has `ref`, `missing_since` and `stated`. */
export interface DraftTable<K extends EntityDraft["kind"]> {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly values: (draft: Extract<EntityDraft, { kind: K }>) => readonly CopyValue[];
}

/**
 * Merges groups of one kind and puts the results beside the inventory in a temporary table. `stated` = false marks the
 * groups that nothing states any more. Returns how many groups there were.
 */
export async function loadDrafts<K extends EntityDraft["kind"]>(
  sql: Sql,
  work: { readonly kind: K; readonly groups: Groups; readonly table: DraftTable<K>; readonly merge: MergeObservations },
): Promise<number> {
  const { kind, table, merge } = work;
  const columns = [["ref", "text"], ["stated", "boolean"], ["missing_since", "timestamptz(3)"], ...table.columns] as const;
  await sql.query(workTable(table.name, columns));
  const nothing: readonly CopyValue[] = table.columns.map(() => null);
  let count = 0;
  for await (const groups of work.groups) {
    const rows = groups.map((group): readonly CopyValue[] => {
      const draft = group.statements.length === 0 ? null : merge(group);
      return draft === null || draft.kind !== kind
        ? [group.ref, false, null, ...nothing]
        : [group.ref, true, group.missingSince, ...table.values(draft as Extract<EntityDraft, { kind: K }>)];
    });
    count += await copyIn(sql, { table: table.name, columns: columns.map(([name]) => name) }, rows);
  }
  return count;
}
