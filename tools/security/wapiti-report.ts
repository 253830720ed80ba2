export interface WapitiFinding {
  readonly category: string;
  /** 0 to 4: info, low, medium, high, critical. */
  readonly level: number;
  readonly module: string;
  readonly method: string;
  readonly path: string;
  readonly parameter: string;
  readonly info: string;
}

interface RawFinding {
  readonly level?: number | string;
  readonly module?: string;
  readonly method?: string;
  readonly path?: string;
  readonly parameter?: string | null;
  readonly info?: string;
}
interface RawReport {
  readonly vulnerabilities?: Readonly<Record<string, readonly RawFinding[]>>;
  readonly anomalies?: Readonly<Record<string, readonly RawFinding[]>>;
  readonly infos?: { readonly crawled_pages_nbr?: number; readonly crawled_pages?: number };
}

export const wapitiLevels = ["info", "low", "medium", "high", "critical"] as const;
export const countsFromLevel = 2;

/** Vulnerabilities and anomalies (answers that failed or came late), worst first. Throws when the file is no report. */
export function readWapitiReport(text: string): readonly WapitiFinding[] {
  const report = JSON.parse(text) as RawReport;
  if (report.vulnerabilities === undefined || report.anomalies === undefined) throw new Error("this is not a report of wapiti");
  const groups = [...Object.entries(report.vulnerabilities), ...Object.entries(report.anomalies)];
  return groups
    .flatMap(([category, findings]) =>
      findings.map((one): WapitiFinding => ({
        category,
        level: Number(one.level ?? 0),
        module: one.module ?? "",
        method: one.method ?? "",
        path: one.path ?? "",
        parameter: one.parameter ?? "",
        info: one.info ?? "",
      })),
    )
    .toSorted((left, right) => right.level - left.level);
}

export const describeWapiti = (finding: WapitiFinding): string =>
  `${wapitiLevels[finding.level] ?? finding.level} ${finding.category}: ${finding.method} ${finding.path}` +
  `${finding.parameter === "" ? "" : ` (${finding.parameter})`} ${finding.info.split("\n")[0]?.slice(0, 160) ?? ""}`;
