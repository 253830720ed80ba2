import type { CredentialKind, IdentityKind, TableField, TableMapping, TablePreview } from "@rollcall/nhi-model";
import { isAboutCredential } from "./field-words.ts";

/** A mapping while somebody works on it: it may still lack what identifies a record. */
export interface MappingDraft {
  readonly source: string;
  readonly fieldOf: Readonly<Record<string, TableField | "">>;
  readonly identityKind: IdentityKind;
  readonly credentialKind: CredentialKind;
  readonly complete: boolean;
  /** Said for every row in an earlier import; not shown here, and not lost. */
  readonly otherDefaults: TableMapping["defaults"];
}

export function draftOf(preview: TablePreview, fileName: string): MappingDraft {
  const { mapping } = preview;
  const fieldOf: Record<string, TableField | ""> = {};
  // A name that also serves as the reference is shown as that: one column, one meaning.
  for (const { column, field } of mapping?.columns ?? []) if (fieldOf[column] !== "ref") fieldOf[column] = field;
  const given = (wanted: TableField): string | undefined => mapping?.defaults.find(({ field }) => field === wanted)?.value;
  return {
    source: mapping?.source ?? (fileName.replace(/\.[a-z]+$/i, "").slice(0, 120) || "table"),
    fieldOf,
    identityKind: (given("identityKind") as IdentityKind | undefined) ?? "service_account",
    credentialKind: (given("credentialKind") as CredentialKind | undefined) ?? "api_key",
    complete: mapping?.complete ?? false,
    otherDefaults: mapping?.defaults.filter(({ field }) => field !== "identityKind" && field !== "credentialKind") ?? [],
  };
}

const mapped = (draft: MappingDraft): readonly TableField[] => Object.values(draft.fieldOf).filter((field) => field !== "");

export const needsIdentityKind = (draft: MappingDraft): boolean => !mapped(draft).includes("identityKind");
export const needsCredentialKind = (draft: MappingDraft): boolean =>
  mapped(draft).some((field) => isAboutCredential(field) && field !== "credentialKind") && !mapped(draft).includes("credentialKind");

/** One meaning has one column: who gives it to another takes it away from the first. */
export function withField(draft: MappingDraft, column: string, field: TableField | ""): MappingDraft {
  const others = Object.entries(draft.fieldOf).filter(([name, other]) => name !== column && other !== field);
  return { ...draft, fieldOf: Object.fromEntries([...others, [column, field]]) };
}

/** Null as long as nothing says what identifies a record, or what the source is called. */
export function mappingOf(draft: MappingDraft): TableMapping | null {
  const columns = Object.entries(draft.fieldOf).flatMap(([column, field]) => (field === "" ? [] : [{ column, field }]));
  const source = draft.source.trim();
  if (source === "" || !columns.some(({ field }) => field === "ref")) return null;
  const defaults: TableMapping["defaults"] = [
    ...draft.otherDefaults.filter(({ field }) => !columns.some((one) => one.field === field)),
    ...(needsIdentityKind(draft) ? [{ field: "identityKind" as const, value: draft.identityKind }] : []),
    ...(needsCredentialKind(draft) ? [{ field: "credentialKind" as const, value: draft.credentialKind }] : []),
  ];
  return { source, columns, defaults, complete: draft.complete };
}
