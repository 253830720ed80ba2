import { asString, objectsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { accountOfArn, mostNamedAccount } from "./arn.ts";
import { accountsOfOrganisation } from "./organisation.ts";
import type { OrganisationAccount } from "./organisation.ts";
import { arnInName } from "./documents.ts";
import type { AwsDocument } from "./documents.ts";

export type Of<T extends AwsDocument["type"]> = Extract<AwsDocument, { type: T }>;
export type ListingDocument = Of<"secrets" | "buckets" | "functions">;

/** A last-accessed answer with the user or role that it is about. */
export interface AttributedUse {
  readonly arn: string;
  readonly basis: "job" | "stated" | "file_name" | "last_authenticated_entity";
  readonly document: Of<"last_accessed">;
}

/** Everything in one import about one account. */
export interface AccountBundle {
  readonly account: string;
  readonly details: readonly Of<"authorization_details">[];
  readonly reports: readonly Of<"credential_report">[];
  readonly uses: readonly AttributedUse[];
  readonly listings: readonly ListingDocument[];
  readonly resourcePolicies: readonly Of<"resource_policy">[];
  readonly accessKeys: readonly Of<"access_keys">[];
  readonly organisations: readonly { readonly where: string; readonly account: OrganisationAccount }[];
}

export interface Unattributed {
  readonly where: string;
  readonly message: string;
}

interface Draft {
  details: Of<"authorization_details">[];
  reports: Of<"credential_report">[];
  uses: AttributedUse[];
  listings: ListingDocument[];
  resourcePolicies: Of<"resource_policy">[];
  accessKeys: Of<"access_keys">[];
  organisations: { where: string; account: OrganisationAccount }[];
}

const emptyDraft = (): Draft => ({
  details: [],
  reports: [],
  uses: [],
  listings: [],
  resourcePolicies: [],
  accessKeys: [],
  organisations: [],
});

/** Sorts documents by the account they speak of. What names no account goes to the only account there is, or stays out. */
export function bundleByAccount(
  documents: readonly AwsDocument[],
  hint: string | null,
): { bundles: readonly AccountBundle[]; unattributed: readonly Unattributed[] } {
  const drafts = new Map<string, Draft>();
  const unattributed: Unattributed[] = [];
  const homeless: AwsDocument[] = [];
  const place = (account: string, document: AwsDocument): void => {
    const draft = drafts.get(account) ?? emptyDraft();
    drafts.set(account, draft);
    putInto(draft, document);
  };
  const uses = attributeUses(documents, unattributed);
  for (const document of documents) {
    if (document.type === "last_accessed" || document.type === "last_accessed_job" || isPolicy(document)) continue;
    const account = accountOf(document);
    if (account === null) homeless.push(document);
    else place(account, document);
  }
  for (const use of uses) {
    const account = accountOfArn(use.arn) ?? "";
    const draft = drafts.get(account) ?? emptyDraft();
    drafts.set(account, { ...draft, uses: [...draft.uses, use] });
  }
  const only = hint !== null && /^\d{12}$/.test(hint) ? hint : drafts.size === 1 ? [...drafts.keys()][0] : undefined;
  homeless.push(...placePolicies(documents, { drafts, only, place }));
  for (const document of homeless) {
    if (only === undefined || (document.type === "resource_policy" && document.arn === null))
      unattributed.push({
        where: document.where,
        message:
          document.type === "resource_policy" && document.arn === null
            ? "It does not say which resource this policy belongs to. Name the file after the ARN of the resource, percent-encoded."
            : "It names no account. Import it together with the authorization details of its account, or give the account.",
      });
    else place(only, document);
  }
  const bundles = [...drafts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, draft]) => ({ account, ...draft }));
  return { bundles, unattributed };
}

const isPolicy = (document: AwsDocument): document is Of<"resource_policy"> | Of<"organisation"> =>
  document.type === "resource_policy" || document.type === "organisation";

/**
 * Policies of resources and organisations name accounts that nothing else in the import is about: they go to the accounts that
 * are there, and open accounts of their own only when they are all there is. Returns what has no place.
 */
