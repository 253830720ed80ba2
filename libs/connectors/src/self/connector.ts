import type { FileConnector, ImportFile, ParsedImport, ParseOptions, SelfInventory } from "@rollcall/posture-pipeline";
import { Collector } from "../observe/collector.ts";
import { observeInstance } from "./instance.ts";
import { looksLikeSelf, readSelf } from "./inventory-file.ts";
import { observeMachineAccess } from "./machine-access.ts";
import { selfManifest } from "./manifest.ts";
import { observePulledSources } from "./pulled-sources.ts";
import { personRef } from "./self-words.ts";

export const selfAccount = "rollcall";

/** Not in the registry of uploads: only a job of ours hands it what it reads, so that nobody can state something in Rollcall's name. */
export const selfConnector: FileConnector = {
  manifest: selfManifest,
  recognise: looksLikeSelf,
  parse: (files, options) => {
    const [file] = files;
    return file === undefined ? [] : [parseSelf(file, options)];
  },
};

function parseSelf(file: ImportFile, { receivedAt }: ParseOptions): ParsedImport {
  const collector = new Collector("self", selfAccount);
  const inventory = readSelf(file);
  const asOf = typeof inventory === "string" ? receivedAt : inventory.asOf;
  const outcome = typeof inventory === "string" ? "failed" : "complete";
  if (typeof inventory === "string") collector.reject(file.name, "invalid_record", `${file.name} ${inventory}`);
  else observe(collector, inventory, file.name);
  for (const { id } of selfManifest.datasets) collector.report(id, { outcome, observedAt: asOf });
  collector.finish(asOf);
  return {
    connector: "self",
    account: selfAccount,
    sourceName: "Rollcall itself",
    asOf,
    asOfBasis: "file_content",
    ...collector.stated(),
    totals: typeof inventory === "string" ? {} : totalsOf(inventory),
  };
}

function observe(collector: Collector, inventory: SelfInventory, where: string): void {
  for (const person of inventory.people)
    collector.add(
      "people",
      {
        kind: "human",
        ref: personRef(person.userId),
        name: person.name,
        // Somebody who left Rollcall may still work here: only what they made in Rollcall is without them.
        ...(person.email === null ? {} : { email: person.email }),
        status: person.member ? "active" : "departed",
      },
      where,
    );
  observeMachineAccess({ collector, inventory, where });
  observePulledSources({ collector, inventory, where });
  observeInstance({ collector, inventory, where });
}

const totalsOf = (inventory: SelfInventory): Readonly<Record<string, number>> => ({
  apiKeys: inventory.apiKeys.length,
  databaseRoles: inventory.databaseRoles.length,
  federations: inventory.federations.length,
  instanceSecrets: inventory.instanceSecrets.length,
  members: inventory.people.filter(({ member }) => member).length,
  pullSources: inventory.pullSources.length,
  serviceUsers: inventory.serviceUsers.length,
  signInLinks: inventory.signInLinks.length,
});
