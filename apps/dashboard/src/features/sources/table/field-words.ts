import type { TableField } from "@rollcall/nhi-model";

/** What a column may mean, in the words of the person who keeps the table. */
export const fieldGroups: readonly { readonly label: string; readonly fields: readonly (readonly [TableField, string])[] }[] = [
  {
    label: "The identity",
    fields: [
      ["ref", "What identifies it (required)"],
      ["name", "Name"],
      ["identityKind", "Kind"],
      ["provider", "Provider or platform"],
      ["account", "Account or tenant"],
      ["environment", "Environment"],
      ["status", "Status"],
      ["criticality", "Criticality"],
      ["purpose", "Purpose"],
      ["owner", "Owner"],
      ["createdAt", "Created on"],
      ["lastUsedAt", "Last used on"],
    ],
  },
  {
    label: "A credential of it",
    fields: [
      ["credentialRef", "What identifies the credential"],
      ["credentialKind", "Kind of credential"],
      ["credentialName", "Name of the credential"],
      ["credentialStatus", "Status of the credential"],
      ["credentialCreatedAt", "Credential created on"],
      ["credentialLastRotatedAt", "Credential rotated on"],
      ["credentialExpiresAt", "Credential ends on"],
      ["credentialLastUsedAt", "Credential last used on"],
      ["secret", "The secret value (fingerprinted, never stored)"],
    ],
  },
];

export const fieldWord = new Map(fieldGroups.flatMap(({ fields }) => fields));

export const isAboutCredential = (field: TableField): boolean => field === "secret" || field.startsWith("credential");
