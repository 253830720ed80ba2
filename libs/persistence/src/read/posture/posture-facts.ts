import { expiryParts, type PostureView } from "@rollcall/posture-pipeline";
import type { Severity } from "@rollcall/nhi-model";
import type { Sql } from "../../database/database.ts";
import { expiryConditions, inUse } from "../identities/expiry-conditions.ts";

export interface TaskFigures {
  readonly past_sla: number;
  readonly open_tasks: number;
  readonly exceptions: number;
  readonly all_tasks: number;
  readonly no_expiry: number;
  readonly resolved_90: number;
}

export async function taskFigures(sql: Sql, workspaceId: string, asOf: string): Promise<TaskFigures> {
  const { rows } = await sql.query(
    `select (select count(*) from finding f where f.workspace_id = $1 and f.state = 'open' and f.rule_id = 'ROT-002') as no_expiry,
            (select count(*) from finding f where f.workspace_id = $1 and f.state = 'resolved' and f.resolved_at > $2::timestamptz - interval '90 days' and f.resolved_at > f.first_seen_at) as resolved_90,
            count(*) filter (where open and t.due_at < now() and t.clock_stopped_at is null) as past_sla, count(*) filter (where open) as open_tasks,
            count(*) filter (where t.state = 'exception') as exceptions, count(*) as all_tasks
       from (select *, state not in ('done', 'false_positive') as open from task where workspace_id = $1) t`,
    [workspaceId, asOf],
  );
  return rows[0];
}

export async function openBySeverity(sql: Sql, workspaceId: string): Promise<Readonly<Record<Severity, number>>> {
  const { rows } = await sql.query(
    "select severity, count(*) as open from finding where workspace_id = $1 and state = 'open' group by severity",
    [workspaceId],
  );
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0, ...Object.fromEntries(rows.map((row) => [row.severity, row.open])) };
}

/** The periods in one pass over the rows: `b` holds when each began. */
const perPeriod = (name: string, column: string): string =>
  [7, 30, 90].map((days) => `count(*) filter (where ${column} >= b.s${days}) as ${name}_${days}`).join(", ");
const ofPeriod = (name: string, from: string): string =>
  `case d.days when 7 then ${from}.${name}_7 when 30 then ${from}.${name}_30 else ${from}.${name}_90 end as ${name}`;

/**
 * What the page says about the last 7, 30 and 90 days, counted back from the date the data speaks of. The first day of a workspace is
 * where counting begins: what was there when Rollcall came is not news.
 */
export async function changesSince(
  sql: Sql,
  workspaceId: string,
  now: { readonly asOf: string; readonly score: number | null },
): Promise<PostureView["changes"]> {
  const { rows } = await sql.query(
    `with d as (select days, greatest($2::timestamptz - make_interval(days => days), first.day) as since
                  from (values (7), (30), (90)) v(days), (select (min(day) + 1)::timestamptz as day from posture_point where workspace_id = $1) first),
          b as (select max(since) filter (where days = 7) as s7, max(since) filter (where days = 30) as s30, max(since) filter (where days = 90) as s90 from d),
          f as (select ${perPeriod("opened", "f.first_seen_at")}, ${perPeriod("resolved", "f.resolved_at")} from b, finding f where f.workspace_id = $1),
          n as (select ${perPeriod("appeared", "i.first_seen_at")} from b, identity i where i.workspace_id = $1 and i.gone_at is null)
     select d.days, d.since, p.score as before, ${ofPeriod("opened", "f")}, ${ofPeriod("resolved", "f")}, ${ofPeriod("appeared", "n")}
       from f, n, d
       left join lateral (select score from posture_point p where p.workspace_id = $1 and p.day <= ($2::timestamptz - make_interval(days => d.days))::date order by p.day desc limit 1) p on true
      order by d.days`,
    [workspaceId, now.asOf],
  );
  return rows.map((row) => ({
    days: row.days,
    since: row.since,
    score: now.score === null || row.before === null ? null : Math.round((now.score - row.before) * 10) / 10,
    opened: row.opened,
    resolved: row.resolved,
    newIdentities: row.appeared,
  }));
}

export interface PosturePoint {
  readonly date: string;
  readonly score: number | null;
  readonly completeness: number;
  readonly critical: number;
  readonly high: number;
  readonly kpis: Readonly<Record<string, number | null>>;
}
const trendDays = 90;

export async function trendPoints(sql: Sql, workspaceId: string): Promise<readonly PosturePoint[]> {
  const { rows } = await sql.query(
    `select day as date, score, completeness, critical, high, kpis from (select * from posture_point where workspace_id = $1 order by day desc limit ${trendDays}) p order by day`,
    [workspaceId],
  );
  return rows;
}

/** Credentials by when they expire, as of the date of their source. */
export async function expiryForecast(sql: Sql, workspaceId: string): Promise<PostureView["expiring"]> {
  const parts = expiryParts.map((part) => `count(*) filter (where ${expiryConditions[part]}) as "${part}"`);
  const { rows } = await sql.query(
    `select ${parts.join(", ")}
       from credential c join source src on src.workspace_id = $1 and src.id = c.source_id
       join identity i on i.workspace_id = $1 and i.id = c.identity_id and i.gone_at is null
      where c.workspace_id = $1 and ${inUse}`,
    [workspaceId],
  );
  return rows[0];
}

export async function byOwner(sql: Sql, workspaceId: string): Promise<PostureView["byOwner"]> {
  const { rows } = await sql.query(
    `select s.owner_label as owner, count(*) as identities, sum(s.open_findings)::int as "openFindings", count(*) filter (where s.band = 'critical') as critical,
            round(avg(s.score_max), 1) as "averageScore"
       from identity_score s where s.workspace_id = $1 group by s.owner_label order by sum(s.open_findings) desc, s.owner_label limit 20`,
    [workspaceId],
  );
  return rows;
}

/**
 * The ten changes that take off most points: for each identity its strongest action, with the task that asks for it. At most four of a
 * kind: retiring takes off everything and would otherwise hide all else.
 */
export async function topActions(sql: Sql, workspaceId: string): Promise<PostureView["topActions"]> {
  const { rows } = await sql.query(
    `with action as (
       select s.identity_id, s.name, s.score_min, s.score_max, a.action, a.action ->> 'playbook' as playbook, s.score_max - (a.action ->> 'max')::int as points
         from (select * from identity_score where workspace_id = $1 order by score_max desc, identity_id limit 500) s
         join identity_score_detail d on d.workspace_id = $1 and d.identity_id = s.identity_id
         cross join lateral jsonb_array_elements(d.actions) a(action)),
     best as (select distinct on (identity_id) * from action where points > 0 order by identity_id, points desc, playbook),
     ranked as (select *, row_number() over (partition by playbook order by points desc, score_max desc, identity_id) as place from best)
     select r.*, t.id as task_id
       from ranked r left join task t on t.workspace_id = $1 and t.subject_kind = 'identity' and t.subject_id = r.identity_id and t.playbook = r.playbook
      where r.place <= 4 order by r.points desc, r.score_max desc, r.identity_id limit 10`,
    [workspaceId],
  );
  return rows.map((row) => ({
    identityId: row.identity_id,
    identityName: row.name,
    playbook: row.action.playbook,
    label: row.action.label,
    from: { min: row.score_min, max: row.score_max },
    to: { min: row.action.min, max: row.action.max },
    taskId: row.task_id,
  }));
}
