import type { TableField, TableMapping } from "@rollcall/nhi-model";
import { wordOf } from "./words.ts";

/** Headers as people write them, by what they mean. The first column that fits gets the field. */
const headers: Readonly<Record<TableField, readonly string[]>> = {
  ref: [
    "id",
    "ref",
    "arn",
    "object_id",
    "client_id",
    "app_id",
    "identity_id",
    "account_id_ref",
    "unique_id",
    "uid",
    "sid",
    "login",
    "username",
    "user_name",
    "samaccountname",
    // Often a credential's id, or worse: only where nothing better is there.
    "key",
  ],
  name: [
    "name",
    "display_name",
    "displayname",
    "account_name",
    "service_account",
    "identity",
    "user",
    "application",
    "app_name",
    "title",
    "robot",
    "bot",
  ],
  identityKind: ["type", "kind", "identity_type", "account_type", "identity_kind"],
  provider: ["provider", "platform", "system", "source_system", "directory"],
  account: ["account", "account_id", "tenant", "subscription", "project", "domain", "organisation", "organization"],
  environment: ["environment", "env", "stage"],
  status: ["status", "state", "enabled", "active", "account_status"],
  criticality: ["criticality", "business_criticality", "importance"],
  purpose: ["purpose", "description", "comment", "notes", "use"],
  owner: ["owner", "owner_email", "responsible", "contact", "manager", "owned_by", "accountable", "team", "team_mail"],
  createdAt: ["created", "created_at", "creation_date", "created_on", "when_created", "create_date"],
  lastUsedAt: ["last_used", "last_used_at", "last_login", "last_logon", "last_sign_in", "lastlogon", "last_activity", "last_seen"],
  credentialRef: ["credential_id", "key_id", "access_key_id", "secret_id", "certificate_id", "thumbprint", "serial_number", "token_id"],
  credentialKind: ["credential_type", "key_type", "secret_type", "credential_kind"],
  credentialName: ["credential_name", "key_name", "secret_name", "token_name"],
  credentialStatus: ["credential_status", "key_status", "secret_status"],
  credentialCreatedAt: ["key_created", "credential_created", "secret_created", "issued", "issued_at", "valid_from", "not_before"],
  credentialLastRotatedAt: ["last_rotated", "rotated_at", "password_last_changed", "password_last_set", "pwdlastset", "last_rotation"],
  credentialExpiresAt: [
    "expires",
    "expires_at",
    "expiry",
    "expiry_date",
    "expiration",
    "expiration_date",
    "valid_to",
    "valid_until",
    "not_after",
  ],
  credentialLastUsedAt: ["key_last_used", "credential_last_used", "secret_last_used"],
  secret: [],
};

/** What the headers look like. A name serves as the reference where nothing better is there. */
export function suggestMapping(header: readonly string[], source: string): TableMapping | null {
  const free = new Set(header);
  const columns: { column: string; field: TableField }[] = [];
  for (const [field, names] of Object.entries(headers) as [TableField, readonly string[]][]) {
    const column = names.map((name) => [...free].find((one) => wordOf(one) === name)).find((one) => one !== undefined);
    if (column === undefined) continue;
    free.delete(column);
    columns.push({ column, field });
  }
  const name = columns.find(({ field }) => field === "name");
  if (!columns.some(({ field }) => field === "ref")) {
    if (name === undefined) return null;
    columns.push({ column: name.column, field: "ref" });
  }
  const has = (field: TableField): boolean => columns.some((one) => one.field === field);
  const isAboutCredentials = columns.some(({ field }) => field.startsWith("credential"));
  return {
    source: source.trim().slice(0, 120) || "table",
    columns,
    defaults: [
      ...(has("identityKind") ? [] : [{ field: "identityKind" as const, value: "service_account" }]),
      ...(isAboutCredentials && !has("credentialKind") ? [{ field: "credentialKind" as const, value: "api_key" }] : []),
    ],
    complete: false,
  };
}