function placePolicies(
  documents: readonly AwsDocument[],
  {
    drafts,
    only,
    place,
  }: { drafts: Map<string, Draft>; only: string | undefined; place: (account: string, document: AwsDocument) => void },
): readonly AwsDocument[] {
  const present = new Set(drafts.keys());
  const homeless: AwsDocument[] = [];
  for (const document of documents.filter((each) => each.type === "resource_policy")) {
    const own = document.arn === null ? null : accountOfArn(document.arn);
    if (own !== null && (present.has(own) || present.size === 0)) place(own, document);
    else if (document.arn !== null && only !== undefined) place(only, document);
    else homeless.push(document);
  }
  for (const { data, where } of documents.filter((each) => each.type === "organisation")) {
    for (const account of accountsOfOrganisation(data)) {
      if (present.size > 0 && !present.has(account.account)) continue;
      const draft = drafts.get(account.account) ?? emptyDraft();
      drafts.set(account.account, draft);
      draft.organisations.push({ where, account });
    }
  }
  return homeless;
}

function putInto(draft: Draft, document: AwsDocument): void {
  if (document.type === "authorization_details") draft.details.push(document);
  else if (document.type === "credential_report") draft.reports.push(document);
  else if (document.type === "secrets" || document.type === "buckets" || document.type === "functions") draft.listings.push(document);
  else if (document.type === "resource_policy") draft.resourcePolicies.push(document);
  else if (document.type === "access_keys") draft.accessKeys.push(document);
}

function accountOf(document: AwsDocument): string | null {
  switch (document.type) {
    case "authorization_details":
      return mostNamedAccount(arnsIn(document.data, ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]));
    case "credential_report":
      return /(?:^|,)(arn:aws[a-z-]*:iam::\d{12}:[^,\n]*)/m.exec(document.csv)?.[1]?.split(":")[4] ?? null;
    case "caller":
      return document.account;
    case "secrets":
      return mostNamedAccount(objectsIn(document.data["SecretList"]).map((secret) => asString(secret["ARN"]) ?? ""));
    case "functions":
      return mostNamedAccount(objectsIn(document.data["Functions"]).map((entry) => asString(entry["FunctionArn"]) ?? ""));
    default:
      return null;
  }
}

const arnsIn = (data: Json, lists: readonly string[]): readonly string[] =>
  lists.flatMap((list) => objectsIn(data[list]).map((item) => asString(item["Arn"]) ?? ""));

/** The answer to a last-accessed job does not say whose job it was: ask, in this order, the job list, the file, its content. */
function attributeUses(documents: readonly AwsDocument[], unattributed: Unattributed[]): readonly AttributedUse[] {
  const jobs = new Map(documents.filter((document) => document.type === "last_accessed_job").map((job) => [job.jobId, job.arn]));
  const uses: AttributedUse[] = [];
  for (const document of documents) {
    if (document.type !== "last_accessed") continue;
    const use = attributeUse(document, jobs);
    if (use === null)
      unattributed.push({
        where: document.where,
        message:
          "It does not say which user or role it is about. Add the matching generate-service-last-accessed-details file, or name it after the ARN.",
      });
    else uses.push(use);
  }
  return uses;
}

function attributeUse(document: Of<"last_accessed">, jobs: ReadonlyMap<string, string>): AttributedUse | null {
  const stem = document.where.slice(document.where.lastIndexOf("/") + 1).replace(/\.json$/i, "");
  const jobId = asString(document.data["JobId"]) ?? stem;
  const byJob = jobs.get(jobId);
  if (byJob !== undefined) return { arn: byJob, basis: "job", document };
  const stated = asString(document.data["Arn"]);
  if (stated !== undefined && accountOfArn(stated) !== null) return { arn: stated, basis: "stated", document };
  const named = arnInName(document.where);
  if (named !== undefined) return { arn: named, basis: "file_name", document };
  const entities = new Set(
    objectsIn(document.data["ServicesLastAccessed"])
      .map((service) => asString(service["LastAuthenticatedEntity"]))
      .filter((arn) => arn !== undefined),
  );
  const [entity] = entities;
  return entities.size === 1 && entity !== undefined && accountOfArn(entity) !== null
    ? { arn: entity, basis: "last_authenticated_entity", document }
    : null;
}
