import type { ObservationGroup } from "@rollcall/posture-pipeline";
import type { Observation } from "@rollcall/nhi-model";
import type { Sql } from "../../database/database.ts";
import { lookUp } from "../../database/look-up.ts";
import { statedAt } from "../compare.ts";

export interface TouchedKind {
  readonly syncId: string;
  readonly sourceId: string;
  readonly kind: Observation["kind"];
  readonly groups: number;
  /** All groups of the source, whether touched or not. */
  readonly everything: boolean;
}

/** A touched group with what is left of it. No statements = everything that said it existed is gone. */
export interface TouchedGroup extends ObservationGroup {
  /** Set when no scope shows it any more and none may yet say that it is gone. */
  readonly missingSince: string | null;
}

interface Row {
  readonly ref: string;
  readonly dataset: string | null;
  readonly observed_at: string;
  readonly absent_since: string | null;
  readonly payload: Observation;
}
const fetchRows = 4_000;

/** Few enough to be read at once, even if a handful of scopes state each. */
const fewGroups = 2_000;

const touchedStatements = `select t.ref, sc.dataset, ${statedAt} as observed_at, o.absent_since, o.payload
    from touched_group t
    left join ${lookUp({
      table: "observation",
      as: "o",
      where: "o.workspace_id = $1 and o.source_id = t.source_id and o.kind = t.kind and o.ref = t.ref",
    })}
    left join scope sc on sc.workspace_id = $1 and sc.id = o.scope_id
   where t.workspace_id = $1 and t.sync_id = $2 and t.source_id = $3 and t.kind = $4
   order by t.ref, observed_at desc, sc.dataset, o.scope_id`;

const allStatements = `select o.ref, sc.dataset, ${statedAt} as observed_at, o.absent_since, o.payload
    from observation o join scope sc on sc.workspace_id = $1 and sc.id = o.scope_id
   where o.workspace_id = $1 and o.source_id = $2 and o.kind = $3
   order by o.ref, observed_at desc, sc.dataset, o.scope_id`;

export type Groups = AsyncIterable<readonly TouchedGroup[]>;

/** Streams the touched groups of a kind in chunks. */
export function readGroups(sql: Sql, workspaceId: string, touched: TouchedKind): Groups {
  const statement = touched.everything ? allStatements : touchedStatements;
  const values = [workspaceId, ...(touched.everything ? [] : [touched.syncId]), touched.sourceId, touched.kind];
  return streamGroups(sql, { statement, values }, touched);
}

/** Streams groups in chunks, out of rows that come ordered by `ref`; a group never spans two. */
export async function* streamGroups(
  sql: Sql,
  { statement, values }: { readonly statement: string; readonly values: readonly string[] },
  { kind, groups }: { readonly kind: Observation["kind"]; readonly groups: number },
): Groups {
  if (groups <= fewGroups) {
    yield groupRows(kind, (await sql.query<Row>(statement, [...values])).rows);
    return;
  }
  // A cursor is planned for its first rows; this one is always read to its end.
  await sql.query("set local cursor_tuple_fraction = 1");
  await sql.query(`declare touched_statements no scroll cursor for ${statement}`, [...values]);
  let carried: Row[] = [];
  for (;;) {
    const { rows } = await sql.query<Row>(`fetch ${fetchRows} from touched_statements`);
    const all = [...carried, ...rows];
    const last = all.at(-1)?.ref;
    const complete = rows.length < fetchRows ? all : all.filter((row) => row.ref !== last);
    carried = rows.length < fetchRows ? [] : all.filter((row) => row.ref === last);
    if (complete.length > 0) yield groupRows(kind, complete);
    if (rows.length < fetchRows) break;
  }
  await sql.query("close touched_statements");
}

function groupRows(kind: Observation["kind"], rows: readonly Row[]): TouchedGroup[] {
  const byRef = Map.groupBy(rows, (row) => row.ref);
  return [...byRef].map(([ref, all]) => {
    const stated = all.filter((row) => row.dataset !== null);
    const present = stated.filter((row) => row.absent_since === null);
    // What nobody shows any more keeps its last known statements until a second listing confirms that it is gone.
    const used = present.length > 0 ? present : stated;
    const absences = stated
      .map((row) => row.absent_since)
      .filter((at) => at !== null)
      .sort();
    return {
      kind,
      ref,
      missingSince: present.length > 0 ? null : (absences.at(-1) ?? null),
      statements: used.map((row) => ({ dataset: row.dataset!, observedAt: row.observed_at, observation: row.payload })),
    };
  });
}
