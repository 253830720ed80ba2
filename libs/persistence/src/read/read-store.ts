import { currentActor } from "@rollcall/platform";
import type { ReadStore } from "@rollcall/posture-pipeline";
import { readGraph } from "../analysis/read-graph.ts";
import type { Database, Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import { countTallies } from "./findings/count-tallies.ts";
import { findingGroups, openFindingsByRule } from "./findings/finding-groups.ts";
import { listFindings } from "./findings/list-findings.ts";
import { identityDetail, seesIdentity } from "./identities/identity-detail.ts";
import { identityFacets } from "./identities/identity-facets.ts";
import { identityHistory } from "./identities/identity-history.ts";
import { listCredentials } from "./identities/list-credentials.ts";
import { listIdentities } from "./identities/list-identities.ts";
import { posture, readTallies } from "./posture/posture.ts";
import { listReports } from "./reports/list-reports.ts";
import { ingestion, listIngestions } from "./sources/ingestions.ts";
import { rejectedRecords } from "./sources/rejected-records.ts";
import { savedTableMapping } from "./sources/saved-table-mapping.ts";
import { listSources } from "./sources/list-sources.ts";
import { sourceReadings } from "./sources/source-readings.ts";
import { listTasks } from "./tasks/list-tasks.ts";

/** Several queries of one answer see the same moment: a total never disagrees with its rows. */
export function createReadStore(database: Database): ReadStore {
  const inside = <T>(workspaceId: string, read: (sql: Sql) => Promise<T>): Promise<T> =>
    database.sqlInWorkspace(workspaceId, read, "snapshot");
  return {
    listIdentities: (workspaceId, query) => inside(workspaceId, (sql) => listIdentities(sql, workspaceId, query)),
    identityFacets: (workspaceId, filter) => inside(workspaceId, (sql) => identityFacets(sql, workspaceId, filter)),
    identity: async (workspaceId, identityId) =>
      isUuid(identityId) ? inside(workspaceId, (sql) => identityDetail(sql, workspaceId, identityId)) : null,
    sees: async (workspaceId, identityId) =>
      isUuid(identityId) && (await inside(workspaceId, (sql) => seesIdentity(sql, workspaceId, identityId))),
    identityHistory: async (workspaceId, identityId, page) =>
      isUuid(identityId)
        ? inside(workspaceId, (sql) => identityHistory(sql, workspaceId, { identityId, page }))
        : { items: [], nextCursor: null },
    listCredentials: (workspaceId, query) => inside(workspaceId, (sql) => listCredentials(sql, workspaceId, query)),
    listFindings: (workspaceId, query) => inside(workspaceId, (sql) => listFindings(sql, workspaceId, query)),
    listReports: (workspaceId, query) => inside(workspaceId, (sql) => listReports(sql, workspaceId, query)),
    tableMapping: (workspaceId, source) => inside(workspaceId, (sql) => savedTableMapping(sql, workspaceId, source)),
    findingGroups: (workspaceId, filter) => inside(workspaceId, (sql) => findingGroups(sql, workspaceId, filter)),
    listTasks: (workspaceId, query) => inside(workspaceId, (sql) => listTasks(sql, workspaceId, query)),
    posture: (workspaceId) => inside(workspaceId, (sql) => posture(sql, workspaceId)),
    tallies: (workspaceId) =>
      inside(workspaceId, (sql) =>
        currentActor().limitedTo === undefined ? readTallies(sql, workspaceId) : countTallies(sql, workspaceId),
      ),
    openFindingsByRule: (workspaceId) => inside(workspaceId, (sql) => openFindingsByRule(sql, workspaceId)),
    listSources: (workspaceId) => inside(workspaceId, (sql) => listSources(sql, workspaceId)),
    sourceReadings: (workspaceId) => inside(workspaceId, (sql) => sourceReadings(sql, workspaceId)),
    ingestion: async (workspaceId, ingestionId) =>
      isUuid(ingestionId) ? inside(workspaceId, (sql) => ingestion(sql, workspaceId, ingestionId)) : null,
    rejectedRecords: async (workspaceId, ingestionId, page) =>
      isUuid(ingestionId) ? inside(workspaceId, (sql) => rejectedRecords(sql, workspaceId, { ingestionId, ...page })) : null,
    listIngestions: (workspaceId, page) => inside(workspaceId, (sql) => listIngestions(sql, workspaceId, page)),
    graphVersion: (workspaceId) =>
      inside(
        workspaceId,
        async (sql) => (await sql.query("select run_id from analysis_run where workspace_id = $1", [workspaceId])).rows[0]?.run_id ?? null,
      ),
    graph: (workspaceId) => inside(workspaceId, readGraph),
  };
}
