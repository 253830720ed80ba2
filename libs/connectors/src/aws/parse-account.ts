import type { ImportFile, ParsedImport, ParseOptions, RejectedRecord } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { asString, objectsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { latestInstant, readInstant } from "../input/read-instant.ts";
import { Collector } from "../observe/collector.ts";
import type { AccountBundle } from "./account-bundle.ts";
import { accountRef } from "./arn.ts";
import type { AwsContext } from "./context.ts";
import { readCredentialReport } from "./credential-report.ts";
import type { CredentialReport, ReportUser } from "./credential-report.ts";
import { normaliseReportUser } from "./datasets/credential-report.ts";
import { normaliseUse } from "./datasets/last-accessed.ts";
import { countIn, isPaged, itemsIn, listings } from "./datasets/listings.ts";
import { addPolicies, policyTotals } from "./parse-policies.ts";
import { addDetails, detailsTotals, newestDetail, rolesIn } from "./parse-details.ts";
import { gatherUse } from "./use-evidence.ts";

interface Surroundings {
  readonly options: ParseOptions;
  readonly files: readonly ImportFile[];
  readonly ownAccounts: ReadonlySet<string>;
  readonly rejected: readonly RejectedRecord[];
}

interface ReadReport {
  readonly where: string;
  readonly generatedAt: string | undefined;
  readonly report: CredentialReport;
}

export function parseAccount(bundle: AccountBundle, { options, files, ownAccounts, rejected }: Surroundings): ParsedImport {
  const { account } = bundle;
  const collector = new Collector("aws", account);
  for (const { where, code, message } of rejected) collector.reject(where, code, message);
  const reports = bundle.reports.map(({ where, csv, generatedAt }) => ({
    where,
    generatedAt: readInstant(generatedAt),
    report: readCredentialReport(csv),
  }));
  const reportUsers = latestReportUsers(reports);
  const jobDates = bundle.uses.map((use) => readInstant(use.document.data["JobCompletionDate"]));
  const wheres = new Set(
    [
      ...bundle.details,
      ...bundle.reports,
      ...bundle.listings,
      ...bundle.uses.map((use) => use.document),
      ...bundle.resourcePolicies,
      ...bundle.accessKeys,
      ...bundle.organisations,
    ].map(({ where }) => where),
  );
  const { asOf, basis } = resolveAsOf(options, {
    stated: [...reports.map((report) => report.generatedAt), ...jobDates],
    newestFact: latestInstant([newestDetail(bundle), ...[...reportUsers.values()].map(newestInReport)]),
    files: files.filter((file) => wheres.has(file.name)),
  });
  const reportDate = latestInstant(reports.map((report) => report.generatedAt)) ?? asOf;
  const uses = gatherUse({ bundle, roles: rolesIn(bundle), reportUsers, reportDate });
  const context: AwsContext = { account, collector, reportUsers, ownAccounts, useOf: (arn) => uses.get(arn), attachedPolicies: new Set() };

  addAccount(context, asOf);
  const complete = addDetails(context, bundle, asOf);
  addReports(context, reports, { asOf, given: basis === "given", reportUsers });
  addUses(context, bundle, { asOf, allIdentities: complete ? identityArns(bundle) : null });
  addListings(context, bundle, asOf);
  addPolicies(context, bundle, asOf);
  collector.finish(asOf);
  return {
    connector: "aws",
    account,
    sourceName: `AWS ${account}`,
    asOf,
    asOfBasis: basis,
    ...collector.stated(),
    totals: totalsOf(bundle, reports),
  };
}

function addAccount({ collector, account }: AwsContext, observedAt: string): void {
  collector.add(
    "account",
    {
      kind: "resource",
      ref: accountRef(account),
      resourceKind: "account",
      name: `AWS account ${account}`,
      provider: "aws",
      account,
      sensitivity: { weight: 100, reason: "Control of the account is control of everything in it", tierZero: true },
    },
    account,
  );
  collector.report("account", { outcome: "complete", observedAt });
}

/** Two reports of one account are two moments: the newer one counts. */
function latestReportUsers(reports: readonly ReadReport[]): ReadonlyMap<string, ReportUser> {
  const newest = reports.toSorted((a, b) => ((a.generatedAt ?? "") < (b.generatedAt ?? "") ? -1 : 1));
  return new Map(newest.flatMap(({ report }) => report.users.map((user) => [user.arn, user] as const)));
}

const newestInReport = (user: ReportUser): string | undefined =>
  latestInstant([
    user.createdAt,
    user.passwordLastUsedAt,
    user.passwordChangedAt,
    ...user.keys.flatMap((key) => [key.rotatedAt, key.lastUsedAt]),
  ]);

function addReports(
  context: AwsContext,
  reports: readonly ReadReport[],
  { asOf, given, reportUsers }: { asOf: string; given: boolean; reportUsers: ReadonlyMap<string, ReportUser> },
): void {
  if (reports.length === 0) return;
  const where = reports[0]?.where ?? "";
  for (const user of reportUsers.values()) normaliseReportUser(context, user, where);
  const bad = reports.flatMap(({ where: file, report }) => report.badLines.map((line) => ({ file, ...line })));
  for (const { file, line, message } of bad) context.collector.reject(`${file}:${line}`, "invalid_record", message);
  // A report always has the root user's line: without it something was cut out.
  const whole = bad.length === 0 && reports.length === 1 && [...reportUsers.values()].some((user) => user.root);
  const observedAt = given ? asOf : (latestInstant(reports.map((report) => report.generatedAt)) ?? asOf);
  context.collector.report(
    "credential_report",
    whole
      ? { outcome: "complete", observedAt }
      : {
          outcome: "partial",
          observedAt,
          note:
            reports.length > 1
              ? "Several credential reports of one account in one import."
              : bad.length > 0
                ? `${bad.length} lines could not be read.`
                : "The line of the root user is missing.",
        },
  );
}

function addUses(
  context: AwsContext,
  bundle: AccountBundle,
  { asOf, allIdentities }: { asOf: string; allIdentities: readonly string[] | null },
): void {
  if (bundle.uses.length === 0) return;
  const read = new Set<string>();
  for (const use of bundle.uses) if (normaliseUse(context, use)) read.add(use.arn);
  const missing = allIdentities?.filter((arn) => !read.has(arn)) ?? null;
  const whole = missing !== null && missing.length === 0;
  context.collector.report("last_accessed", {
    outcome: whole ? "complete" : "partial",
    observedAt: asOf,
    ...(whole
      ? {}
      : {
          note:
            missing === null
              ? "Cannot tell whether every user and role was asked."
              : `${missing.length} users and roles have no last-accessed data in this import.`,
        }),
  });
}

const identityArns = (bundle: AccountBundle): readonly string[] =>
  bundle.details.flatMap(({ data }) =>
    [...objectsIn(data["UserDetailList"]), ...objectsIn(data["RoleDetailList"])].map((item: Json) => asString(item["Arn"]) ?? ""),
  );

function addListings(context: AwsContext, bundle: AccountBundle, observedAt: string): void {
  for (const type of ["secrets", "buckets", "functions"] as const) {
    const documents = bundle.listings.filter((listing) => listing.type === type);
    if (documents.length === 0) continue;
    const { list, normalise } = listings[type];
    for (const { data, where } of documents) for (const item of itemsIn(data, list)) normalise(context, item, where);
    const paged = documents.some(({ data }) => isPaged(data));
    // Buckets are listed for the whole account at once; the others one region at a time, and the file does not say which regions exist.
    context.collector.report(
      type,
      type === "buckets" && !paged && documents.length === 1
        ? { outcome: "complete", observedAt }
        : {
            outcome: "partial",
            observedAt,
            note: paged ? "The listing has further pages." : "Listed per region: other regions may hold more.",
          },
    );
  }
}

function totalsOf(bundle: AccountBundle, reports: readonly ReadReport[]): Record<string, number> {
  const totals: Record<string, number> = { ...detailsTotals(bundle) };
  if (reports.length > 0)
    totals["credentialReportUsers"] = reports.reduce((sum, { report }) => sum + report.users.length + report.badLines.length, 0);
  if (bundle.uses.length > 0) totals["lastAccessedReports"] = bundle.uses.length;
  for (const listing of bundle.listings)
    totals[listing.type] = (totals[listing.type] ?? 0) + countIn(listing.data, listings[listing.type].list);
  return { ...totals, ...policyTotals(bundle) };
}
