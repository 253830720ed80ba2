import type { Playbook, Severity } from "@rollcall/nhi-model";
import type { IdentityRow, Interval } from "./views.ts";

/** Read models of the workspace as a whole: posture, frameworks, sources, imports. Times are RFC 3339 UTC; null = unknown. */
export interface PostureView {
  readonly state: "empty" | "analysing" | "ready";
  readonly analysedAt: string | null;
  readonly score: number | null;
  readonly completeness: number;
  readonly formula: string;
  readonly verdicts: { readonly pass: number; readonly fail: number; readonly unknown: number };
  readonly identities: number;
  readonly openFindings: Readonly<Record<Severity, number>>;
  readonly changes: readonly {
    readonly days: 7 | 30 | 90;
    /** Where the period begins: what is listed as of then are the rows that are counted. */
    readonly since: string;
    readonly score: number | null;
    readonly opened: number;
    readonly resolved: number;
    readonly newIdentities: number;
  }[];
  readonly kpis: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: number | null;
    readonly unit: "%" | "count" | "days";
    readonly target: number | null;
    readonly betterIs: "lower" | "higher";
    readonly detail: string;
    readonly href: string;
    readonly trend: readonly (number | null)[];
  }[];
  readonly trend: readonly {
    readonly date: string;
    readonly score: number | null;
    readonly completeness: number;
    readonly critical: number;
    readonly high: number;
  }[];
  readonly topRisks: readonly IdentityRow[];
  /** Actions ranked by the score points they take off, each with the identity it concerns. */
  readonly topActions: readonly {
    readonly identityId: string;
    readonly identityName: string;
    readonly playbook: Playbook;
    readonly label: string;
    readonly from: Interval;
    readonly to: Interval;
    readonly taskId: string | null;
  }[];
  readonly expiring: {
    readonly expired: number;
    readonly in30: number;
    readonly in60: number;
    readonly in90: number;
    readonly later: number;
    readonly none: number;
    readonly unknown: number;
  };
  readonly owaspNhi: readonly ControlView[];
  readonly byOwner: readonly {
    readonly owner: string | null;
    readonly identities: number;
    readonly openFindings: number;
    readonly critical: number;
    readonly averageScore: number;
  }[];
  readonly sources: readonly { readonly id: string; readonly name: string; readonly asOf: string | null; readonly state: string }[];
  readonly demo: boolean;
}

export interface ControlView {
  readonly id: string;
  readonly label: string;
  readonly parent: string | null;
  readonly url: string | null;
  readonly aliases: readonly string[];
  readonly coverage: "covered" | "partial" | "manual" | "not_assessable";
  readonly status: "ok" | "at_risk" | "failing" | "unknown" | "not_assessed";
  readonly reason: string | null;
  readonly rules: readonly {
    readonly ruleId: string;
    readonly title: string;
    readonly pass: number;
    readonly fail: number;
    readonly unknown: number;
    readonly notApplicable: number;
  }[];
  readonly openFindings: number;
}
export interface FrameworkView {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly publisher: string;
  readonly url: string;
  readonly licence: string;
  readonly attribution: string | null;
  readonly controls: readonly ControlView[];
  readonly summary: Readonly<Record<ControlView["coverage"], number>>;
}

export interface SourceView {
  readonly id: string;
  readonly connector: string;
  readonly connectorTitle: string;
  readonly name: string;
  readonly account: string;
  readonly origin: "import" | "push" | "pull" | "demo" | "self";
  readonly asOf: string | null;
  readonly lastSyncAt: string | null;
  readonly identities: number;
  readonly state: "ok" | "degraded" | "failing" | "held" | "syncing" | "never";
  /** "Read 12 of 14 datasets completely; denied: IAM Access Advisor." */
  readonly sentence: string;
  readonly datasets: readonly {
    readonly dataset: string;
    readonly region: string;
    readonly outcome: string;
    readonly observedAt: string;
    readonly note: string | null;
    readonly missingPermission: string | null;
    readonly rows: number;
  }[];
}

/** A request to ingest: one upload or push, giving one sync per connector and account found in it. */
export interface RejectedPage {
  readonly items: readonly { readonly syncId: string; readonly where: string; readonly code: string; readonly message: string }[];
  /** How many are kept with their reason. */
  readonly kept: number;
  /** How many there were. */
  readonly total: number;
}
export interface IngestionView {
  readonly id: string;
  readonly status: "pending" | "processing" | "completed" | "failed" | "held" | "cancelled";
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly files: readonly string[];
  readonly error: string | null;
  readonly syncs: readonly {
    readonly id: string;
    readonly sourceId: string;
    readonly connector: string;
    readonly sourceName: string;
    readonly asOf: string;
    readonly asOfBasis: string;
    readonly status: string;
    readonly phase: string;
    readonly done: number;
    readonly total: number | null;
    readonly counts: {
      readonly added: number;
      readonly changed: number;
      readonly unchanged: number;
      readonly markedAbsent: number;
      readonly removed: number;
    } | null;
    readonly totals: Readonly<Record<string, number>>;
    readonly notes: readonly string[];
    readonly rejected: readonly { readonly where: string; readonly code: string; readonly message: string }[];
    readonly rejectedTotal: number;
  }[];
}
