import type { Sql } from "../../database/database.ts";

/**
 * Which identity a reference of a source means. References stay inside the source; a full ARN may name an identity of another, and is
 * then looked up once.
 */
export class LivingIdentities {
  readonly #sql: Sql;
  readonly #workspaceId: string;
  readonly #ids = new Map<string, string>();
  readonly #unknown = new Set<string>();

  constructor(sql: Sql, workspaceId: string) {
    this.#sql = sql;
    this.#workspaceId = workspaceId;
  }

  add(ref: string, id: string): void {
    this.#ids.set(ref, id);
  }

  idOf(ref: string): string | undefined {
    return this.#ids.get(ref);
  }

  /** Looks for those of the references that may be found elsewhere. */
  async find(refs: readonly string[]): Promise<void> {
    const open = new Set(refs.filter((ref) => ref.startsWith("arn:") && !this.#ids.has(ref) && !this.#unknown.has(ref)));
    if (open.size === 0) return;
    const { rows } = await this.#sql.query<{ ref: string; id: string }>(
      "select distinct on (ref) ref, id from identity where workspace_id = $1 and ref = any($2) and gone_at is null order by ref, id",
      [this.#workspaceId, [...open]],
    );
    for (const { ref, id } of rows) this.#ids.set(ref, id);
    for (const ref of open) if (!this.#ids.has(ref)) this.#unknown.add(ref);
  }
}
