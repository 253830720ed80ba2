import { parse } from "csv-parse/sync";
import { readInstant } from "../input/read-instant.ts";

export interface ReportKey {
  readonly slot: 1 | 2;
  readonly active: boolean;
  readonly rotatedAt: string | undefined;
  readonly lastUsedAt: string | undefined;
  readonly lastUsedService: string | undefined;
}

/** One line of the credential report. `undefined` = the report does not say. */
export interface ReportUser {
  readonly arn: string;
  readonly name: string;
  readonly root: boolean;
  readonly createdAt: string | undefined;
  readonly passwordEnabled: boolean | undefined;
  readonly passwordLastUsedAt: string | undefined;
  readonly passwordChangedAt: string | undefined;
  readonly passwordExpiresAt: string | undefined;
  readonly mfaActive: boolean | undefined;
  readonly keys: readonly ReportKey[];
  readonly certificates: readonly { readonly slot: 1 | 2; readonly active: boolean; readonly rotatedAt: string | undefined }[];
}

export interface CredentialReport {
  readonly users: readonly ReportUser[];
  readonly badLines: readonly { readonly line: number; readonly message: string }[];
}

/** Columns whose cells are whole words or instants, so that a cut shows. Others may stand after them. */
const typedColumn = /^(?:user_creation_time|mfa_active|password_.+|access_key_[12]_(?:active|last_rotated|last_used_date)|cert_.+)$/;
const wholeCell = /^(?:N\/A|n\/a|true|false|not_supported|no_information|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2}))$/;
const rootName = "<root_account>";

export function readCredentialReport(csv: string): CredentialReport {
  const badLines: { line: number; message: string }[] = [];
  const rows = readRows(csv, badLines);
  const columns = rows[0] ?? [];
  const lastTyped = columns.findLastIndex((column) => typedColumn.test(column.trim()));
  const users: ReportUser[] = [];
  rows.slice(1).forEach((row, index) => {
    const cells = new Map(columns.map((column, at) => [column.trim(), row[at] ?? ""]));
    // A cut inside the last cell leaves the right number of cells.
    const cutOff = row.length < columns.length || !wholeCell.test(row[lastTyped] ?? "");
    const user = cutOff ? null : readUser(cells);
    if (user === null) badLines.push({ line: index + 2, message: cutOff ? "the line is cut off" : "the line names no user of an account" });
    else users.push(user);
  });
  return { users, badLines };
}

function readRows(csv: string, badLines: { line: number; message: string }[]): string[][] {
  try {
    return parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 65_536 }) as string[][];
  } catch {
    badLines.push({ line: 1, message: "the file is not a readable CSV" });
    return [];
  }
}

function readUser(cells: ReadonlyMap<string, string>): ReportUser | null {
  const arn = cells.get("arn") ?? "";
  const name = cells.get("user") ?? "";
  if (!/^arn:aws[a-z-]*:iam::\d{12}:(?:root$|user\/)/.test(arn) || name === "") return null;
  const instant = (column: string): string | undefined => readInstant(cells.get(column));
  return {
    arn,
    name,
    root: name === rootName || arn.endsWith(":root"),
    createdAt: instant("user_creation_time"),
    passwordEnabled: readFlag(cells.get("password_enabled")),
    passwordLastUsedAt: instant("password_last_used"),
    passwordChangedAt: instant("password_last_changed"),
    passwordExpiresAt: instant("password_next_rotation"),
    mfaActive: readFlag(cells.get("mfa_active")),
    keys: ([1, 2] as const).flatMap((slot) => readKey(cells, slot)),
    certificates: ([1, 2] as const).flatMap((slot) => {
      const active = readFlag(cells.get(`cert_${slot}_active`));
      const rotatedAt = instant(`cert_${slot}_last_rotated`);
      return active === true || rotatedAt !== undefined ? [{ slot, active: active === true, rotatedAt }] : [];
    }),
  };
}

/** An empty slot is inactive and was never rotated; an inactive key that was rotated once still exists. */
function readKey(cells: ReadonlyMap<string, string>, slot: 1 | 2): readonly ReportKey[] {
  const active = readFlag(cells.get(`access_key_${slot}_active`)) === true;
  const rotatedAt = readInstant(cells.get(`access_key_${slot}_last_rotated`));
  if (!active && rotatedAt === undefined) return [];
  const service = cells.get(`access_key_${slot}_last_used_service`);
  return [
    {
      slot,
      active,
      rotatedAt,
      lastUsedAt: readInstant(cells.get(`access_key_${slot}_last_used_date`)),
      lastUsedService: service === undefined || /^(?:n\/a|no_information|)$/i.test(service) ? undefined : service,
    },
  ];
}

const readFlag = (cell: string | undefined): boolean | undefined =>
  cell?.toLowerCase() === "true" ? true : cell?.toLowerCase() === "false" ? false : undefined;
