import pg from "pg";
import { ChainVerifier, type ChainRow } from "../cli/audit/verify-chain.mjs";
import { canary } from "./deliveries.ts";
import type { Instance } from "./instance.ts";
import type { PushClient } from "./push-client.ts";

export interface Findings {
  readonly lost: number;
  readonly duplicated: number;
  /** Broken invariants in words, each beginning with its number. */
  readonly broken: readonly string[];
}

export interface Expectation {
  /** How the names of accounts end whose identities were meant to disappear in part; `%` stands for anything. */
  readonly mayLose?: readonly string[];
}

/** Planted in a workspace that nobody of the test may see. */
export const foreignName = "FOREIGN-9b2d-workspace";

/** Reads the database as superuser, with nothing of the product in between, and says which invariant does not hold. */
export class Checker {
  readonly #instance: Instance;
  readonly #client: PushClient;

  constructor(instance: Instance, client: PushClient) {
    this.#instance = instance;
    this.#client = client;
  }

  query<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return this.at<T>(this.#instance.inspectUrl, text, values);
  }

  /** In another database than the instance's. */
  async at<T extends pg.QueryResultRow>(url: string, text: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<T>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async count(text: string, values: readonly unknown[] = []): Promise<number> {
    return Number((await this.query<{ n: string }>(`select count(*) as n from ${text}`, values))[0]?.n ?? 0);
  }

  /** The workspace of the key that the suite sends with. */
  async workspace(): Promise<string> {
    return (await this.query<{ id: string }>("select id from workspace order by created_at limit 1"))[0]!.id;
  }

  async addWorkspace(name: string): Promise<string> {
    return (await this.query<{ id: string }>("insert into workspace (name) values ($1) returning id", [name]))[0]!.id;
  }

  /** What was ingested without a worker is still announced to one, and there may be tens of thousands. */
  async forgetAnnouncements(workspaceIds: readonly string[]): Promise<void> {
    await this.query("delete from outbox where workspace_id = any($1::uuid[])", [workspaceIds]);
  }

  async plantForeignWorkspace(): Promise<void> {
    await this.addWorkspace(foreignName);
  }

  /** Runs that are neither over nor waiting for a person. */
  async unfinished(): Promise<number> {
    const syncs = await this.count("sync where status not in ('completed', 'failed', 'cancelled', 'held')");
    return (
      syncs +
      (await this.count(
        "ingestion where status = 'pending' or (status = 'processing' and not exists (select 1 from sync s where s.ingestion_id = ingestion.id and s.status = 'held'))",
      ))
    );
  }

  async check(expected: Expectation = {}): Promise<Findings> {
    const lost = await this.#lost();
    const duplicated = await this.count(
      "(select source_id, ref from identity where gone_at is null group by workspace_id, source_id, ref having count(*) > 1 union all select source_id, ref from credential group by workspace_id, source_id, ref having count(*) > 1) d",
    );
    const broken = [
      ...(lost > 0 ? [`I1 ${lost} acknowledged identities are not stored`] : []),
      ...(duplicated > 0 ? [`I2 ${duplicated} refs are stored more than once`] : []),
      ...(await this.#decommissioned(expected.mayLose ?? [])),
      ...(await this.#foreign()),
      ...(await this.#audit()),
      ...((await this.unfinished()) > 0 ? [`I7 ${await this.unfinished()} runs are neither over nor held: ${await this.#open()}`] : []),
      ...(await this.#canaries()),
    ];
    return { lost, duplicated, broken };
  }

  async #lost(): Promise<number> {
    let lost = 0;
    for (const { delivery } of this.#client.acknowledged.values()) {
      const stored = await this.count(
        "observation o join source s on s.id = o.source_id and s.workspace_id = o.workspace_id where s.account like '%' || $1 and o.kind = 'identity' and o.ref = any($2)",
        [delivery.account, delivery.refs],
      );
      lost += new Set(delivery.refs).size - stored;
    }
    return lost;
  }

  async #decommissioned(mayLose: readonly string[]): Promise<string[]> {
    const rows = await this.query<{ ref: string }>(
      "select i.ref from identity i join source s on s.id = i.source_id where (i.missing_since is not null or i.gone_at is not null) and not exists (select 1 from unnest($1::text[]) a where s.account like '%' || a)",
      [mayLose],
    );
    return rows.length === 0 ? [] : [`I4 ${rows.length} identities count as missing that no listing left out (${rows[0]?.ref})`];
  }

  async #foreign(): Promise<string[]> {
    const leaked = this.#client.everything.filter(({ body }) => body.includes(foreignName)).length;
    const logs = (["api", "worker", "postgres"] as const).filter((name) => this.#instance.log(name).includes(foreignName));
    return [
      ...(leaked > 0 ? [`I5 ${leaked} answers name another workspace`] : []),
      ...logs.map((name) => `I5 the ${name} log names another workspace`),
    ];
  }

  async #audit(): Promise<string[]> {
    const rows = await this.query<Omit<ChainRow, "seq"> & { seq: string }>(
      `select workspace_id as "workspaceId", seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, body, encode(prev_hash, 'hex') as "prevHash",
              encode(hash, 'hex') as hash from audit_event order by workspace_id, audit_event.seq`,
    );
    const broken: string[] = [];
    for (const chain of Map.groupBy(rows, (row) => row.workspaceId).values()) {
      const verifier = new ChainVerifier();
      for (const row of chain) if (!verifier.add({ ...row, seq: Number(row.seq) })) break;
      const found = verifier.finish();
      if (found !== null) broken.push(`I6 audit row ${found.seq} ${found.reason}`);
    }
    const uneven = await this.count(
      "ingestion i where (select count(*) from audit_event a where a.object_id = i.id::text and a.action = 'ingestion.created') <> 1",
    );
    if (uneven > 0) broken.push(`I6 ${uneven} ingestions do not have exactly one audit row`);
    return broken;
  }

  async #open(): Promise<string> {
    const rows = await this.query(
      "select status, phase, count(*) as n from sync where status not in ('completed', 'failed', 'cancelled', 'held') group by 1, 2 union all select 'ingestion ' || status, '', count(*) from ingestion where status in ('pending', 'processing') group by 1",
    );
    return JSON.stringify(rows);
  }

  /** Every row of every table, the queue's too, and every log. */
  async #canaries(): Promise<string[]> {
    const tables = await this.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') and schemaname not like 'pg_temp%'",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await this.count(`${name} t where strpos(t::text, $1) > 0`, [canary]);
      if (rows > 0) found.push(`I8 ${rows} rows of ${name} hold a secret value`);
    }
    for (const log of ["api", "worker", "postgres"] as const)
      if (this.#instance.log(log).includes(canary)) found.push(`I8 the ${log} log holds a secret value`);
    return found;
  }
}
