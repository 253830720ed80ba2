import { z } from "zod";

/** What a column of a table may mean. Those with `credential` describe a credential of the row's identity. */
export const tableField = z.enum([
  "ref",
  "name",
  "identityKind",
  "provider",
  "account",
  "environment",
  "status",
  "criticality",
  "purpose",
  "owner",
  "createdAt",
  "lastUsedAt",
  "credentialRef",
  "credentialKind",
  "credentialName",
  "credentialStatus",
  "credentialCreatedAt",
  "credentialLastRotatedAt",
  "credentialExpiresAt",
  "credentialLastUsedAt",
  "secret",
]);
export type TableField = z.infer<typeof tableField>;

const onceEach = (list: readonly { readonly field: TableField }[]): boolean => new Set(list.map(({ field }) => field)).size === list.length;
const oneMeaning = "a field is named twice";

/** Which column of a table is what. A column that is not named is not read. `defaults` hold for every row that does not say otherwise. */
export const tableMapping = z
  .strictObject({
    /** Name of the source that the table becomes. */
    source: z.string().trim().min(1).max(120),
    columns: z
      .array(z.strictObject({ column: z.string().min(1).max(256), field: tableField }))
      .min(1)
      .max(40)
      .refine(onceEach, oneMeaning),
    defaults: z
      .array(z.strictObject({ field: tableField.exclude(["ref", "secret"]), value: z.string().trim().min(1).max(256) }))
      .max(40)
      .refine(onceEach, oneMeaning)
      .default([]),
    /** Everything there is stands in the table: what it stops listing is gone. */
    complete: z.boolean().default(false),
  })
  .refine(({ columns }) => columns.some(({ field }) => field === "ref"), { path: ["columns"], message: "one column has to be the ref" });
export type TableMapping = z.infer<typeof tableMapping>;

/** The beginning of a table, read with a mapping: what would be made of it. Nothing is stored. */
export interface TablePreview {
  readonly columns: readonly {
    readonly name: string;
    /** Values as they may be shown: what looks like a secret is replaced. */
    readonly samples: readonly string[];
    readonly suggestion: TableField | null;
    readonly looksSecret: boolean;
  }[];
  /** As given, or as suggested; null when no column looks like a reference. */
  readonly mapping: TableMapping | null;
  readonly missing: readonly TableField[];
  readonly creates: readonly {
    readonly kind: "identity" | "credential";
    readonly ref: string;
    readonly name: string;
    readonly detail: string;
  }[];
  readonly rejected: readonly { readonly where: string; readonly code: string; readonly message: string }[];
  readonly notes: readonly string[];
  readonly rows: number;
}

/** A preview, or what reads the table without any mapping because it knows it: an export of a system. */
export interface TableSeen extends TablePreview {
  readonly knownAs: string | null;
}
