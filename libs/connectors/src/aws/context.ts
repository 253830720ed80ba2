import type { Collector } from "../observe/collector.ts";
import type { ReportUser } from "./credential-report.ts";

/** When an identity was last seen, and how many days of evidence stand behind it. */
export interface UseEvidence {
  readonly lastUsedAt: string | undefined;
  readonly observedDays: number;
}

/** What the normalisers of one account share. */
export interface AwsContext {
  readonly account: string;
  readonly collector: Collector;
  /** One answer per identity from all files of the import, so that no two datasets contradict each other. */
  readonly useOf: (arn: string) => UseEvidence | undefined;
  readonly reportUsers: ReadonlyMap<string, ReportUser>;
  /** Accounts of this import: a trust among them is not a trust in a stranger. */
  readonly ownAccounts: ReadonlySet<string>;
  /** Managed policies that somebody has attached; those without a document in the file are looked up. */
  readonly attachedPolicies: Set<string>;
}

/** IAM reports service last-accessed data and the last use of a role for the trailing 400 days. */
export const awsTrackingDays = 400;
